package nixio.stress;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import nixio.Socket;

/** A socket, with what was done to it that explains what its calls answer. */
final class Handle {
  final Socket socket;
  final Description description;
  final ReentrantLock mode = new ReentrantLock();

  private final AtomicBoolean closing = new AtomicBoolean();

  /** When it began to be closed; 0 before. */
  private volatile long closedAt;

  private volatile boolean closedAgain;
  private volatile boolean maybeNonblocking;
  private volatile int modeChanges;

  Handle(Socket socket, Description description) {
    this.socket = socket;
    this.description = description;
    maybeNonblocking = !socket.isBlocking();
  }

  /** Whoever is to close or detach it; false if somebody else is. */
  boolean claimClose() {
    return closing.compareAndSet(false, true);
  }

  /** To be told right before it is closed or detached. */
  void closes() {
    closedAt = System.nanoTime();
  }

  /** To be told by who closes it. */
  void mayCloseAgain() {
    closedAgain = true;
  }

  /** Whether somebody is closing it, and not detaching. */
  boolean isClosedAgain() {
    return closedAgain;
  }

  boolean isClosing() {
    return closing.get();
  }

  long closedAt() {
    return closedAt;
  }

  /** To be told under the lock, to non-blocking before the change, to blocking after it. */
  void setMaybeNonblocking(boolean maybe) {
    modeChanges++;
    maybeNonblocking = maybe;
  }

  /** What {@link #wasBlocking} wants to know from before a call; negative if it may not wait. */
  int modeNow() {
    int changes = modeChanges;
    return maybeNonblocking ? -1 : changes;
  }

  /** Whether calls waited all the time since then. */
  boolean wasBlocking(int modeThen) {
    return modeThen >= 0 && modeThen == modeNow();
  }

  @Override
  public String toString() {
    return socket + " of " + description + (isClosing() ? ", closing" : "");
  }
}
