package nixio.tool;

import java.io.IOException;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;

/** Opens two sockets, and closes both if they can't be joined. */
final class PairOpening {
  private PairOpening() {}

  static Link open(Domain domain, Type type, Joining joining) throws IOException {
    Socket sender = Socket.open(domain, type);
    try {
      Socket receiver = Socket.open(domain, type);
      try {
        return joining.join(sender, receiver);
      } catch (IOException | RuntimeException e) {
        receiver.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  /** Makes a link of two new sockets. */
  @FunctionalInterface
  interface Joining {
    Link join(Socket sender, Socket receiver) throws IOException;
  }
}
