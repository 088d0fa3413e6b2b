package nixio.tool;

import java.time.Instant;
import java.util.HexFormat;
import nixio.Address;
import nixio.packet.Packet;

/** A packet as a line of text: when, which way, how long, who to whom. */
final class PacketLine {
  private static final HexFormat HEX = HexFormat.ofDelimiter(":");
  private static final int VERSION_4 = 0x0800;
  private static final int VERSION_6 = 0x86DD;
  private static final int TCP = 6;
  private static final int UDP = 17;

  private final Packet packet;
  private final int at;

  private PacketLine(Packet packet) {
    this.packet = packet;
    this.at = packet.networkOffset();
  }

  static String of(Packet packet) {
    Instant time = Instant.ofEpochSecond(packet.seconds(), packet.nanoseconds());
    String way = packet.kind() == Address.Packet.OUTGOING ? "out" : "in";
    String vlan = packet.hasVlan() ? " vlan " + (packet.vlan() & 0xFFF) : "";
    return "%s %-3s %d bytes%s %s"
        .formatted(time, way, packet.wireLength(), vlan, new PacketLine(packet).talk());
  }

  private String talk() {
    if (packet.protocol() == VERSION_4 && has(20)) {
      return version4();
    }
    return packet.protocol() == VERSION_6 && has(40)
        ? talk(packet.byteAt(at + 6), at + 8, 16, at + 40)
        : hardware();
  }

  private boolean has(int size) {
    return packet.length() >= at + size;
  }

  private String version4() {
    boolean first = (packet.shortAt(at + 6) & 0x1FFF) == 0;
    int header = first ? (packet.byteAt(at) & 0xF) * 4 : packet.length();
    return talk(packet.byteAt(at + 9), at + 12, 4, at + header);
  }

  private String talk(int protocol, int addresses, int size, int transport) {
    boolean ports = (protocol == TCP || protocol == UDP) && packet.length() >= transport + 4;
    return "%s > %s %s"
        .formatted(
            end(addresses, size, ports, transport),
            end(addresses + size, size, ports, transport + 2),
            name(protocol & 0xFF));
  }

  private String end(int offset, int size, boolean hasPort, int port) {
    Address.Inet address =
        Address.Inet.of(bytes(offset, size), hasPort ? packet.shortAt(port) & 0xFFFF : 0, 0);
    return hasPort ? address.toString() : address.host();
  }

  private static String name(int protocol) {
    return switch (protocol) {
      case TCP -> "tcp";
      case UDP -> "udp";
      case 1 -> "icmp";
      case 58 -> "icmpv6";
      default -> "protocol " + protocol;
    };
  }

  private String hardware() {
    String protocol = "protocol 0x%04x".formatted(packet.protocol());
    return at < 14 || packet.length() < 14
        ? protocol
        : "%s > %s %s".formatted(HEX.formatHex(bytes(6, 6)), HEX.formatHex(bytes(0, 6)), protocol);
  }

  private byte[] bytes(int offset, int count) {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = packet.byteAt(offset + i);
    }
    return bytes;
  }
}
