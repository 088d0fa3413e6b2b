package nixio.io;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** Lets one call at a time use a thing, and nobody end it meanwhile. */
public final class Turn {
  private static final int FREE = 0;
  private static final int TAKEN = 1;
  private static final int ENDED = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Turn.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @SuppressWarnings("UnusedVariable") // through STATE
  private volatile int state;

  /**
   * Takes the thing for a call.
   *
   * @param what it is
   * @throws IllegalStateException if another call has it, or it was ended
   */
  public void take(String what) {
    if (!STATE.compareAndSet(this, FREE, TAKEN)) {
      throw refused(what);
    }
  }

  /** Gives it back. */
  public void giveBack() {
    STATE.setRelease(this, FREE);
  }

  /**
   * Ends it; doing so again does nothing.
   *
   * @return whether this call did it
   * @throws IllegalStateException if a call has it
   */
  public boolean end(String what) {
    if (STATE.compareAndSet(this, FREE, ENDED)) {
      return true;
    }
    if (state == TAKEN) {
      throw refused(what);
    }
    return false;
  }

  private IllegalStateException refused(String what) {
    return new IllegalStateException(
        what + (state == ENDED ? " is closed" : " is in use by another call"));
  }
}
