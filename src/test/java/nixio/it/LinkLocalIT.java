package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.Test;

/** Addresses of fe80::, which mean something on an interface alone: two hosts with two networks. */
@Containers
class LinkLocalIT {
  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  LinkLocalIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  private static String byIndex(Link here, Link there) {
    return there.linkLocal() + "%" + here.index();
  }

  @Test
  void scopeByIndexOnEitherNetwork() {
    for (Net net : new Net[] {lab.east(), lab.west()}) {
      RemoteSocket receiver = beta.peer().datagrams("inet6");
      RemoteSocket sender = alpha.peer().datagrams("inet6");
      sender.sendto("hello", byIndex(alpha.on(net), beta.on(net)), receiver.port());
      Datagram arrived = receiver.recvfrom();
      assertEquals("hello", arrived.text());
      assertEquals(
          Endpoint.of(beta.to(alpha, net, Family.LINK_LOCAL), sender.port()), arrived.sender());

      RemoteSocket listener = beta.peer().listener("inet6", byIndex(beta.on(net), beta.on(net)));
      RemoteSocket client = alpha.peer().open("inet6", "stream");
      client.connect(byIndex(alpha.on(net), beta.on(net)), listener.port());
      assertEquals(
          Endpoint.of(beta.to(alpha, net, Family.LINK_LOCAL), client.port()),
          listener.accept().peer());
    }
  }

  /** The same host has other addresses of fe80:: on its other network. */
  @Test
  void anotherNetworksScopeIsRefused() {
    String elsewhere = beta.on(lab.west()).to(beta.on(lab.east()), Family.LINK_LOCAL);
    RemoteSocket socket = beta.peer().open("inet6", "dgram");
    RemoteFailure.errno("EADDRNOTAVAIL", () -> socket.bind(elsewhere, 0));
  }

  @Test
  void missingScopeIsNamedInTheError() {
    String there = beta.on(lab.east()).linkLocal();
    String here = alpha.on(lab.east()).linkLocal();
    RemoteSocket stream = alpha.peer().open("inet6", "stream");
    RemoteSocket datagrams = alpha.peer().open("inet6", "dgram");
    RemoteSocket bound = alpha.peer().open("inet6", "dgram");
    Map<String, Failure> failures =
        Map.of(
            Endpoint.of(there, 80), RemoteFailure.errno("EINVAL", () -> stream.connect(there, 80)),
            Endpoint.of(there, 81),
                RemoteFailure.errno("EINVAL", () -> datagrams.connect(there, 81)),
            Endpoint.of(here, 82), RemoteFailure.errno("EINVAL", () -> bound.bind(here, 82)));
    failures.forEach((address, failure) -> {
      assertEquals(address, failure.address());
      assertTrue(failure.message().contains("scope"), failure.message());
    });
  }

  @Test
  void unknownScopeIsNamedInTheError() {
    RemoteSocket socket = alpha.peer().open("inet6", "dgram");
    Failure failure =
        RemoteFailure.kind("ResolveException", () -> socket.sendto("lost", "fe80::1%nowhere0", 80));
    assertTrue(failure.message().contains("nowhere0"), failure.message());
  }
}
