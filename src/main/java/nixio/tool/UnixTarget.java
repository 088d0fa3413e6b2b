package nixio.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import nixio.Address;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/**
 * A path, or an abstract name.
 *
 * @param address either
 * @param path the file, or null
 * @param type STREAM, DGRAM or SEQPACKET
 */
record UnixTarget(Address address, Path path, Type type) implements Target {

  static UnixTarget of(String name, Type type) {
    if (name.startsWith("@")) {
      return new UnixTarget(Address.Unix.ofAbstract(name.substring(1)), null, type);
    }
    Path path = Path.of(name);
    return new UnixTarget(Address.Unix.of(path), path, type);
  }

  @Override
  public Partner call(Duration limit, Reporter reporter) throws IOException {
    Socket socket = Socket.open(Domain.UNIX, type);
    try {
      if (type.equals(Type.DGRAM)) {
        // A name that the kernel chooses: a datagram can only be answered if its sender has one.
        socket.bind(Address.Unix.UNNAMED);
      }
      if (limit == null) {
        socket.connect(address);
      } else {
        socket.connect(address, limit);
      }
      reporter.tell("connected to " + address);
      return Partner.of(socket);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  @Override
  public Socket bind() throws IOException {
    Socket socket = Socket.open(Domain.UNIX, type);
    try {
      socket.bind(address);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    if (path != null) {
      // The kernel leaves the file behind; a signal must not make us do so too.
      path.toFile().deleteOnExit();
    }
    return socket;
  }
}
