package nixio.tool;

import java.io.IOException;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.InterfaceAddress;
import nixio.Membership;
import nixio.Option;
import nixio.Type;

/** Pairs that meet in a group which never leaves this machine. */
final class MulticastLinks {
  /** Administratively scoped (RFC 2365), and sent on the loopback interface only. */
  private static final String GROUP4 = "239.255.78.73";

  /** Interface-local (RFC 4291): the kernel drops it before the wire, whatever the interface. */
  private static final String GROUP6 = "ff01::6e:6978";

  private MulticastLinks() {}

  static Link ipv4() throws IOException {
    Interface loopback = Interface.of(Interfaces.loopback().index());
    return PairOpening.open(
        Domain.INET,
        Type.DGRAM,
        (sender, receiver) -> {
          // Bound to the group, so that nothing else that is sent to this port gets in.
          receiver.bind(GROUP4, 0);
          receiver.setopt(Option.IP_ADD_MEMBERSHIP, Membership.of(GROUP4, loopback));
          sender.bind("127.0.0.1", 0);
          sender.setopt(Option.IP_MULTICAST_IF, loopback);
          sender.setopt(Option.IP_MULTICAST_LOOP, true);
          return Link.unconnected(sender, receiver);
        });
  }

  static Link ipv6() throws IOException {
    // Most machines have no multicast route on the loopback interface for IPv6.
    InterfaceAddress found = Interfaces.multicast6();
    Interface chosen = Interface.of(found.index());
    Address group = Address.Inet.of(GROUP6 + "%" + found.name(), 0);
    return PairOpening.open(
        Domain.INET6,
        Type.DGRAM,
        (sender, receiver) -> {
          receiver.bind(group);
          receiver.setopt(Option.IPV6_ADD_MEMBERSHIP, Membership.of(GROUP6, chosen));
          sender.bind("::", 0);
          sender.setopt(Option.IPV6_MULTICAST_IF, chosen);
          sender.setopt(Option.IPV6_MULTICAST_LOOP, true);
          return Link.unconnected(sender, receiver);
        });
  }
}
