package nixio.tool;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/** How bytes go over a link: in what pieces, and who waits for whom. */
interface Traffic {
  /** How much of a file it takes at most. */
  long most();

  /** The same in pieces of another size. */
  Traffic inPieces(int bytes);

  /** The sender's side: all of a segment. */
  Leg sending(Link link, MemorySegment from);

  /**
   * The receiver's side: as many bytes as the segment holds.
   *
   * @param position is kept at the number of bytes that are there
   */
  Leg receiving(Link link, MemorySegment into, AtomicLong position);

  /** One side of a transfer, ready to go: what it needs has been allocated. */
  @FunctionalInterface
  interface Leg {
    /** Moves all its bytes, and answers the number of calls of the library. */
    long run() throws IOException;
  }
}
