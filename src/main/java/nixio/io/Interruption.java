package nixio.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes Thread.interrupt wake a platform thread that is blocked in a frame. The JDK tells of
 * interrupts only to what extends this class; no channel is meant, and none is closed.
 */
final class Interruption extends AbstractInterruptibleChannel {
  private static final long AGAIN_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final Frame frame;

  private static final VarHandle ARMED;

  static {
    try {
      ARMED = MethodHandles.lookup().findVarHandle(Interruption.class, "armed", boolean.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /**
   * Whether the call is under way that it is for: the frame may be in the next one's already. The
   * lock that begin and end take orders what is written here.
   */
  private volatile boolean armed;

  Interruption(Frame frame) {
    this.frame = frame;
  }

  /** Before the frame is entered. */
  void arm() {
    ARMED.setRelease(this, true);
    begin();
  }

  /**
   * After the frame was left.
   *
   * @return whether it serves again: not once it has seen an interrupt
   */
  boolean disarm() {
    ARMED.setRelease(this, false);
    try {
      end(true);
    } catch (ClosedByInterruptException e) {
      return false; // the thread's flag tells whoever asks
    } catch (AsynchronousCloseException e) {
      throw new IllegalStateException(e); // nobody closes it
    }
    return isOpen();
  }

  /**
   * In the interrupting thread: one signal could come before the kernel is entered. It may come
   * late, after the thread has answered the interrupt and has begun another call; that goes on
   * then, see {@link Frame#enterAgain}.
   */
  @Override
  protected void implCloseChannel() {
    while (armed && frame.isInside()) {
      frame.wake();
      LockSupport.parkNanos(AGAIN_NANOS);
    }
  }
}
