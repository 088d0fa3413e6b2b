package nixio.bench.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** This library. */
final class NixioDatagrams implements Datagrams {
  private final NixioPair sockets = NixioPair.open();
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer;

  NixioDatagrams(int size) throws IOException {
    buffer = arena.allocate(size, 64);
  }

  @Override
  public void send() throws IOException {
    sockets.from().send(buffer);
  }

  @Override
  public long receive() throws IOException {
    return sockets.to().recv(buffer);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    sockets.close();
  }
}
