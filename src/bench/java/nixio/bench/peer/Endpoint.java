package nixio.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a stream goes: {@code tcp:PORT} on this machine, or {@code unix:PATH}.
 *
 * @param path null for TCP
 */
public record Endpoint(String path, int port) {
  /** TCP, on a port of the kernel's choice. */
  public static final Endpoint ANY = new Endpoint(null, 0);

  /** One of this kind, {@code tcp} or {@code unix}, where nobody listens. */
  public static Endpoint unused(String kind) throws IOException {
    if (kind.equals("tcp")) {
      return ANY;
    }
    Path path = Files.createTempFile("bench", ".sock");
    Files.delete(path);
    return new Endpoint(path.toString(), 0);
  }

  /** From the command line. */
  public static Endpoint parse(String text) {
    return text.startsWith("unix:")
        ? new Endpoint(text.substring("unix:".length()), 0)
        : ANY.with(Integer.parseInt(text.substring("tcp:".length())));
  }

  /** The same with the port that a listener has got. */
  public Endpoint with(int port) {
    return new Endpoint(path, port);
  }

  /** As the JDK has it. */
  public SocketAddress toSocketAddress() {
    return isUnix()
        ? UnixDomainSocketAddress.of(path)
        : new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Removes what a listener leaves in the file system. */
  public void delete() throws IOException {
    if (isUnix()) {
      Files.deleteIfExists(Path.of(path));
    }
  }

  /** Whether it is a path. */
  public boolean isUnix() {
    return path != null;
  }

  @Override
  public String toString() {
    return isUnix() ? "unix:" + path : "tcp:" + port;
  }
}
