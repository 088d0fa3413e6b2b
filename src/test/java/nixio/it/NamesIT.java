package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Names with several addresses, of which some are dead. */
@Containers
class NamesIT {
  private static final AtomicInteger LAST = new AtomicInteger();

  private final Lab lab;
  private final Host alpha;

  NamesIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
  }

  /** Writes a new name into alpha's list of hosts. */
  private String name(String... addresses) {
    String name = "several" + LAST.incrementAndGet();
    String lines = String.join("\n", Stream.of(addresses).map(each -> each + " " + name).toList());
    alpha.run("sh", "-c", "echo '" + lines + "' >> /etc/hosts");
    return name;
  }

  private String east(Host host, Family family) {
    return alpha.to(host, lab.east(), family);
  }

  private Host owner(String address, Family family) {
    return Stream.of(lab.beta(), lab.gamma())
        .filter(host -> east(host, family).equals(address))
        .findAny()
        .orElseThrow();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINK_LOCAL")
  void nextAddressIsTriedWhenTheFirstIsDead(Family family) {
    BiFunction<String, Integer, RemoteSocket> oneSocket =
        (name, port) -> alpha.peer().open(family.domain(), "stream").connect(name, port);
    BiFunction<String, Integer, RemoteSocket> oneForEach =
        (name, port) -> alpha.peer().connected(name, port);
    for (BiFunction<String, Integer, RemoteSocket> connect : List.of(oneSocket, oneForEach)) {
      String name = name(east(lab.beta(), family), east(lab.gamma(), family));
      List<String> found = alpha.peer().resolve(name, family.domain());
      assertEquals(2, found.size(), found.toString());
      Host alive = owner(found.get(1), family);
      RemoteSocket listener = alive.peer().listener(family.domain(), null);
      RemoteSocket client = connect.apply(name, listener.port());
      assertEquals(Endpoint.of(found.get(1), listener.port()), client.peername());
      assertEquals(
          Endpoint.of(alive.to(alpha, lab.east(), family), client.port()),
          listener.accept().peer());
    }
  }

  @Test
  void ipv4IsTriedWhenIpv6IsDead() {
    String name = name(east(lab.gamma(), Family.UNIQUE_LOCAL), east(lab.beta(), Family.IPV4));
    assertEquals(
        List.of(east(lab.gamma(), Family.UNIQUE_LOCAL), east(lab.beta(), Family.IPV4)),
        alpha.peer().resolve(name, ""));
    RemoteSocket listener = lab.beta().peer().listener("inet", null);
    RemoteSocket client = alpha.peer().connected(name, listener.port());
    assertEquals(
        Endpoint.of(lab.beta().to(alpha, lab.east(), Family.IPV4), client.port()),
        listener.accept().peer());
  }

  @Test
  void allDead() {
    String name = name(east(lab.gamma(), Family.IPV4), east(lab.beta(), Family.IPV4));
    List<String> found = alpha.peer().resolve(name, "inet");
    RemoteSocket client = alpha.peer().open("inet", "stream");
    Failure failure = RemoteFailure.errno("ECONNREFUSED", () -> client.connect(name, 9));
    assertEquals(Endpoint.of(found.get(1), 9), failure.address());
    assertEquals(1, failure.suppressed().size(), failure.toString());
    String first = failure.suppressed().getFirst();
    assertTrue(first.contains(Endpoint.of(found.get(0), 9)), first);
  }

  /** Its own address, after one of another host. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINK_LOCAL")
  void nextAddressIsTriedWhenTheFirstIsNotOurs(Family family) {
    String own = east(alpha, family);
    String name = name(east(lab.beta(), family), east(lab.gamma(), family), own);
    RemoteSocket socket = alpha.peer().open(family.domain(), "dgram").bind(name, 0);
    assertEquals(Endpoint.of(own, socket.port()), socket.sockname());
  }

  /** Nobody answers for the first: the kernel says so after some seconds. */
  @Test
  void nextAddressIsTriedWhenNobodyHasTheFirst() {
    String dead = alpha.on(lab.east()).unused(Family.UNIQUE_LOCAL);
    String name = name(dead, east(lab.beta(), Family.IPV4));
    assertEquals(List.of(dead, east(lab.beta(), Family.IPV4)), alpha.peer().resolve(name, ""));
    RemoteSocket listener = lab.beta().peer().listener("inet", null);
    RemoteSocket client = alpha.peer().connected(name, listener.port());
    assertEquals(
        Endpoint.of(lab.beta().to(alpha, lab.east(), Family.IPV4), client.port()),
        listener.accept().peer());
  }

  /** The engine's own resolver knows the hosts of a network by their aliases. */
  @Test
  void aliasOfTheNetwork() {
    RemoteSocket listener = lab.gamma().peer().listener("inet6", null);
    RemoteSocket client = alpha.peer().open("inet6", "stream").connect("gamma", listener.port());
    assertEquals(
        Endpoint.of(east(lab.gamma(), Family.UNIQUE_LOCAL), listener.port()), client.peername());
    assertTrue(alpha.peer().resolve("gamma", "inet").contains(east(lab.gamma(), Family.IPV4)));
  }

  @Test
  void unknownName() {
    RemoteSocket client = alpha.peer().open("inet", "stream");
    Failure failure =
        RemoteFailure.kind("ResolveException", () -> client.connect("nobody.invalid", 9));
    assertTrue(failure.message().contains("nobody.invalid"), failure.message());
  }
}
