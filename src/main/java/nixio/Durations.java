package nixio;

import java.time.Duration;
import nixio.io.Descriptor;

/** Time limits as System.nanoTime counts. */
final class Durations {
  /** Ends before the clock would wrap around. */
  private static final long MOST_NANOS = Long.MAX_VALUE / 4;

  private Durations() {}

  /** When the time is up; never for null. */
  static long deadline(Duration timeout) {
    return timeout == null ? Descriptor.NEVER : System.nanoTime() + nanos(timeout);
  }

  static long nanos(Duration timeout) {
    if (timeout.isNegative()) {
      throw new IllegalArgumentException(
          "the timeout " + timeout + " is negative: zero does not wait, null waits for ever");
    }
    return timeout.compareTo(Duration.ofNanos(MOST_NANOS)) > 0 ? MOST_NANOS : timeout.toNanos();
  }
}
