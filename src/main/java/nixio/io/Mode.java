package nixio.io;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import nixio.posix.Constants;
import nixio.posix.Unistd;

/** O_NONBLOCK of a descriptor: what the user has set, and what is set meanwhile. */
final class Mode {
  private final int fd;
  private final ReentrantLock change = new ReentrantLock();

  private volatile boolean blocking;

  /** Whether O_NONBLOCK is ours, while the user's mode is blocking; under {@link #change}. */
  private boolean quietly;

  Mode(int fd, boolean blocking) {
    this.fd = fd;
    this.blocking = blocking;
  }

  /** The user's mode, whatever the descriptor's is meanwhile. */
  boolean isBlocking() {
    return blocking;
  }

  /** Sets the user's mode. */
  int set(MemorySegment errno, boolean wanted) {
    change.lock();
    try {
      int answer = wanted && quietly ? 0 : setNonblocking(errno, !wanted);
      if (answer == 0) {
        blocking = wanted;
      }
      return answer;
    } finally {
      change.unlock();
    }
  }

  /** Makes the descriptor O_NONBLOCK for those who must not block, without the user's noticing. */
  void unblock(MemorySegment errno) {
    change.lock();
    try {
      int flags = Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
      if (flags >= 0 && (flags & Constants.O_NONBLOCK) == 0) {
        setNonblocking(errno, true);
        quietly = blocking;
      }
    } finally {
      change.unlock();
    }
  }

  /** Makes a call that does not wait, though the user's mode is blocking. */
  int unwaiting(MemorySegment errno, IntSupplier call) {
    change.lock();
    try {
      int flags = Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
      boolean changes = (flags & Constants.O_NONBLOCK) == 0;
      if (changes) {
        setNonblocking(errno, true);
      }
      int answer = call.getAsInt();
      if (changes && blocking) {
        setNonblocking(errno, false);
      }
      return answer;
    } finally {
      change.unlock();
    }
  }

  /** Puts the user's mode back, for the next owner. */
  void restore(MemorySegment errno) {
    if (quietly && blocking) {
      setNonblocking(errno, false);
    }
  }

  private int setNonblocking(MemorySegment errno, boolean on) {
    int flags = Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
    return flags < 0
        ? flags
        : Unistd.fcntl(
            errno,
            fd,
            Constants.F_SETFL,
            on ? flags | Constants.O_NONBLOCK : flags & ~Constants.O_NONBLOCK);
  }
}
