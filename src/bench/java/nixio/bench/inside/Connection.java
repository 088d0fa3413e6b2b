package nixio.bench.inside;

import java.io.Closeable;
import java.io.IOException;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Streams;

/** Both ends of a connection. */
record Connection(Streams.Stream connected, Streams.Stream accepted) implements Closeable {
  static Connection open(Streams streams, String kind, int size) throws IOException {
    Endpoint at = Endpoint.unused(kind);
    try (Streams.Listener listener = streams.listen(at)) {
      Streams.Stream connected = streams.connect(at.with(listener.port())).allocate(size);
      return new Connection(connected, listener.accept().allocate(size));
    } finally {
      at.delete();
    }
  }

  @Override
  public void close() throws IOException {
    connected.close();
    accepted.close();
  }
}
