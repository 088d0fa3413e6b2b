package nixio.stress;

import java.util.concurrent.atomic.AtomicBoolean;
import nixio.Socket;

/** A socket, with what was done to it that explains what its calls answer. */
final class Handle {
  final Socket socket;
  final Description description;
  final Mode mode;

  private final AtomicBoolean closing = new AtomicBoolean();

  /** When it began to be closed; 0 before. */
  private volatile long closedAt;

  private volatile boolean closedAgain;

  Handle(Socket socket, Description description, Mode mode) {
    this.socket = socket;
    this.description = description;
    this.mode = mode;
  }

  /** Sets the mode of all that share it, unless somebody is about to. */
  void setBlocking(Caller caller, boolean blocking) {
    if (!mode.change.tryLock()) {
      return;
    }
    try {
      if (!blocking) {
        mode.setMaybeNonblocking(true);
      }
      Result result = caller.run(Act.SETBLOCKING, this, () -> socket.setblocking(blocking));
      if (blocking && result.isAnswer()) {
        mode.setMaybeNonblocking(false);
      }
    } finally {
      mode.change.unlock();
    }
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

  @Override
  public String toString() {
    return socket + " of " + description + (isClosing() ? ", closing" : "");
  }
}
