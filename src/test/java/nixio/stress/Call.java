package nixio.stress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A call that a thread is in. */
final class Call {
  /** Nothing here may take longer: a line's life is much shorter, and then it is closed. */
  static final long PATIENCE = TimeUnit.SECONDS.toNanos(20);

  /** The limit of what is not to wait. */
  static final Duration NOT_AT_ALL = Duration.ZERO;

  final Act act;

  /** Null where there is none yet, or many. */
  final Handle handle;

  /** The time that it was given, or null. */
  final Duration limit;

  final long start = System.nanoTime();
  private final int mode;
  private final boolean unconnected;

  /** When the thread was interrupted; 0 if it was not. */
  volatile long interruptedAt;

  Call(Act act, Handle handle, Duration limit) {
    this.act = act;
    this.handle = handle;
    this.limit = limit;
    this.mode = handle == null ? 0 : handle.mode.now();
    this.unconnected = handle != null && !handle.description.connected;
  }

  /** What it does, and answers. */
  @FunctionalInterface
  interface Body {
    long run() throws Exception;
  }

  /** What it does, where the answer says nothing. */
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /** Whether it was to wait, all the time. */
  boolean waited() {
    return handle != null && handle.mode.wasBlocking(mode) && !NOT_AT_ALL.equals(limit);
  }

  /** Whether there may have been no connection when it began. */
  boolean wasUnconnected() {
    return unconnected;
  }

  Description to() {
    return handle.description;
  }

  /** How long it must have waited before it may say that the time is up. */
  long leastWait() {
    long least = limit == null ? Description.UNLIMITED : limit.toNanos();
    if (handle == null) {
      return least;
    }
    boolean sends = act.isOneOf(Act.SEND, Act.SENDTO, Act.SENDALL, Act.CONNECT);
    Description description = handle.description;
    return Math.min(
        least, sends ? description.sendTimeout.get() : description.receiveTimeout.get());
  }

  long age() {
    return System.nanoTime() - start;
  }

  @Override
  public String toString() {
    return act
        + (limit == null ? "" : " within " + limit)
        + " on "
        + (handle == null ? "nothing" : handle)
        + ", for "
        + TimeUnit.NANOSECONDS.toMillis(age())
        + " ms";
  }
}
