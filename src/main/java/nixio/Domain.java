package nixio;

import java.util.List;
import nixio.posix.Constants;

/**
 * The family of protocols that a socket speaks; see address_families(7). Constants are unique, so
 * that {@code ==} holds; any other number of the kernel's comes from {@link #of(int)}.
 */
public final class Domain {
  /** IPv4, ip(7). */
  public static final Domain INET = new Domain("inet", Constants.AF_INET);

  /** IPv6, ipv6(7). */
  public static final Domain INET6 = new Domain("inet6", Constants.AF_INET6);

  /** Sockets of this machine, unix(7). */
  public static final Domain UNIX = new Domain("unix", Constants.AF_UNIX);

  /** Packets as devices have them, packet(7). */
  public static final Domain PACKET = new Domain("packet", Constants.AF_PACKET);

  /** Messages from and to the kernel, netlink(7). */
  public static final Domain NETLINK = new Domain("netlink", Constants.AF_NETLINK);

  /** Between a virtual machine and its host, vsock(7). */
  public static final Domain VSOCK = new Domain("vsock", Constants.AF_VSOCK);

  private static final List<Domain> KNOWN = List.of(INET, INET6, UNIX, PACKET, NETLINK, VSOCK);

  private final String name;
  private final int number;

  private Domain(String name, int number) {
    this.name = name;
    this.number = number;
  }

  /**
   * The domain of one of nixio's names, {@code inet}, {@code inet6}, {@code unix}, or of {@code
   * packet}, {@code netlink}, {@code vsock}.
   *
   * @throws IllegalArgumentException for any other name
   */
  public static Domain of(String name) {
    return Names.find("domain", KNOWN, name);
  }

  /** The domain of a number: the constant, where there is one. */
  public static Domain of(int number) {
    for (Domain known : KNOWN) {
      if (known.number == number) {
        return known;
      }
    }
    return new Domain("domain " + number, number);
  }

  /** Whether there are addresses of this domain here. */
  boolean isKnown() {
    return KNOWN.contains(this);
  }

  /** The kernel's number. */
  public int number() {
    return number;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Domain that && that.number == number;
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
