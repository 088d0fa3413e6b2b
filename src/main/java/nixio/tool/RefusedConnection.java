package nixio.tool;

import java.io.IOException;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** A connection that nobody accepts. */
final class RefusedConnection {
  private RefusedConnection() {}

  /** The exception's own words. */
  static String words() throws IOException {
    // Bound, but not listening: nobody else can take the port meanwhile.
    try (Socket deaf = Socket.open(Domain.INET, Type.STREAM);
        Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      deaf.bind("127.0.0.1", 0);
      socket.connect(deaf.getsockname());
      return "(it was accepted)";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
