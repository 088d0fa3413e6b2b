package nixio.tool;

import java.io.IOException;
import nixio.Address;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** Pairs of datagram sockets: both have a name, the sender is connected. */
final class DatagramLinks {
  private DatagramLinks() {}

  static Link udp(String host) throws IOException {
    Domain domain = host.indexOf(':') < 0 ? Domain.INET : Domain.INET6;
    return open(domain, socket -> socket.bind(host, 0), socket -> socket.bind(host, 0));
  }

  static Link unix(Address sender, Address receiver) throws IOException {
    return open(Domain.UNIX, socket -> socket.bind(sender), socket -> socket.bind(receiver));
  }

  private static Link open(Domain domain, Naming sender, Naming receiver) throws IOException {
    return PairOpening.open(
        domain,
        Type.DGRAM,
        (first, second) -> {
          sender.name(first);
          receiver.name(second);
          first.connect(second.getsockname());
          return Link.connected(first, second);
        });
  }

  /** Gives a socket its name. */
  @FunctionalInterface
  private interface Naming {
    void name(Socket socket) throws IOException;
  }
}
