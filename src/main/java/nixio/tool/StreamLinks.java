package nixio.tool;

import java.io.IOException;
import nixio.Address;
import nixio.Domain;
import nixio.Nixio;
import nixio.Socket;
import nixio.Type;

/** Pairs that came about by listen, connect and accept. */
final class StreamLinks {
  private StreamLinks() {}

  static Link tcp(String host) throws IOException {
    try (Socket listener = Nixio.bind(host, 0)) {
      return join(listener);
    }
  }

  static Link unix(Type type, Address name) throws IOException {
    try (Socket listener = Socket.open(Domain.UNIX, type)) {
      listener.bind(name);
      return join(listener);
    }
  }

  private static Link join(Socket listener) throws IOException {
    listener.listen(1);
    Socket sender = Socket.open(listener.domain(), listener.type());
    try {
      sender.connect(listener.getsockname());
      return Link.connected(sender, listener.accept().socket());
    } catch (IOException e) {
      sender.close();
      throw e;
    }
  }
}
