package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import nixio.AddressBuffer;
import nixio.Socket;

/** Receives datagrams each into its place, and tells their sender how many there are. */
final class PacedReceiving implements Leg {
  private final Socket socket;
  private final MemorySegment[] places;
  private final AtomicLong position;
  private final AddressBuffer sender = new AddressBuffer();
  private final MemorySegment acknowledgement = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  PacedReceiving(Socket socket, MemorySegment[] places, AtomicLong position) {
    this.socket = socket;
    this.places = places;
    this.position = position;
  }

  @Override
  public long run() throws IOException {
    long calls = 0;
    long bytes = 0;
    for (int arrived = 0; arrived < places.length; calls++) {
      bytes += receive(arrived);
      position.lazySet(bytes);
      arrived++;
      if (PacedTraffic.endsGroup(arrived, places.length)) {
        acknowledgement.set(ValueLayout.JAVA_INT, 0, arrived);
        socket.sendto(acknowledgement, sender);
        calls++;
      }
    }
    return calls;
  }

  private long receive(int arrived) throws IOException {
    try {
      return socket.recvfrom(places[arrived], sender);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no datagram within %d s: %d of %d have arrived"
              .formatted(Link.PATIENCE.toSeconds(), arrived, places.length),
          e);
    }
  }
}
