package nixio.posix;

import java.lang.foreign.MemorySegment;
import nixio.posix.gen.linux.linux_h;

/** Descriptors: {@code <unistd.h>}, {@code <fcntl.h>}, {@code <sys/sendfile.h>}. */
public final class Unistd {
  private Unistd() {}

  /** close(2): gone in any case, also after EINTR. */
  public static int close(MemorySegment errno, int fd) {
    return Libc.answer(
        (int) Libc.call(linux_h.syscall$address(), errno, Syscall.CLOSE, fd, 0), errno);
  }

  /** fcntl(2) with an int. */
  public static int fcntl(MemorySegment errno, int fd, int command, int argument) {
    return Libc.answer(
        (int) Libc.call(linux_h.fcntl$address(), errno, fd, command, argument), errno);
  }

  /** pipe2(2): two ints into {@code descriptors}, the end to read from and the one to write to. */
  public static int pipe2(MemorySegment errno, MemorySegment descriptors, int flags) {
    return Libc.answer(
        (int)
            Libc.call(linux_h.pipe2$address(), errno, descriptors.address(), flags, 0, descriptors),
        errno);
  }

  /** splice(2), at the current offsets. */
  public static long splice(MemorySegment errno, int from, int to, long length, int flags) {
    return Libc.answer(
        Libc.call(
            linux_h.splice$address(),
            errno,
            from,
            0,
            to,
            0,
            length,
            flags,
            MemorySegment.NULL,
            MemorySegment.NULL),
        errno);
  }

  /** sendfile(2), from the offset in a long, which it moves. */
  public static long sendfile(
      MemorySegment errno, int to, int from, MemorySegment offset, long length) {
    return Libc.answer(
        Libc.call(
            linux_h.sendfile$address(),
            errno,
            to,
            from,
            offset.address(),
            length,
            0,
            0,
            offset,
            MemorySegment.NULL),
        errno);
  }
}
