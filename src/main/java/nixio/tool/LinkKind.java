package nixio.tool;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import nixio.Address;
import nixio.Type;

/**
 * One row of the tour: a kind of socket, and how two of it are joined.
 *
 * @param family as the table names it
 * @param type as the table names it
 * @param traffic how bytes go over it
 * @param maker joins a new pair
 */
record LinkKind(String family, String type, Traffic traffic, Maker maker) {
  private static final Address LOOPBACK4 = Address.Inet.of("127.0.0.1", 0);
  private static final Address LOOPBACK6 = Address.Inet.of("::1", 0);

  private static final Traffic STREAM = new StreamTraffic(64 << 10);

  /** Whole on the loopback interface, whose MTU is 64 KiB. */
  private static final Traffic DATAGRAM = new PacedTraffic(8 << 10);

  /** The payload of the smallest MTU that IPv6 allows: no interface has to take it apart. */
  private static final Traffic MULTICAST = new PacedTraffic(1232);

  /** Joins two sockets. */
  @FunctionalInterface
  interface Maker {
    Link open() throws IOException;
  }

  /**
   * All of them.
   *
   * @param directory for the names of UNIX sockets; its own name is one too
   */
  static List<LinkKind> all(Path directory) {
    Address stream = Address.Unix.of(directory.resolve("stream"));
    Address seqpacket = Address.Unix.of(directory.resolve("seqpacket"));
    Address sender = Address.Unix.of(directory.resolve("sender"));
    Address receiver = Address.Unix.of(directory.resolve("receiver"));
    Address name = Address.Unix.ofAbstract(directory.getFileName().toString());
    return List.of(
        new LinkKind("IPv4", "TCP", STREAM, () -> Link.stream(Type.STREAM, LOOPBACK4)),
        new LinkKind("IPv6", "TCP", STREAM, () -> Link.stream(Type.STREAM, LOOPBACK6)),
        new LinkKind("IPv4", "UDP", DATAGRAM, () -> Link.datagram(LOOPBACK4, LOOPBACK4)),
        new LinkKind("IPv6", "UDP", DATAGRAM, () -> Link.datagram(LOOPBACK6, LOOPBACK6)),
        new LinkKind("UNIX", "stream", STREAM, () -> Link.stream(Type.STREAM, stream)),
        new LinkKind("UNIX", "seqpacket", STREAM, () -> Link.stream(Type.SEQPACKET, seqpacket)),
        new LinkKind("UNIX", "datagram", DATAGRAM, () -> Link.datagram(sender, receiver)),
        new LinkKind("UNIX", "abstract", STREAM, () -> Link.stream(Type.STREAM, name)),
        new LinkKind("IPv4", "multicast", MULTICAST, MulticastLinks::ipv4),
        new LinkKind("IPv6", "multicast", MULTICAST, MulticastLinks::ipv6));
  }
}
