package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import nixio.AddressBuffer;
import nixio.Socket;

/**
 * Datagrams, never more under way than a receive buffer is sure to hold: the receiver acknowledges
 * them in groups.
 *
 * @param datagram bytes in each
 */
record PacedTraffic(int datagram) implements Traffic {
  /** May be under way: together far less than the usual 208 KiB of a receive buffer. */
  private static final int WINDOW = 8;

  /** Acknowledged at once: while the sender waits for one group, another is under way. */
  private static final int GROUP = WINDOW / 2;

  @Override
  public long most() {
    return 4L << 20;
  }

  @Override
  public Traffic inPieces(int bytes) {
    return new PacedTraffic(bytes);
  }

  @Override
  public Leg sending(Link link, MemorySegment from) {
    MemorySegment[] datagrams = slices(from);
    MemorySegment acknowledgement = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    return () -> send(link, datagrams, acknowledgement);
  }

  @Override
  public Leg receiving(Link link, MemorySegment into, AtomicLong position) {
    MemorySegment[] places = slices(into);
    MemorySegment acknowledgement = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);
    AddressBuffer sender = new AddressBuffer();
    return () -> receive(link.receiver(), places, position, acknowledgement, sender);
  }

  /** Cut up beforehand, so that sending and receiving the pieces makes no objects. */
  private MemorySegment[] slices(MemorySegment whole) {
    long count = Math.ceilDiv(whole.byteSize(), (long) datagram);
    MemorySegment[] slices = new MemorySegment[Math.toIntExact(count)];
    for (int i = 0; i < slices.length; i++) {
      long at = (long) i * datagram;
      slices[i] = whole.asSlice(at, Math.min(datagram, whole.byteSize() - at));
    }
    return slices;
  }

  private static long send(Link link, MemorySegment[] datagrams, MemorySegment acknowledgement)
      throws IOException {
    long calls = 0;
    int acknowledged = 0;
    for (int sent = 0; acknowledged < datagrams.length; calls++) {
      if (sent < datagrams.length && sent - acknowledged < WINDOW) {
        link.sender().sendto(datagrams[sent++], link.destination());
      } else {
        awaitAcknowledgement(link.sender(), acknowledgement, acknowledged, datagrams.length);
        acknowledged = acknowledgement.get(ValueLayout.JAVA_INT, 0);
      }
    }
    return calls;
  }

  private static void awaitAcknowledgement(
      Socket socket, MemorySegment acknowledgement, int acknowledged, int all) throws IOException {
    try {
      socket.recv(acknowledgement);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no acknowledgement within %d s: the receiver has told of %d of %d datagrams"
              .formatted(Link.PATIENCE.toSeconds(), acknowledged, all),
          e);
    }
  }

  private static long receive(
      Socket socket,
      MemorySegment[] places,
      AtomicLong position,
      MemorySegment acknowledgement,
      AddressBuffer sender)
      throws IOException {
    long calls = 0;
    long bytes = 0;
    for (int arrived = 0; arrived < places.length; calls++) {
      bytes += awaitDatagram(socket, places, arrived, sender);
      position.lazySet(bytes);
      arrived++;
      if (arrived % GROUP == 0 || arrived == places.length) {
        acknowledgement.set(ValueLayout.JAVA_INT, 0, arrived);
        socket.sendto(acknowledgement, sender);
        calls++;
      }
    }
    return calls;
  }

  private static long awaitDatagram(
      Socket socket, MemorySegment[] places, int arrived, AddressBuffer sender) throws IOException {
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
