package nixio.tool;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import nixio.Address;
import nixio.AddressBuffer;
import nixio.Option;
import nixio.Socket;

/**
 * Two sockets that are joined: what one sends the other receives.
 *
 * @param sender sends the file
 * @param receiver receives it
 * @param from the sender's name
 * @param to the name that it sends to
 * @param destination that name for sendto(2), or null if the sender is connected
 */
record Link(Socket sender, Socket receiver, Address from, Address to, AddressBuffer destination)
    implements Closeable {
  /** No single call may wait longer: whatever gets lost ends as an error in the table. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  /** Over two sockets that know each other. */
  static Link connected(Socket sender, Socket receiver) throws IOException {
    return patient(new Link(sender, receiver, sender.getsockname(), sender.getpeername(), null));
  }

  /** Over a sender that names the receiver with each datagram. */
  static Link unconnected(Socket sender, Socket receiver) throws IOException {
    Address to = receiver.getsockname();
    AddressBuffer destination = new AddressBuffer();
    destination.set(to);
    return patient(new Link(sender, receiver, sender.getsockname(), to, destination));
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
