package nixio.bench.peer;

import java.io.Closeable;
import java.io.IOException;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** Two UDP sockets of this library that are connected with each other. */
record NixioPair(Socket from, Socket to) implements Closeable {
  static NixioPair open() throws IOException {
    Socket from = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
    Socket to = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
    from.connect(to.getsockname());
    to.connect(from.getsockname());
    return new NixioPair(from, to);
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
