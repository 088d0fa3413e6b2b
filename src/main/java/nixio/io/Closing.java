package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Structs;
import nixio.posix.SysSocket;
import nixio.posix.Unistd;

/** close(2), which is not repeated after EINTR: Linux has let go of the number by then. */
public final class Closing {
  private Closing() {}

  /** close(2); where it may linger, a virtual thread leaves it to a platform thread and waits. */
  public static int close(int fd) {
    if (Thread.currentThread().isVirtual() && lingers(fd)) {
      return Background.join(() -> closeNow(fd));
    }
    return closeNow(fd);
  }

  /** close(2), without waiting for what lingers. */
  public static void abandon(int fd) {
    if (lingers(fd)) {
      Background.run(() -> closeNow(fd));
    } else {
      closeNow(fd);
    }
  }

  private static int closeNow(int fd) {
    Frame frame = Frames.take();
    try {
      int answer = Unistd.close(frame.errno, fd);
      return answer == -Constants.EINTR ? 0 : answer;
    } finally {
      Frames.give(frame);
    }
  }

  private static boolean lingers(int fd) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment value = arena.allocate(Structs.lingerSize(), 8);
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Structs.lingerSize());
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int answer =
          SysSocket.getsockopt(errno, fd, Constants.SOL_SOCKET, Constants.SO_LINGER, value, length);
      return answer == 0 && Structs.lingers(value) && Structs.lingerSeconds(value) > 0;
    }
  }
}
