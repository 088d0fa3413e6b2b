package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs the very calls that are measured afterwards until they are compiled: an interpreter
 * allocates what a compiler doesn't, and a tour is over before it would have done so.
 */
final class WarmUp {
  private static final int PIECE = 64;
  private static final int SIZE = 1024 * PIECE;

  /** Quiet ones in a row, since a compilation may still be under way at the first. */
  private static final int QUIET = 3;

  /** Enough for any compiler; more would only cost time. */
  private static final int ROUNDS = 60;

  private final Crew crew;
  private final MemorySegment zeros;
  private final MemorySegment sink;

  WarmUp(Crew crew, Arena arena) {
    this.crew = crew;
    this.zeros = arena.allocate(SIZE, PIECE);
    this.sink = arena.allocate(SIZE, PIECE);
  }

  /**
   * Round after round, until some in a row have allocated nothing.
   *
   * @param data what will be sent: code that is compiled for one class of segments starts anew with
   *     another
   */
  void run(Traffic traffic, Link link, MemorySegment data) throws IOException {
    MemorySegment source = data.byteSize() < SIZE ? zeros : data.asSlice(0, SIZE);
    Traffic small = traffic.inPieces(PIECE);
    int quiet = 0;
    for (int round = 0; round < ROUNDS && quiet < QUIET; round++) {
      Leg sending = small.sending(link, source);
      Leg receiving = small.receiving(link, sink, new AtomicLong());
      Measure measure = crew.run(link, source.byteSize(), sending, receiving);
      quiet = measure.allocated() == 0 ? quiet + 1 : 0;
    }
  }
}
