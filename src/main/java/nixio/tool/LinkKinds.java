package nixio.tool;

import java.nio.file.Path;
import java.util.List;
import nixio.Address;
import nixio.Type;

/** The rows of the tour. */
final class LinkKinds {
  private static final Traffic STREAM = new StreamTraffic(64 << 10);

  /** Whole on the loopback interface, whose MTU is 64 KiB. */
  private static final Traffic DATAGRAM = new PacedTraffic(8 << 10);

  /** The payload of the smallest MTU that IPv6 allows: no interface has to take it apart. */
  private static final Traffic MULTICAST = new PacedTraffic(1232);

  private LinkKinds() {}

  /**
   * All of them.
   *
   * @param directory for the names of UNIX sockets
   */
  static List<LinkKind> all(Path directory) {
    return List.of(
        new LinkKind("IPv4", "TCP", STREAM, () -> StreamLinks.tcp("127.0.0.1")),
        new LinkKind("IPv6", "TCP", STREAM, () -> StreamLinks.tcp("::1")),
        new LinkKind("IPv4", "UDP", DATAGRAM, () -> DatagramLinks.udp("127.0.0.1")),
        new LinkKind("IPv6", "UDP", DATAGRAM, () -> DatagramLinks.udp("::1")),
        new LinkKind(
            "UNIX",
            "stream",
            STREAM,
            () -> StreamLinks.unix(Type.STREAM, named(directory, "stream"))),
        new LinkKind(
            "UNIX",
            "seqpacket",
            STREAM,
            () -> StreamLinks.unix(Type.SEQPACKET, named(directory, "seqpacket"))),
        new LinkKind(
            "UNIX",
            "datagram",
            DATAGRAM,
            () -> DatagramLinks.unix(named(directory, "sender"), named(directory, "receiver"))),
        new LinkKind(
            "UNIX", "abstract", STREAM, () -> StreamLinks.unix(Type.STREAM, abstractName())),
        new LinkKind("IPv4", "multicast", MULTICAST, MulticastLinks::ipv4),
        new LinkKind("IPv6", "multicast", MULTICAST, MulticastLinks::ipv6));
  }

  private static Address named(Path directory, String name) {
    return Address.Unix.of(directory.resolve(name));
  }

  /** No file, and gone with the socket. The number keeps two tours apart. */
  private static Address abstractName() {
    String name =
        "nixio-tour-" + ProcessHandle.current().pid() + "-" + Long.toHexString(System.nanoTime());
    return Address.Unix.ofAbstract(name);
  }
}
