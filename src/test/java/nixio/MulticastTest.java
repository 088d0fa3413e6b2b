package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.time.Duration;
import java.util.Comparator;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who receives what is sent to a group: 239.x on loopback, ff01:: where there is multicast. */
class MulticastTest {
  enum Family {
    INET(
        Domain.INET,
        "239.192.7.9",
        "127.0.0.1",
        Option.IP_MULTICAST_IF,
        Option.IP_MULTICAST_ALL,
        Option.IP_ADD_MEMBERSHIP,
        Option.IP_DROP_MEMBERSHIP,
        Option.IP_ADD_SOURCE_MEMBERSHIP,
        Option.IP_DROP_SOURCE_MEMBERSHIP,
        Option.IP_BLOCK_SOURCE,
        Option.IP_UNBLOCK_SOURCE) {
      @Override
      Interface via() {
        return Interface.of(InetAddress.ofLiteral("127.0.0.1"));
      }
    },

    INET6(
        Domain.INET6,
        "ff01::7:9",
        "::1",
        Option.IPV6_MULTICAST_IF,
        Option.IPV6_MULTICAST_ALL,
        Option.IPV6_ADD_MEMBERSHIP,
        Option.IPV6_DROP_MEMBERSHIP,
        Option.MCAST_JOIN_SOURCE_GROUP,
        Option.MCAST_LEAVE_SOURCE_GROUP,
        Option.MCAST_BLOCK_SOURCE,
        Option.MCAST_UNBLOCK_SOURCE) {
      @Override
      Interface via() throws IOException {
        NetworkInterface first =
            NetworkInterface.networkInterfaces()
                .filter(Family::hasMulticast6)
                .min(Comparator.comparingInt(NetworkInterface::getIndex)) // containers' come and go
                .orElse(null);
        assumeTrue(first != null, "no interface is up, multicast-capable and has IPv6");
        return Interface.of(first);
      }
    };

    private final Domain domain;
    private final InetAddress group;
    private final String host;
    private final Option<Interface> leaveBy;
    private final Option<Boolean> all;
    private final Option<Membership> add;
    private final Option<Membership> drop;
    private final Option<SourceMembership> join;
    private final Option<SourceMembership> leave;
    private final Option<SourceMembership> block;
    private final Option<SourceMembership> unblock;

    Family(
        Domain domain,
        String group,
        String host,
        Option<Interface> leaveBy,
        Option<Boolean> all,
        Option<Membership> add,
        Option<Membership> drop,
        Option<SourceMembership> join,
        Option<SourceMembership> leave,
        Option<SourceMembership> block,
        Option<SourceMembership> unblock) {
      this.domain = domain;
      this.group = InetAddress.ofLiteral(group);
      this.host = host;
      this.leaveBy = leaveBy;
      this.all = all;
      this.add = add;
      this.drop = drop;
      this.join = join;
      this.leave = leave;
      this.block = block;
      this.unblock = unblock;
    }

    abstract Interface via() throws IOException;

    private static boolean hasMulticast6(NetworkInterface network) {
      try {
        return network.isUp()
            && network.supportsMulticast()
            && network.inetAddresses().anyMatch(Inet6Address.class::isInstance)
            && hasSource(network);
      } catch (IOException e) {
        return false;
      }
    }

