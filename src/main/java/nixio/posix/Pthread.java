package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/** Signals to a thread: {@code <pthread.h>}, {@code <signal.h>}. */
public final class Pthread {
  private Pthread() {}

  /** pthread_self(3): the calling platform thread, or the carrier of the calling virtual one. */
  public static long self() {
    try {
      return (long) Self.HANDLE.invokeExact();
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** pthread_kill(3): 0, or an errno (not negated by that function, but here, as everywhere). */
  public static int kill(long thread, int signal) {
    try {
      return -(int) Kill.HANDLE.invokeExact(thread, signal);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sched_yield(2): enters the kernel, so a signal that is under way has arrived after it. */
  public static void yieldProcessor() {
    try {
      int ignored = (int) Yield.HANDLE.invokeExact();
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** SIGRTMAX, which is a function of the C library. */
  public static int sigrtmax() {
    try {
      return (int) Sigrtmax.HANDLE.invokeExact();
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /**
   * signal(2) and siginterrupt(3): from now on the signal does nothing but end blocking calls with
   * EINTR. Its handler is the C library's own abs(3), a function of one int without side effects.
   *
   * @return whether the signal was free; if not, its handler is left as it was
   */
  public static boolean interruptOn(int signal) {
    try {
      MemorySegment before =
          (MemorySegment) Signal.HANDLE.invokeExact(signal, linux_h.abs$address());
      if (before.address() != 0) {
        MemorySegment ignored = (MemorySegment) Signal.HANDLE.invokeExact(signal, before);
        return false;
      }
      return (int) Siginterrupt.HANDLE.invokeExact(signal, 1) == 0;
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Self {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.pthread_self$address(), linux_h.pthread_self$descriptor());
  }

  private static final class Kill {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.pthread_kill$address(), linux_h.pthread_kill$descriptor());
  }

  private static final class Yield {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.sched_yield$address(), linux_h.sched_yield$descriptor());
  }

  private static final class Sigrtmax {
    static final MethodHandle HANDLE =
        Libc.linkPlain(
            linux_h.__libc_current_sigrtmax$address(),
            linux_h.__libc_current_sigrtmax$descriptor());
  }

  private static final class Signal {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.signal$address(), linux_h.signal$descriptor());
  }

  private static final class Siginterrupt {
    static final MethodHandle HANDLE =
        Libc.linkPlain(linux_h.siginterrupt$address(), linux_h.siginterrupt$descriptor());
  }
}
