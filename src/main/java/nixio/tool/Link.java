package nixio.tool;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Domain;
import nixio.Option;
import nixio.Socket;
import nixio.Type;

/**
 * Two sockets that are joined: what one sends the other receives.
 *
 * @param sender sends the file
 * @param receiver receives it
 * @param from the sender's name
 * @param to the name that it sends to
 * @param destination that name for sendto(2), or null if it is a stream
 */
record Link(Socket sender, Socket receiver, Address from, Address to, AddressBuffer destination)
    implements Closeable {
  /** No single call may wait longer: whatever gets lost ends as an error in the table. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Joined by listen, connect and accept. */
  static Link stream(Type type, Address name) throws IOException {
    try (Socket listener = Socket.open(name.domain(), type)) {
      listener.bind(name).listen(1);
      Socket sender = Socket.open(name.domain(), type);
      try {
        sender.connect(listener.getsockname());
        Socket receiver = listener.accept().socket();
        return patient(
            new Link(sender, receiver, sender.getsockname(), sender.getpeername(), null));
      } catch (IOException e) {
        sender.close();
        throw e;
      }
    }
  }

  /** Two datagram sockets with these names. */
  static Link datagram(Address from, Address to) throws IOException {
    return datagram(
        to.domain(),
        (sender, receiver) -> {
          sender.bind(from);
          receiver.bind(to);
        });
  }

  /** Two datagram sockets; the sender names the receiver with each datagram. */
  static Link datagram(Domain domain, Naming naming) throws IOException {
    Socket sender = Socket.open(domain, Type.DGRAM);
    try {
      Socket receiver = Socket.open(domain, Type.DGRAM);
      try {
        naming.name(sender, receiver);
        Address to = receiver.getsockname();
        AddressBuffer destination = new AddressBuffer().set(to);
        return patient(new Link(sender, receiver, sender.getsockname(), to, destination));
      } catch (IOException | RuntimeException e) {
        receiver.close();
        throw e;
      }
    } catch (IOException | RuntimeException e) {
      sender.close();
      throw e;
    }
  }

  /** Gives two new sockets their names. */
  @FunctionalInterface
  interface Naming {
    void name(Socket sender, Socket receiver) throws IOException;
  }

  private static Link patient(Link link) throws IOException {
    for (Socket socket : new Socket[] {link.sender, link.receiver}) {
      socket.setopt(Option.SO_RCVTIMEO, PATIENCE);
      socket.setopt(Option.SO_SNDTIMEO, PATIENCE);
    }
    return link;
  }

  @Override
  public void close() throws IOException {
    try {
      sender.close();
    } finally {
      receiver.close();
    }
  }
}
