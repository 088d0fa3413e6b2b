package nixio.tool;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.Nixio;
import nixio.Socket;
import nixio.Type;

/**
 * A host and a port.
 *
 * @param host null: all addresses of this machine
 * @param service a port or its name
 * @param family null: either
 * @param type STREAM or DGRAM
 * @param sourcePort of the calling side, or null: the kernel's choice
 */
record InetTarget(String host, String service, Domain family, Type type, String sourcePort)
    implements Target {

  /** Each address of the host in turn; Nixio.connect does that too, but knows no limit. */
  @Override
  public Partner call(Duration limit, Reporter reporter) throws IOException {
    IOException failure = null;
    for (AddressInfo each : Nixio.getaddrinfo(host, family, service)) {
      if (!each.type().equals(type)) {
        continue;
      }
      try {
        Partner partner = call(each, limit);
        reporter.tell("connected to " + each.address());
        return partner;
      } catch (IOException e) {
        if (failure != null) {
          e.addSuppressed(failure);
        }
        failure = e;
      }
    }
    throw failure != null ? failure : new UnknownHostException(host + ": no address of this type");
  }

  private Partner call(AddressInfo info, Duration limit) throws IOException {
    Socket socket = Socket.open(info.domain(), type);
    try {
      if (sourcePort != null) {
        socket.bind(null, sourcePort);
      }
      if (limit == null) {
        socket.connect(info.address());
      } else {
        socket.connect(info.address(), limit);
      }
      return Partner.of(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket bind() throws IOException {
    return Nixio.bind(host, service, family, type);
  }
}
