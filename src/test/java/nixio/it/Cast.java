package nixio.it;

import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** A kind of multicast. */
enum Cast {
  IPV4(Family.IPV4),
  IPV6_LINK(Family.LINK_LOCAL),
  IPV6_SITE(Family.UNIQUE_LOCAL);

  private final Family sender;

  Cast(Family sender) {
    this.sender = sender;
  }

  /** Each with all that names an interface there. */
  static Stream<Arguments> eachBy() {
    return Stream.of(values())
        .flatMap(cast ->
            Stream.of(By.values())
                .filter(by -> by != By.ADDRESS || cast == IPV4)
                .map(by -> Arguments.of(cast, by)));
  }

  /** The kind of address that its senders have. */
  Family sender() {
    return sender;
  }

  String domain() {
    return sender.domain();
  }

  String level() {
    return sender.level();
  }

  /** A group that no other test uses. */
  String newGroup() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    int one = 1 + random.nextInt(254);
    int two = 1 + random.nextInt(254);
    return switch (this) {
      case IPV4 -> "239.255." + one + "." + two;
      case IPV6_LINK -> "ff02::1:%x:%x".formatted(one, two);
      case IPV6_SITE -> "ff05::1:%x:%x".formatted(one, two);
    };
  }

  /** Where to send to, so that it reaches the group over a link. */
  String destination(String group, Link link) {
    return this == IPV6_LINK ? group + "%" + link.name() : group;
  }

  /** A socket whose multicast leaves by a network. */
  RemoteSocket sender(Host host, Net net) {
    return host.peer().datagrams(domain()).set(level(), "multicast_if", host.on(net).name());
  }

  /** A socket that has joined a group on a network. */
  RemoteSocket member(Host host, Net net, String group) {
    return host.peer()
        .datagrams(domain())
        .set(level(), "add_membership", group, host.on(net).name());
  }
}
