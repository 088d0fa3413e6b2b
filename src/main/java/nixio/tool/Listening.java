package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import nixio.Accepted;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Msg;
import nixio.Socket;
import nixio.Type;

/** Waits for the one partner that cat talks to. */
final class Listening {
  private final Target target;
  private final Reporter reporter;

  Listening(Target target, Reporter reporter) {
    this.target = target;
    this.reporter = reporter;
  }

  Partner answer() throws IOException {
    Socket socket = target.bind();
    return socket.type().equals(Type.DGRAM) ? awaitDatagram(socket) : awaitConnection(socket);
  }

  private Partner awaitConnection(Socket socket) throws IOException {
    // Closed with the first connection, so that a second one is refused rather than left waiting.
    try (Socket listener = socket) {
      listener.listen(1);
      reporter.tell("listening on " + listener.getsockname());
      Accepted accepted = listener.accept();
      reporter.tell("connection from " + accepted.peer());
      return Partner.of(accepted.socket());
    }
  }

  private Partner awaitDatagram(Socket socket) throws IOException {
    try {
      reporter.tell("listening on " + socket.getsockname());
      Address sender = firstSender(socket);
      reporter.tell("datagram from " + sender);
      return new Partner(socket, connect(socket, sender));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** Looks at the first datagram, and leaves it there. */
  private static Address firstSender(Socket socket) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer sender = new AddressBuffer();
      socket.recvfrom(arena.allocate(1), sender, Msg.PEEK);
      return sender.address();
    }
  }

  private static boolean connect(Socket socket, Address sender) throws IOException {
    if (isUnnamed(sender)) {
      return false;
    }
    socket.connect(sender);
    return true;
  }

  private static boolean isUnnamed(Address sender) {
    return sender == null || (sender instanceof Address.Unix unix && unix.isUnnamed());
  }
}
