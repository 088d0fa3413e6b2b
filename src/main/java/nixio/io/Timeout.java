package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.TimeUnit;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Structs;
import nixio.posix.SysSocket;

/**
 * SO_RCVTIMEO and SO_SNDTIMEO, asked of the kernel: another holder of the socket may have set them.
 */
final class Timeout {
  private Timeout() {}

  /** In nanoseconds; 0 for none. */
  static long nanos(int fd, int option) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(Structs.TIMEVAL, 8);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Structs.TIMEVAL);
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int answer = SysSocket.getsockopt(errno, fd, Constants.SOL_SOCKET, option, value, length);
      return answer < 0
          ? 0
          : TimeUnit.SECONDS.toNanos(Structs.seconds(value))
              + TimeUnit.MICROSECONDS.toNanos(Structs.microseconds(value));
    }
  }
}
