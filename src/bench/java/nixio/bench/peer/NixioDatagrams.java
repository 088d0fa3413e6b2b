package nixio.bench.peer;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** This library. */
final class NixioDatagrams implements Datagrams {
  private final Socket from = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
  private final Socket to = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer;

  NixioDatagrams(int size) throws IOException {
    from.connect(to.getsockname());
    to.connect(from.getsockname());
    buffer = arena.allocate(size, 64);
  }

  @Override
  public void send() throws IOException {
    from.send(buffer);
  }

  @Override
  public long receive() throws IOException {
    return to.recv(buffer);
  }

  @Override
  public void close() throws IOException {
    arena.close();
    from.close();
    to.close();
  }
}
