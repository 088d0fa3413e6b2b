package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;

/** Sends datagrams, and waits for acknowledgements rather than have too many under way. */
final class PacedSending implements Leg {
  private final Link link;
  private final MemorySegment[] datagrams;
  private final MemorySegment acknowledgement = Arena.ofAuto().allocate(ValueLayout.JAVA_INT);

  PacedSending(Link link, MemorySegment[] datagrams) {
    this.link = link;
    this.datagrams = datagrams;
  }

  @Override
  public long run() throws IOException {
    long calls = 0;
    int acknowledged = 0;
    for (int sent = 0; acknowledged < datagrams.length; calls++) {
      if (sent < datagrams.length && sent - acknowledged < PacedTraffic.WINDOW) {
        send(datagrams[sent++]);
      } else {
        acknowledged = awaitAcknowledgement(acknowledged);
      }
    }
    return calls;
  }

  private void send(MemorySegment datagram) throws IOException {
    if (link.destination() == null) {
      link.sender().send(datagram);
    } else {
      link.sender().sendto(datagram, link.destination());
    }
  }

  private int awaitAcknowledgement(int acknowledged) throws IOException {
    try {
      link.sender().recv(acknowledgement);
      return acknowledgement.get(ValueLayout.JAVA_INT, 0);
    } catch (SocketTimeoutException e) {
      throw new IOException(
          "no acknowledgement within %d s: the receiver has told of %d of %d datagrams"
              .formatted(Link.PATIENCE.toSeconds(), acknowledged, datagrams.length),
          e);
    }
  }
}
