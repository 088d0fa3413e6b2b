package nixio;

import com.google.common.collect.ImmutableMap;
import java.util.Arrays;
import java.util.Objects;
import nixio.posix.Constants;
import nixio.posix.SockAddr;

/** What an interface is to hear beyond its own packets, while a socket asks for it; packet(7). */
public final class PacketMembership {
  private static final ImmutableMap<String, Integer> KINDS =
      ImmutableMap.of(
          "promisc", Constants.PACKET_MR_PROMISC, "allmulti", Constants.PACKET_MR_ALLMULTI);

  private final Interface via;
  private final int kind;
  private final byte[] hardware;

  private PacketMembership(Interface via, int kind, byte[] hardware) {
    if (via.index() == 0) {
      throw new IllegalArgumentException(
          "interface " + via + ": packets know interfaces by index or name");
    }
    if (hardware.length > SockAddr.hardwareMax()) {
      throw new IllegalArgumentException(
          hardware.length + " bytes are no hardware address: it has at most 8");
    }
    this.via = via;
    this.kind = kind;
    this.hardware = hardware.clone();
  }

  /** Everything that passes by. */
  public static PacketMembership promiscuous(Interface via) {
    return new PacketMembership(via, Constants.PACKET_MR_PROMISC, new byte[0]);
  }

  /** What goes to any group. */
  public static PacketMembership allMulticast(Interface via) {
    return new PacketMembership(via, Constants.PACKET_MR_ALLMULTI, new byte[0]);
  }

  /** What goes to a group's hardware address. */
  public static PacketMembership multicast(Interface via, byte[] hardware) {
    return new PacketMembership(via, Constants.PACKET_MR_MULTICAST, hardware);
  }

  /** What goes to another hardware address. */
  public static PacketMembership unicast(Interface via, byte[] hardware) {
    return new PacketMembership(via, Constants.PACKET_MR_UNICAST, hardware);
  }

  /** Of the two strings {@code promisc} or {@code allmulti}, and an interface. */
  static PacketMembership named(String kind, Interface via) {
    return new PacketMembership(via, Names.find("membership", KINDS, kind), new byte[0]);
  }

  Interface via() {
    return via;
  }

  int kind() {
    return kind;
  }

  byte[] bytes() {
    return hardware;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PacketMembership that
        && that.via.equals(via)
        && that.kind == kind
        && Arrays.equals(that.hardware, hardware);
  }

  @Override
  public int hashCode() {
    return Objects.hash(via, kind, Arrays.hashCode(hardware));
  }

  @Override
  public String toString() {
    return "membership " + kind + " of " + via + " " + Interfaces.HEX.encode(hardware);
  }
}
