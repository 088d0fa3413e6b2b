package nixio.tool;

import java.io.EOFException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import nixio.Socket;

/**
 * Piece after piece, as fast as the kernel takes them: for streams, and for seqpackets of the same
 * size on both sides.
 *
 * @param piece bytes per call
 */
record StreamTraffic(int piece) implements Traffic {
  @Override
  public long most() {
    return Long.MAX_VALUE;
  }

  @Override
  public Traffic inPieces(int bytes) {
    return new StreamTraffic(bytes);
  }

  @Override
  public Leg sending(Link link, MemorySegment from) {
    return () -> send(link.sender(), from);
  }

  @Override
  public Leg receiving(Link link, MemorySegment into, AtomicLong position) {
    return () -> receive(link.receiver(), into, position);
  }

  private long send(Socket socket, MemorySegment from) throws IOException {
    long size = from.byteSize();
    long calls = 0;
    for (long at = 0; at < size; calls++) {
      at += socket.send(from, at, Math.min(piece, size - at));
    }
    return calls;
  }

  private long receive(Socket socket, MemorySegment into, AtomicLong position) throws IOException {
    long size = into.byteSize();
    long calls = 0;
    for (long at = 0; at < size; calls++) {
      long received = socket.recv(into, at, Math.min(piece, size - at));
      if (received == Socket.EOF) {
        throw new EOFException("the sender finished after " + at + " of " + size + " bytes");
      }
      at += received;
      position.lazySet(at);
    }
    return calls;
  }
}
