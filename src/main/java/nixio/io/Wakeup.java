package nixio.io;

import nixio.posix.Pthread;

/**
 * The signal that ends a blocking call of a platform thread. Neither close(2) nor dup2(2) does;
 * shutdown(2) does in most cases, but it acts on every holder of the socket.
 */
final class Wakeup {
  /** The signal's number, where the default is somebody else's. */
  private static final String PROPERTY = "nixio.signal";

  /** The JDK uses SIGRTMAX - 2, libraries like SIGRTMIN and SIGRTMAX themselves. */
  private static final int BELOW_SIGRTMAX = 4;

  private static final int SIGNAL = install();
  private static final ThreadLocal<Long> SELF = new ThreadLocal<>();

  private Wakeup() {}

  /** Whether {@link #signal} does anything: not if the signal is taken by another library. */
  static boolean available() {
    return SIGNAL > 0;
  }

  /**
   * The calling platform thread, or the carrier of the virtual one, as {@link #signal} takes it.
   */
  static long self() {
    if (Thread.currentThread().isVirtual()) {
      return Pthread.self();
    }
    Long self = SELF.get();
    if (self == null) {
      self = Pthread.self();
      SELF.set(self);
    }
    return self;
  }

  /** Sends the signal to a thread that is known to live. */
  static void signal(long thread) {
    if (available()) {
      Pthread.kill(thread, SIGNAL);
    }
  }

  private static int install() {
    int signal = Integer.getInteger(PROPERTY, Pthread.sigrtmax() - BELOW_SIGRTMAX);
    return Pthread.interruptOn(signal) ? signal : 0;
  }
}
