package nixio.tool;

import java.util.Map;

/** How packets begin, by the numbers that files have for it; see pcap-linktype(7). */
enum LinkType {
  ETHERNET(1),
  RAW_IP(101);

  /** By ARP's types of hardware: Ethernet, loopback; none at all (tun). */
  private static final Map<Integer, LinkType> BY_HARDWARE =
      Map.of(1, ETHERNET, 772, ETHERNET, 0xFFFE, RAW_IP);

  private final int number;

  LinkType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static LinkType of(int hardware) {
    LinkType type = BY_HARDWARE.get(hardware);
    if (type == null) {
      throw new IllegalArgumentException(
          "no link type is known here for hardware of type " + hardware);
    }
    return type;
  }
}
