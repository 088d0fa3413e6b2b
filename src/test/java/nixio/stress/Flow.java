package nixio.stress;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** What goes in one direction of a line: the account of what was sent and what was received. */
abstract class Flow {
  private static final AtomicLong COUNT = new AtomicLong();

  final long key;
  final AtomicLong sent = new AtomicLong();
  final AtomicLong received = new AtomicLong();

  Flow(long seed) {
    key = Pattern.key(seed, COUNT.incrementAndGet());
  }

  /** What a call is to send, and then, how much of it was. */
  static final class Chunk {
    final long number;
    final long size;

    /** Negative until it is known. */
    volatile long sent = -1;

    Chunk(long number, long size) {
      this.number = number;
      this.size = size;
    }
  }

  /** What to send next, written into the memory; null if somebody else must first be done. */
  abstract Chunk claim(MemorySegment into);

  /** A call has sent so much of it; to be told even if that is nothing. */
  void sent(Chunk chunk, long bytes) {
    chunk.sent = bytes;
    sent.addAndGet(bytes);
  }

  /** Whether the caller may receive now; if so, {@link #doneReceiving} is to follow. */
  boolean mayReceive() {
    return true;
  }

  void doneReceiving() {}

  /** What a call has received. */
  void received(byte[] bytes) {
    received.addAndGet(bytes.length);
  }

  /**
   * Compares, when all calls have ended.
   *
   * @param all whether everything must have arrived
   * @return what is wrong, or null
   */
  abstract String verify(boolean all);

  /** Whether only calls that send the whole may send, on one and the same socket. */
  boolean sendsWhole() {
    return false;
  }

  /** Whether only calls that receive the whole may receive, on one and the same socket. */
  boolean receivesWhole() {
    return false;
  }
}
