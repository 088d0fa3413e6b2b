package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/** Readiness of a few descriptors: {@code <poll.h>}. */
public final class Poll {
  private Poll() {}

  /** poll(2): the number of descriptors with events. */
  public static int poll(
      MemorySegment errno, MemorySegment descriptors, long count, int milliseconds) {
    try {
      return Libc.answer(
          (int) Function.HANDLE.invokeExact(errno, descriptors, count, milliseconds), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Function {
    static final MethodHandle HANDLE = Libc.link(linux_h.poll$address(), linux_h.poll$descriptor());
  }
}
