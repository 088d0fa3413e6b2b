package nixio.tool;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Datagrams, never more under way than a receive buffer is sure to hold: the receiver acknowledges
 * them in groups.
 *
 * @param datagram bytes in each
 */
record PacedTraffic(int datagram) implements Traffic {
  /**
   * Datagrams that may be under way: together far less than the usual 208 KiB of a receive buffer.
   */
  static final int WINDOW = 8;

  /**
   * So many are acknowledged at once: while the sender waits for one group, another is under way.
   */
  static final int GROUP = WINDOW / 2;

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
    return new PacedSending(link, Slices.of(from, datagram));
  }

  @Override
  public Leg receiving(Link link, MemorySegment into, AtomicLong position) {
    return new PacedReceiving(link.receiver(), Slices.of(into, datagram), position);
  }

  /** Whether the receiver acknowledges when so many have arrived. */
  static boolean endsGroup(int arrived, int all) {
    return arrived % GROUP == 0 || arrived == all;
  }
}
