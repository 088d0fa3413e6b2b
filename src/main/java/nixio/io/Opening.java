package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.SysSocket;
import nixio.posix.Unistd;

/** Where descriptors come from. */
public final class Opening {
  private Opening() {}

  /** socket(2): a descriptor that is close-on-exec, or -errno. */
  public static int socket(int domain, int type, int protocol) {
    Frame frame = Frames.take();
    try {
      return SysSocket.socket(frame.errno, domain, type | Constants.SOCK_CLOEXEC, protocol);
    } finally {
      Frames.give(frame);
    }
  }

  /** socketpair(2): two ints into {@code descriptors}, close-on-exec. */
  public static int socketpair(int domain, int type, int protocol, MemorySegment descriptors) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      return SysSocket.socketpair(
          errno, domain, type | Constants.SOCK_CLOEXEC, protocol, descriptors);
    }
  }

  /** The flags of an open descriptor, fcntl(2): -EBADF if there is none. */
  public static int flags(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      return Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
    }
  }

  /** Makes a descriptor close-on-exec, fcntl(2): -EBADF if there is none. */
  public static int closeOnExec(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int flags = Unistd.fcntl(errno, fd, Constants.F_GETFD, 0);
      return flags < 0
          ? flags
          : Unistd.fcntl(errno, fd, Constants.F_SETFD, flags | Constants.FD_CLOEXEC);
    }
  }
}
