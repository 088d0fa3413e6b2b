package nixio;

import com.google.common.net.InetAddresses;
import java.net.InetAddress;
import java.util.Objects;

/**
 * A multicast group on an interface; see ip(7) and ipv6(7).
 *
 * @param group the group's address
 * @param via the interface, {@link Interface#ANY} for the kernel's choice
 */
public record Membership(InetAddress group, Interface via) {
  /** Checks that nothing is null. */
  public Membership {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(via, "via");
  }

  /**
   * A group by its literal address.
   *
   * @throws IllegalArgumentException if {@code group} is no literal address
   */
  public static Membership of(String group, Interface via) {
    return new Membership(literal("group", group), via);
  }

  /** A group by its literal address, on the interface of the kernel's choice. */
  public static Membership of(String group) {
    return of(group, Interface.ANY);
  }

  static InetAddress literal(String what, String address) {
    if (!InetAddresses.isInetAddress(address)) {
      throw new IllegalArgumentException(
          what + " \"" + address + "\" is not a literal address, such as 239.1.2.3 or ff02::1:3");
    }
    return InetAddresses.forString(address);
  }
}
