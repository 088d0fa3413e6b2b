package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/** Mapped memory: {@code <sys/mman.h>}. */
public final class Mman {
  private Mman() {}

  /** mmap(2), wherever the kernel likes: the address, or -errno. */
  public static long mmap(
      MemorySegment errno, long length, int protection, int flags, int fd, long offset) {
    try {
      MemorySegment mapped =
          (MemorySegment)
              Mmap.HANDLE.invokeExact(
                  errno, MemorySegment.NULL, length, protection, flags, fd, offset);
      return Libc.answer(mapped.address(), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** munmap(2). */
  public static int munmap(MemorySegment errno, long address, long length) {
    try {
      return Libc.answer(
          (int) Munmap.HANDLE.invokeExact(errno, MemorySegment.ofAddress(address), length), errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Mmap {
    static final MethodHandle HANDLE = Libc.link(linux_h.mmap$address(), linux_h.mmap$descriptor());
  }

  private static final class Munmap {
    static final MethodHandle HANDLE =
        Libc.link(linux_h.munmap$address(), linux_h.munmap$descriptor());
  }
}
