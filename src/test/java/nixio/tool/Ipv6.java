package nixio.tool;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** What some machines lack. */
final class Ipv6 {
  private Ipv6() {}

  /** Skips the test on those, with their word for it. */
  static void require() {
    try (Socket socket = Socket.open(Domain.INET6, Type.DGRAM)) {
      socket.bind("::1", 0);
    } catch (IOException e) {
      abort("no IPv6 here: " + e.getMessage());
    }
  }
}
