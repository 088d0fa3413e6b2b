package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

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

  /** Beta's address on a network, as alpha reaches it. */
  private String there(Net net, By by) {
    return beta.on(net).linkLocal() + "%" + by.of(alpha.on(net));
  }

  @ParameterizedTest
  @EnumSource(names = "ADDRESS", mode = Mode.EXCLUDE)
  void scopeOnEitherNetwork(By by) {
    for (Net net : new Net[] {lab.east(), lab.west()}) {
      String back = beta.to(alpha, net, Family.LINK_LOCAL);
      RemoteSocket receiver = beta.peer().datagrams("inet6");
      RemoteSocket sender = alpha.peer().datagrams("inet6");
      sender.sendto("hello", there(net, by), receiver.port());
      Datagram arrived = receiver.recvfrom();
      assertEquals("hello", arrived.text());
      assertEquals(Endpoint.of(back, sender.port()), arrived.sender());

      String own = beta.on(net).linkLocal() + "%" + by.of(beta.on(net));
      RemoteSocket listener = beta.peer().listener("inet6", own);
      RemoteSocket client = alpha.peer().open("inet6", "stream");
      client.connect(there(net, by), listener.port());
      Accepted accepted = listener.accept();
      assertEquals(Endpoint.of(back, client.port()), accepted.peer());
      assertEquals(
          Endpoint.of(beta.to(beta, net, Family.LINK_LOCAL), listener.port()),
          accepted.socket().sockname());
      assertEquals(
          Endpoint.of(alpha.to(beta, net, Family.LINK_LOCAL), listener.port()), client.peername());
    }
  }

  /** A listener on one network's address is not there for the other. */
  @ParameterizedTest
  @EnumSource(names = "ADDRESS", mode = Mode.EXCLUDE)
  void listensOnItsNetworkOnly(By by) {
    String own = beta.on(lab.west()).linkLocal() + "%" + by.of(beta.on(lab.west()));
    RemoteSocket listener = beta.peer().listener("inet6", own);
    RemoteSocket refused = alpha.peer().open("inet6", "stream");
    RemoteFailure.errno(
        "ECONNREFUSED", () -> refused.connect(there(lab.east(), by), listener.port()));
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
  void ownScopeServesForADatagramWithoutOne() {
    for (Net net : new Net[] {lab.east(), lab.west()}) {
      RemoteSocket receiver = beta.peer().datagrams("inet6");
      RemoteSocket sender = alpha.peer().open("inet6", "dgram");
      sender.bind(alpha.to(alpha, net, Family.LINK_LOCAL), 0);
      sender.sendto("the same way", beta.on(net).linkLocal(), receiver.port());
      Datagram arrived = receiver.recvfrom();
      assertEquals("the same way", arrived.text());
      assertEquals(
          Endpoint.of(beta.to(alpha, net, Family.LINK_LOCAL), sender.port()), arrived.sender());
    }
  }

  @Test
  void unknownScopeIsNamedInTheError() {
    RemoteSocket socket = alpha.peer().open("inet6", "dgram");
    Failure failure =
        RemoteFailure.kind("ResolveException", () -> socket.sendto("lost", "fe80::1%nowhere0", 80));
    assertTrue(failure.message().contains("nowhere0"), failure.message());
  }
}
