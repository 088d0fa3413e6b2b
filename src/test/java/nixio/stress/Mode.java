package nixio.stress;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/** Whether calls wait: what duplicates have in common, and adopted sockets have each for itself. */
final class Mode {
  /** Whoever changes it holds this. */
  final ReentrantLock change = new ReentrantLock();

  private volatile boolean maybeNonblocking;
  private final AtomicInteger changes = new AtomicInteger();

  Mode(boolean blocking) {
    maybeNonblocking = !blocking;
  }

  /** To be told under the lock, to non-blocking before the change, to blocking after it. */
  void setMaybeNonblocking(boolean maybe) {
    changes.incrementAndGet();
    maybeNonblocking = maybe;
  }

  /** What {@link #wasBlocking} wants to know from before a call; negative if it may not wait. */
  int now() {
    int before = changes.get();
    return maybeNonblocking ? -1 : before;
  }

  /** Whether calls waited all the time since then. */
  boolean wasBlocking(int then) {
    return then >= 0 && then == now();
  }
}
