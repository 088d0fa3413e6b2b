package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.function.LongSupplier;
import nixio.Socket;

/** A socket to standard output. */
final class SocketOutput {
  /** Longer than any UDP datagram, and than a UNIX one under the usual limits. */
  private static final int PIECE = 256 << 10;

  private final Socket socket;
  private final WritableByteChannel output;
  private final LongSupplier sent;

  /**
   * Both.
   *
   * @param sent changes when the other direction is alive
   */
  SocketOutput(Socket socket, WritableByteChannel output, LongSupplier sent) {
    this.socket = socket;
    this.output = output;
    this.sent = sent;
  }

  /** Until the peer finishes. */
  void run() throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(PIECE, 64);
      ByteBuffer view = segment.asByteBuffer();
      for (long n = receive(segment); n != Socket.EOF; n = receive(segment)) {
        view.clear().limit((int) n);
        while (view.hasRemaining()) {
          output.write(view);
        }
      }
    }
  }

  /** A time-out counts only if the other direction has been silent too. */
  private long receive(MemorySegment segment) throws IOException {
    while (true) {
      long before = sent.getAsLong();
      try {
        return socket.recv(segment);
      } catch (SocketTimeoutException e) {
        if (sent.getAsLong() == before) {
          throw e;
        }
      }
    }
  }
}
