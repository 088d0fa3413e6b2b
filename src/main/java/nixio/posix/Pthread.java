package nixio.posix;

import nixio.posix.gen.linux.linux_h;

/** Signals to a thread: {@code <pthread.h>}, {@code <signal.h>}. */
public final class Pthread {
  private Pthread() {}

  /** pthread_self(3): the calling platform thread, or the carrier of the calling virtual one. */
  public static long self() {
    return Libc.call(linux_h.pthread_self$address(), 0, 0);
  }

  /** pthread_kill(3): 0, or an errno (not negated by that function, but here, as everywhere). */
  public static int kill(long thread, int signal) {
    return -(int) Libc.call(linux_h.pthread_kill$address(), thread, signal);
  }

  /** sched_yield(2): enters the kernel, so a signal that is under way has arrived after it. */
  public static void yieldProcessor() {
    Libc.call(linux_h.sched_yield$address(), 0, 0);
  }

  /** SIGRTMAX, which is a function of the C library. */
  public static int sigrtmax() {
    return (int) Libc.call(linux_h.__libc_current_sigrtmax$address(), 0, 0);
  }

  /**
   * signal(2) and siginterrupt(3): from now on the signal does nothing but end blocking calls with
   * EINTR. Its handler is the C library's own abs(3), a function of one int without side effects.
   *
   * @return whether the signal was free; if not, its handler is left as it was
   */
  public static boolean interruptOn(int signal) {
    long before = Libc.call(linux_h.signal$address(), signal, linux_h.abs$address().address());
    if (before != 0) {
      Libc.call(linux_h.signal$address(), signal, before);
      return false;
    }
    return (int) Libc.call(linux_h.siginterrupt$address(), signal, 1) == 0;
  }
}
