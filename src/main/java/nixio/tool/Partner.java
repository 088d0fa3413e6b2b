package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import nixio.Accepted;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Domain;
import nixio.Msg;
import nixio.Socket;
import nixio.Type;

/**
 * The other side of a conversation.
 *
 * @param socket is connected to it, unless it can't be written to
 * @param hears whether it can be written to: not a sender of datagrams that has no name
 */
record Partner(Socket socket, boolean hears) {

  /** Datagrams come one by one, and never to an end. */
  boolean isDatagram() {
    return socket.type().equals(Type.DGRAM);
  }

  /** The first who connects, or sends a datagram, to a socket that is bound. */
  static Partner await(Socket socket, Consumer<String> report) throws IOException {
    return socket.type().equals(Type.DGRAM)
        ? awaitDatagram(socket, report)
        : awaitConnection(socket, report);
  }

  private static Partner awaitConnection(Socket socket, Consumer<String> report)
      throws IOException {
    // Closed with the first connection, so that a second one is refused rather than left waiting.
    try (Socket listener = socket) {
      listener.listen(1);
      report.accept("listening on " + listener.getsockname());
      Accepted accepted = listener.accept();
      report.accept("connection from " + accepted.peer());
      return new Partner(accepted.socket(), true);
    }
  }

  private static Partner awaitDatagram(Socket socket, Consumer<String> report) throws IOException {
    try {
      report.accept("listening on " + socket.getsockname());
      Address sender = firstSender(socket);
      report.accept("datagram from " + sender);
      boolean named = sender != null && !sender.equals(Address.Unix.UNNAMED);
      if (named) {
        socket.connect(sender);
      }
      return new Partner(socket, named);
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

  /**
   * Connects to a partner.
   *
   * @param type of the socket
   * @param port of this side, or null: the kernel's choice
   * @param limit for each address, or null: as long as the kernel tries
   * @param report is told who it was
   */
  record Calling(Type type, String port, Duration limit, Consumer<String> report) {

    /** Tries each address in turn. Nixio.connect does that too, but knows no limit. */
    Partner reach(List<Address> addresses) throws IOException {
      IOException failure = null;
      for (Address each : addresses) {
        try {
          Socket socket = connect(each);
          report.accept("connected to " + each);
          return new Partner(socket, true);
        } catch (IOException e) {
          if (failure != null) {
            e.addSuppressed(failure);
          }
          failure = e;
        }
      }
      throw failure;
    }

    private Socket connect(Address address) throws IOException {
      Socket socket = Socket.open(address.domain(), type);
      try {
        bind(socket);
        if (limit == null) {
          socket.connect(address);
        } else {
          socket.connect(address, limit);
        }
        return socket;
      } catch (IOException | RuntimeException e) {
        socket.close();
        throw e;
      }
    }

    private void bind(Socket socket) throws IOException {
      if (port != null) {
        socket.bind(null, port);
      } else if (socket.domain() == Domain.UNIX && type.equals(Type.DGRAM)) {
        // A name that the kernel chooses: a datagram can only be answered if its sender has one.
        socket.bind(Address.Unix.UNNAMED);
      }
    }
  }
}
