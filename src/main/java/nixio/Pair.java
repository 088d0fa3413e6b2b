package nixio;

import java.io.Closeable;
import java.io.IOException;

/**
 * Two sockets that are connected with each other; see socketpair(2).
 *
 * @param first one end
 * @param second the other end
 */
public record Pair(Socket first, Socket second) implements Closeable {
  /** Closes both ends. */
  @Override
  public void close() throws IOException {
    try (first) {
      second.close();
    }
  }
}
