package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import nixio.posix.gen.linux.linux_h;

/**
 * Messages of many parts: {@code <sys/uio.h>} with the flags of {@code <sys/socket.h>}. The linker
 * keeps nothing alive that only an iovec points to: so the memory of the parts is passed too, as
 * arguments that the functions never look at.
 */
public final class Uio {
  /** How many segments are kept alive. */
  public static final int KEPT = 8;

  private Uio() {}

  /** sendmsg(2), of one message, and the {@link #KEPT} segments that its parts are in. */
  public static long sendmsg(
      MemorySegment errno, int fd, MemorySegment message, int flags, MemorySegment[] kept) {
    try {
      return Libc.answer(
          (long)
              Sendmsg.HANDLE.invokeExact(
                  errno,
                  fd,
                  message.address(),
                  flags,
                  message,
                  kept[0],
                  kept[1],
                  kept[2],
                  kept[3],
                  kept[4],
                  kept[5],
                  kept[6],
                  kept[7]),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  /** recvmsg(2), into one message, and the {@link #KEPT} segments that its parts are in. */
  public static long recvmsg(
      MemorySegment errno, int fd, MemorySegment message, int flags, MemorySegment[] kept) {
    try {
      return Libc.answer(
          (long)
              Recvmsg.HANDLE.invokeExact(
                  errno,
                  fd,
                  message.address(),
                  flags,
                  message,
                  kept[0],
                  kept[1],
                  kept[2],
                  kept[3],
                  kept[4],
                  kept[5],
                  kept[6],
                  kept[7]),
          errno);
    } catch (Throwable t) {
      throw Libc.thrown(t);
    }
  }

  private static final class Sendmsg {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.sendmsg$address(), linux_h.sendmsg$descriptor(), 1 + KEPT);
  }

  private static final class Recvmsg {
    static final MethodHandle HANDLE =
        Libc.linkParts(linux_h.recvmsg$address(), linux_h.recvmsg$descriptor(), 1 + KEPT);
  }
}
