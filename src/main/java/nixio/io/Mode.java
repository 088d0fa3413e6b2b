package nixio.io;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntSupplier;
import nixio.posix.Constants;
import nixio.posix.Unistd;

/**
 * O_NONBLOCK: what the user has set, and what is set meanwhile. It belongs to what is open, not to
 * a descriptor of it: duplicates have one mode, and whoever makes a call that must not wait holds
 * the lock, so that no other owner sets it back before.
 */
final class Mode {
  private final ReentrantLock change = new ReentrantLock();

  private volatile boolean blocking;

  /** Whether O_NONBLOCK is ours, while the user's mode is blocking; under {@link #change}. */
  private boolean quietly;

  Mode(boolean blocking) {
    this.blocking = blocking;
  }

  /** The user's mode, whatever the descriptor's is meanwhile. */
  boolean isBlocking() {
    return blocking;
  }

  /** Sets the user's mode. */
  int set(MemorySegment errno, int fd, boolean wanted) {
    change.lock();
    try {
      int answer = wanted && quietly ? 0 : setNonblocking(errno, fd, !wanted);
      if (answer == 0) {
        blocking = wanted;
      }
      return answer;
    } finally {
      change.unlock();
    }
  }

  /**
   * Makes a call that does not wait, whatever the user's mode.
   *
   * @param stays whether the descriptor may be left O_NONBLOCK, without the user's noticing
   */
  int unwaiting(MemorySegment errno, int fd, boolean stays, IntSupplier call) {
    change.lock();
    try {
      int flags = Unistd.fcntl(errno, fd, Constants.F_GETFL, 0);
      boolean changes = (flags & Constants.O_NONBLOCK) == 0;
      if (changes) {
        setNonblocking(errno, fd, true);
      }
      int answer = call.getAsInt();
      if (changes && blocking) {
        quietly = stays;
        if (!stays) {
          setNonblocking(errno, fd, false);
        }
      }
      return answer;
    } finally {
      change.unlock();
    }
  }

  /** Puts the user's mode back, for the next owner. */
  void restore(MemorySegment errno, int fd) {
    change.lock();
    try {
      if (quietly && blocking) {
        setNonblocking(errno, fd, false);
        quietly = false;
      }
    } finally {
      change.unlock();
    }
  }

  private static int setNonblocking(MemorySegment errno, int fd, boolean on) {
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
