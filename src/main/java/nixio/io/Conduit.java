package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Poll;
import nixio.posix.Structs;
import nixio.posix.Unistd;

/** A pipe that data pass through from one descriptor to another, for one call at a time. */
public final class Conduit {
  private final int in;
  private final int out;
  private long held;

  private Conduit(int in, int out) {
    this.in = in;
    this.out = out;
  }

  /**
   * Opens one.
   *
   * @param capacity bytes; 0 for as many as the kernel likes
   * @param opened takes it
   * @return 0, or -errno
   */
  public static int open(int capacity, Conduit[] opened) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      MemorySegment ends = arena.allocate(ValueLayout.JAVA_INT, 2);
      int answer = Unistd.pipe2(errno, ends, Constants.O_CLOEXEC);
      if (answer < 0) {
        return answer;
      }
      Conduit conduit =
          new Conduit(
              ends.getAtIndex(ValueLayout.JAVA_INT, 1), ends.getAtIndex(ValueLayout.JAVA_INT, 0));
      if (capacity > 0) {
        answer = Unistd.fcntl(errno, conduit.in, Constants.F_SETPIPE_SZ, capacity);
        if (answer < 0) {
          conduit.close();
          return answer;
        }
      }
      opened[0] = conduit;
      return 0;
    }
  }

  /** How many bytes there is room for, if they fill their pages; or -errno. */
  public int capacity() {
    try (Arena arena = Arena.ofConfined()) {
      return Unistd.fcntl(arena.allocate(Libc.ERRNO_SIZE, 8), in, Constants.F_GETPIPE_SZ, 0);
    }
  }

  /** How many bytes are inside. */
  public long held() {
    return held;
  }

  /** Whether more may go in: a pipe may be full of short pieces. */
  public boolean hasRoom() {
    if (held == 0) {
      return true;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment end = arena.allocate(Structs.pollfdSize(), 8);
      Structs.putPollfd(end, 0, in, Constants.POLLOUT);
      return Poll.poll(arena.allocate(Libc.ERRNO_SIZE, 8), end, 1, 0) > 0;
    }
  }

  /** splice(2), from a descriptor, while there {@link #hasRoom}. */
  public long fill(Descriptor from, long most) {
    long answer = from.spliceInto(in, most);
    held += Math.max(0, answer);
    return answer;
  }

  /**
   * splice(2), to a descriptor, of so many bytes of those inside.
   *
   * @return the bytes, or what and why, see {@link Descriptor#errno(long)}
   */
  public long drain(Descriptor to, long length) {
    long answer = to.spliceFrom(out, length);
    held -= Descriptor.transferred(answer);
    return answer;
  }

  /** Closes both ends. */
  public void close() {
    Closing.close(in);
    Closing.close(out);
  }
}
