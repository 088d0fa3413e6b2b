package nixio.tool;

import java.io.IOException;

/** One side of a transfer, ready to go: what it needs has been allocated. */
@FunctionalInterface
interface Leg {
  /** Moves all its bytes, and answers the number of calls of the library. */
  long run() throws IOException;
}
