package nixio;

import java.util.Set;

/**
 * One address of one network interface, as getifaddrs(3) lists them; each interface also has an
 * entry without an Internet address, which tells of its hardware and has its counters.
 *
 * @param name the interface's name
 * @param index the interface's index
 * @param flags what netdevice(7) calls IFF_, as names: up, broadcast, loopback, pointtopoint,
 *     running, noarp, promisc, allmulti, multicast
 * @param family inet, inet6 or packet
 * @param address the address, with port 0; null in an entry of the family packet
 * @param prefix the length of the network's prefix in bits; -1 where there is none
 * @param broadcast the broadcast address, or null
 * @param destination the other end's address on a point-to-point link, or null
 * @param hardware the hardware address, as {@code 02:00:00:00:00:01}; null but in an entry of the
 *     family packet
 * @param hardwareType the kind of hardware, ARPHRD_; 0 but in an entry of the family packet
 * @param counters what was sent and received; null but in an entry of the family packet
 */
public record InterfaceAddress(
    String name,
    int index,
    Set<String> flags,
    String family,
    Address.Inet address,
    int prefix,
    Address.Inet broadcast,
    Address.Inet destination,
    String hardware,
    int hardwareType,
    Counters counters) {

  /**
   * What an interface has sent and received since it is there, in 64 bits.
   *
   * @param rxPackets packets received
   * @param txPackets packets sent
   * @param rxBytes bytes received
   * @param txBytes bytes sent
   * @param rxErrors packets received with errors
   * @param txErrors packets not sent for errors
   * @param rxDropped packets received, but dropped for want of room
   * @param txDropped packets not sent for want of room
   * @param multicast multicast packets received
   * @param collisions collisions while sending
   */
  public record Counters(
      long rxPackets,
      long txPackets,
      long rxBytes,
      long txBytes,
      long rxErrors,
      long txErrors,
      long rxDropped,
      long txDropped,
      long multicast,
      long collisions) {}

  /** Whether the interface is up. */
  public boolean isUp() {
    return flags.contains("up");
  }

  /** Whether the interface is the loopback. */
  public boolean isLoopback() {
    return flags.contains("loopback");
  }

  /** Whether the interface does multicast. */
  public boolean isMulticast() {
    return flags.contains("multicast");
  }
}
