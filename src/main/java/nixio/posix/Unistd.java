package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/** Descriptors: {@code <unistd.h>}, {@code <fcntl.h>}, {@code <sys/sendfile.h>}. */
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

  /** pipe2(2): two ints into {@code descriptors}, the end to read from and the one to write to. */
  public static int pipe2(MemorySegment errno, MemorySegment descriptors, int flags) {
    try {
      return Libc.answer((int) Pipe2.HANDLE.invokeExact(errno, descriptors, flags), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** splice(2), at the current offsets. */
  public static long splice(MemorySegment errno, int from, int to, long length, int flags) {
    try {
      return Libc.answer(
          (long)
              Splice.HANDLE.invokeExact(
                  errno, from, MemorySegment.NULL, to, MemorySegment.NULL, length, flags),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** sendfile(2), from the offset in a long, which it moves. */
  public static long sendfile(
      MemorySegment errno, int to, int from, MemorySegment offset, long length) {
    try {
      return Libc.answer(
          (long) Sendfile.HANDLE.invokeExact(errno, to, from, offset, length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Pipe2 {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.pipe2$address(), linux_h.pipe2$descriptor());
  }

  private static final class Splice {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.splice$address(), linux_h.splice$descriptor());
  }

  private static final class Sendfile {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.sendfile$address(), linux_h.sendfile$descriptor());
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
