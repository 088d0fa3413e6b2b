package nixio;

import java.util.List;
import nixio.posix.Constants;

/**
 * The protocol of a socket, where its domain and type leave a choice; see protocols(5). Constants
 * are unique, so that {@code ==} holds; any other number of the kernel's comes from {@link
 * #of(int)}.
 */
public final class Protocol {
  /** The protocol that goes with the domain and the type. */
  public static final Protocol DEFAULT = new Protocol("default", 0);

  /** ICMP, icmp(7). */
  public static final Protocol ICMP = new Protocol("icmp", Constants.IPPROTO_ICMP);

  /** IGMP. */
  public static final Protocol IGMP = new Protocol("igmp", Constants.IPPROTO_IGMP);

  /** TCP, tcp(7). */
  public static final Protocol TCP = new Protocol("tcp", Constants.IPPROTO_TCP);

  /** UDP, udp(7). */
  public static final Protocol UDP = new Protocol("udp", Constants.IPPROTO_UDP);

  /** ICMPv6. */
  public static final Protocol ICMPV6 = new Protocol("icmpv6", Constants.IPPROTO_ICMPV6);

  /** SCTP, where the kernel has it. */
  public static final Protocol SCTP = new Protocol("sctp", Constants.IPPROTO_SCTP);

  /** UDP-Lite, udplite(7). */
  public static final Protocol UDPLITE = new Protocol("udplite", Constants.IPPROTO_UDPLITE);

  /** Any protocol, to send packets with headers of one's own, raw(7). */
  public static final Protocol RAW = new Protocol("raw", Constants.IPPROTO_RAW);

  /** Multipath TCP, where the kernel has it. */
  public static final Protocol MPTCP = new Protocol("mptcp", Constants.IPPROTO_MPTCP);

  private static final List<Protocol> KNOWN =
      List.of(DEFAULT, ICMP, IGMP, TCP, UDP, ICMPV6, SCTP, UDPLITE, RAW, MPTCP);

  private final String name;
  private final int number;

  private Protocol(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /**
   * The protocol of one of nixio's names: {@code default}, {@code icmp}, {@code igmp}, {@code tcp},
   * {@code udp}, {@code icmpv6}, {@code sctp}, {@code udplite}, {@code raw}, {@code mptcp}.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Protocol of(String name) {
    return Names.find("protocol", KNOWN, name);
  }

  /** The protocol of a number: the constant, where there is one. */
  public static Protocol of(int number) {
    for (Protocol known : KNOWN) {
      if (known.number == number) {
        return known;
      }
    }
    return new Protocol("protocol " + number, number);
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Protocol that && that.number == number;
  }

  @Override
  public int hashCode() {
    return number;
  }

  /** The name that {@link #of(String)} takes. */
  @Override
  public String toString() {
    return name;
  }
}
