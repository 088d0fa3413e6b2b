package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/** Descriptors: {@code <unistd.h>}, {@code <fcntl.h>}. */
public final class Unistd {
  private Unistd() {}

  /** close(2): gone in any case, also after EINTR. */
  public static int close(MemorySegment errno, int fd) {
    try {
      return Libc.answer((int) Close.HANDLE.invokeExact(errno, fd), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** fcntl(2) with an int. */
  public static int fcntl(MemorySegment errno, int fd, int command, int argument) {
    try {
      return Libc.answer((int) Fcntl.HANDLE.invokeExact(errno, fd, command, argument), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Fcntl {
    static final MethodHandle HANDLE =
        Libc.linkVariadic(
            linux_h.fcntl$address(), linux_h.fcntl$descriptor(), ValueLayout.JAVA_INT);
  }

  private static final class Close {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.close$address(), linux_h.close$descriptor());
  }
}
