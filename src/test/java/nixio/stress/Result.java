package nixio.stress;

import nixio.Errno;

/**
 * How a call has ended.
 *
 * @param number what it answered; or what it had transferred before it failed
 * @param errno why it failed, or null
 * @param waited whether it was to wait, all the time
 */
record Result(Ending ending, long number, Errno errno, boolean waited) {
  /** The ways to end. */
  enum Ending {
    ANSWERED,
    CLOSED,
    INTERRUPTED,
    TIMED_OUT,
    FAILED
  }

  boolean isAnswer() {
    return ending == Ending.ANSWERED;
  }

  boolean answers(long what) {
    return isAnswer() && number == what;
  }

  /** The bytes that it has moved, however it ended. */
  long moved() {
    return Math.max(0, number);
  }
}
