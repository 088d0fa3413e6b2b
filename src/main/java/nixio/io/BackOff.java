package nixio.io;

import java.util.concurrent.TimeUnit;

/** The pauses between tries where nothing tells when the next one is worth while. */
final class BackOff {
  private static final long MOST_DOUBLINGS = 4;
  private static final long MOST_MILLIS = 20;

  private BackOff() {}

  /** 1, 2, 4, 8, 16, 20, 20 ... milliseconds. */
  static long nanos(int tries) {
    long millis = tries > MOST_DOUBLINGS ? MOST_MILLIS : 1L << tries;
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