    /** Whether there is an address to send from: one that is still tentative is none. */
    private static boolean hasSource(NetworkInterface network) throws IOException {
      byte[] group = InetAddress.getByName("ff01::7:9").getAddress();
      try (DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET6)) {
        channel.connect(
            new InetSocketAddress(Inet6Address.getByAddress(null, group, network.getIndex()), 9));
        return true;
      }
    }
  }

  /** A sender to a group, and a receiver that may have joined it. */
  private static final class Link implements Closeable {
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment buffer = arena.allocate(8);
    private final AddressBuffer from = new AddressBuffer();
    private final Family family;
    private final Interface via;
    private final Membership membership;
    private final Socket sender;
    private final Socket receiver;
    private final Address group;
    private final Address direct;
    private long count;

    Link(Family family) throws IOException {
      this.family = family;
      this.via = family.via();
      membership = new Membership(family.group, via);
      sender = Socket.open(family.domain, Type.DGRAM).bind((String) null, 0);
      sender.setopt(family.leaveBy, via);
      receiver = Socket.open(family.domain, Type.DGRAM).bind((String) null, 0);
      receiver.setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
      receiver.setopt(family.all, false);
      int port = receiver.getsockname().port();
      group = Address.Inet.of(family.group.getAddress(), port, via.index());
      direct = Address.Inet.of(family.host, port);
    }

    SourceMembership from(InetAddress source) {
      return new SourceMembership(family.group, source, via);
    }

    private void send(Address to) throws IOException {
      buffer.set(ValueLayout.JAVA_LONG, 0, ++count);
      assertEquals(8, sender.sendto(buffer, to));
    }

    private void assertNext() throws IOException {
      assertEquals(8, receiver.recvfrom(buffer, from));
      assertEquals(count, buffer.get(ValueLayout.JAVA_LONG, 0));
    }

    /** Answers the sender's address. */
    InetAddress assertReceives() throws IOException {
      send(group);
      assertNext();
      return ((Address.Inet) from.address()).address();
    }

    /** What is sent directly afterwards comes first. */
    void assertMisses() throws IOException {
      send(group);
      send(direct);
      assertNext();
    }

    @Override
    public void close() throws IOException {
      sender.close();
      receiver.close();
      arena.close();
    }
  }

  private static void refused(Errno errno, Executable call) {
    assertEquals(errno, assertThrows(NixioException.class, call).errno());
  }

  @ParameterizedTest
  @EnumSource
  void membersReceive(Family family) throws IOException {
    try (Link link = new Link(family)) {
      link.assertMisses();
      link.receiver.setopt(family.add, link.membership);
      link.assertReceives();
      link.receiver.setopt(family.drop, link.membership);
      link.assertMisses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void blockedSourcesAreMissed(Family family) throws IOException {
    try (Link link = new Link(family)) {
      link.receiver.setopt(family.add, link.membership);
      SourceMembership source = link.from(link.assertReceives());
      link.receiver.setopt(family.block, source);
      link.assertMisses();
      link.receiver.setopt(family.unblock, source);
      link.assertReceives();
    }
  }

  @ParameterizedTest
  @EnumSource
  void membersForASourceReceiveFromItAlone(Family family) throws IOException {
    try (Link link = new Link(family)) {
      link.receiver.setopt(family.add, link.membership);
      SourceMembership source = link.from(link.assertReceives());
      SourceMembership another =
          link.from(InetAddress.ofLiteral(family == Family.INET ? "127.9.9.9" : "2001:db8::9"));
      link.receiver.setopt(family.drop, link.membership);

      link.receiver.setopt(family.join, another);
      link.assertMisses();
      link.receiver.setopt(family.join, source);
      link.assertReceives();
      link.receiver.setopt(family.leave, source);
      link.assertMisses();
    }
  }

  @ParameterizedTest
  @EnumSource
  void wrongMembershipsAreRefused(Family family) throws IOException {
    try (Link link = new Link(family)) {
      Socket socket = link.receiver;
      Membership membership = link.membership;
      SourceMembership source = link.from(InetAddress.ofLiteral(family.host));
      refused(Errno.EADDRNOTAVAIL, () -> socket.setopt(family.drop, membership));
      socket.setopt(family.add, membership);
      refused(Errno.EADDRINUSE, () -> socket.setopt(family.add, membership));
      refused(Errno.EADDRNOTAVAIL, () -> socket.setopt(family.unblock, source));
      Membership unicast = Membership.of(family.host, link.via);
      refused(Errno.EINVAL, () -> socket.setopt(family.add, unicast));
      Membership nowhere = new Membership(family.group, Interface.of(Integer.MAX_VALUE));
      refused(Errno.ENODEV, () -> socket.setopt(family.add, nowhere));
    }
  }
}
