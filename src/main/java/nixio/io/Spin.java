package nixio.io;

/**
 * Whether a receive is to ask again and again for a while before it waits: as long as that has paid
 * of late. Where it never does, as where the sender needs the same processor, it is tried more and
 * more rarely. What was there when the receive first asked does not count: on a processor that both
 * share, it was sent while this thread had no part in it. Threads that use it at once may miscount,
 * which does no harm.
 */
final class Spin {
  private static final int MOST_CREDIT = 8;
  private static final int SUCCESS = 2;
  private static final int FIRST_PAUSE = 16;
  private static final int LONGEST_PAUSE = 4096;

  /** How long. */
  final long nanos;

  private int credit = MOST_CREDIT;
  private int pause = FIRST_PAUSE;
  private int calls;

  Spin(long nanos) {
    this.nanos = nanos;
  }

  /** Whether to do it this time. */
  boolean isDue() {
    return credit > 0 || ++calls >= pause;
  }

  /** Takes note of how it went. */
  void ended(boolean found) {
    if (found) {
      credit = Math.min(MOST_CREDIT, credit + SUCCESS);
      pause = FIRST_PAUSE;
    } else if (credit > 0) {
      credit--;
    } else {
      pause = Math.min(LONGEST_PAUSE, 2 * pause);
    }
    calls = 0;
  }
}
