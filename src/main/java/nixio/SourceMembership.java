package nixio;

import java.net.InetAddress;
import java.util.Objects;

/**
 * A multicast group on an interface, from one sender alone; see ip(7) and RFC 3678.
 *
 * @param group the group's address
 * @param source the sender's address
 * @param via the interface, {@link Interface#ANY} for the kernel's choice
 */
public record SourceMembership(InetAddress group, InetAddress source, Interface via) {
  /** Checks that nothing is null. */
  public SourceMembership {
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(via, "via");
  }

  /**
   * A group and a sender by their literal addresses.
   *
   * @throws IllegalArgumentException if one of them is no literal address
   */
  public static SourceMembership of(String group, String source, Interface via) {
    return new SourceMembership(
        Membership.literal("group", group), Membership.literal("source", source), via);
  }
}
