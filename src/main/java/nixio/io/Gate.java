package nixio.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Who is inside: one word that holds whether it was closed, which of two sides are taken, and how
 * many users there are. Every change is one compare-and-set; nobody waits here for anybody.
 *
 * <p>{@link #close} answers true once; from then on nobody gets in, and when {@link #isEmpty}
 * answers true nobody is inside any more, nor will be.
 */
final class Gate {
  static final int READING = 2;
  static final int WRITING = 4;

  private static final int CLOSED = 1;
  private static final int USER = 8;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Gate.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private volatile int state;

  /** What {@link #enter(int)} answers. */
  enum Entry {
    /** It was closed. */
    REFUSED,
    /** Inside, and the side is the caller's until it leaves. */
    OWNER,
    /** Inside, while the side is somebody else's. */
    GUEST
  }

  /** Lets a user in, who takes the side if it is free. */
  Entry enter(int side) {
    for (; ; ) {
      int now = state;
      if ((now & CLOSED) != 0) {
        return Entry.REFUSED;
      }
      if (STATE.compareAndSet(this, now, (now | side) + USER)) {
        return (now & side) == 0 ? Entry.OWNER : Entry.GUEST;
      }
    }
  }

  /** Lets a user in who takes no side; false if it was closed. */
  boolean enter() {
    return enter(0) != Entry.REFUSED;
  }

  /** Lets a user out who gives back the side that was taken, 0 for none. */
  void exit(int side) {
    STATE.getAndAdd(this, -(USER + side));
  }

  /** Lets nobody in any more; true for the one who did it. */
  boolean close() {
    return ((int) STATE.getAndBitwiseOr(this, CLOSED) & CLOSED) == 0;
  }

  boolean isOpen() {
    return (state & CLOSED) == 0;
  }

  /** Whether nobody is inside. */
  boolean isEmpty() {
    return state < USER;
  }
}
