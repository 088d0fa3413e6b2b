package nixio.tool;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.util.function.Predicate;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.InterfaceAddress;
import nixio.Membership;
import nixio.Nixio;
import nixio.Option;

/** Sockets that meet in a group which never leaves this machine. */
final class MulticastLinks {
  /** Administratively scoped (RFC 2365), and sent on the loopback interface only. */
  private static final String GROUP4 = "239.255.78.73";

  /** Interface-local (RFC 4291): the kernel drops it before the wire, whatever the interface. */
  private static final String GROUP6 = "ff01::6e:6978";

  private MulticastLinks() {}

  static Link ipv4() throws IOException {
    InterfaceAddress found =
        first(each -> each.isUp() && each.isLoopback(), "no interface is up and a loopback");
    Interface loopback = Interface.of(found.index());
    return Link.datagram(
        Domain.INET,
        (sender, receiver) -> {
          // Bound to the group, so that nothing else that is sent to this port gets in.
          receiver.bind(GROUP4, 0);
          receiver.setopt(Option.IP_ADD_MEMBERSHIP, Membership.of(GROUP4, loopback));
          sender.bind("127.0.0.1", 0);
          sender.setopt(Option.IP_MULTICAST_IF, loopback);
          sender.setopt(Option.IP_MULTICAST_LOOP, true);
        });
  }

  static Link ipv6() throws IOException {
    // Most machines have no multicast route on the loopback interface for IPv6.
    InterfaceAddress found =
        first(
            each -> each.isUp() && each.isMulticast() && hasIpv6(each),
            "no interface is up, able to multicast and has an IPv6 address");
    Interface chosen = Interface.of(found.index());
    Address group = Address.Inet.of(GROUP6 + "%" + found.name(), 0);
    return Link.datagram(
        Domain.INET6,
        (sender, receiver) -> {
          receiver.bind(group);
          receiver.setopt(Option.IPV6_ADD_MEMBERSHIP, Membership.of(GROUP6, chosen));
          sender.bind("::", 0);
          sender.setopt(Option.IPV6_MULTICAST_IF, chosen);
          sender.setopt(Option.IPV6_MULTICAST_LOOP, true);
        });
  }

  private static boolean hasIpv6(InterfaceAddress each) {
    return each.address() != null && each.address().domain() == Domain.INET6;
  }

  private static InterfaceAddress first(Predicate<InterfaceAddress> wanted, String otherwise)
      throws IOException {
    return Nixio.getifaddrs().stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(() -> new NoRouteToHostException(otherwise));
  }
}
