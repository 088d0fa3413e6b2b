package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import nixio.Nixio;
import nixio.Socket;
import nixio.Type;

/** Standard input to a socket. */
final class SocketInput {
  private static final int STREAM_PIECE = 64 << 10;

  private final ReadableByteChannel input;
  private final Socket socket;
  private volatile long count;

  SocketInput(ReadableByteChannel input, Socket socket) {
    this.input = input;
    this.socket = socket;
  }

  /** How many pieces have been sent. */
  long count() {
    return count;
  }

  /** Until the input ends. */
  void run() throws IOException {
    // Messages no longer than what nc and socat read at once: they'd drop the rest.
    int piece = socket.type().equals(Type.STREAM) ? STREAM_PIECE : Nixio.BUFFERSIZE;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment segment = arena.allocate(piece, 64);
      ByteBuffer view = segment.asByteBuffer();
      while (input.read(view) >= 0) {
        send(segment, view.position());
        view.clear();
      }
    }
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // only the one thread that runs this writes it
  private void send(MemorySegment segment, int length) throws IOException {
    if (length > 0) {
      socket.send(segment, 0, length);
      count++;
    }
  }
}
