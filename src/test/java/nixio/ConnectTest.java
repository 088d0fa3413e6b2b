package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** bind, connect and accept by addresses, hosts and services; and connecting without waiting. */
class ConnectTest {
  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void bothEndsKnowEachOther(Link link) throws Exception {
    try (Socket listener = link.listener();
        Socket client = link.bound()) {
      assertTrue(client.connect(listener.getsockname()));
      Accepted accepted = listener.accept();
      try (Socket server = accepted.socket()) {
        assertEquals(client.getsockname(), accepted.peer());
        assertEquals(client.getsockname(), server.getpeername());
        assertEquals(server.getsockname(), client.getpeername());
        assertEquals(listener.getsockname(), client.getpeername());
        assertEquals(link.domain, server.domain());
        assertEquals(link.type, server.type());
      }
    }
  }

  /** Several threads accept from one listener, and each is told of its own connection. */
  @ParameterizedTest
  @EnumSource
  void everyAcceptTellsItsOwnPeer(Threads threads) throws Exception {
    try (Socket listener = Nixio.bind("127.0.0.1", 0).listen(64)) {
      int port = listener.getsockname().port();
      List<Task<Integer>> accepting = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        accepting.add(
            threads.start(() -> {
              int mistaken = 0;
              for (int n = 0; n < 200; n++) {
                Accepted accepted = listener.accept();
                try (Socket server = accepted.socket()) {
                  mistaken += accepted.peer().equals(server.getpeername()) ? 0 : 1;
                  server.send(Bytes.of("x"));
                }
              }
              return mistaken;
            }));
      }
      MemorySegment buffer = Bytes.room(1);
      for (int n = 0; n < 800; n++) {
        try (Socket client = Nixio.connect("127.0.0.1", port)) {
          client.recv(buffer);
        }
      }
      for (Task<Integer> each : accepting) {
        assertEquals(0, each.get());
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void connectingWithoutWaitingIsAskedAgainForItsEnd(Link link) throws Exception {
    try (Socket listener = link.listener();
        Socket client = link.socket().setblocking(false)) {
      Address to = listener.getsockname();
      assertFalse(client.connect(to));
      assertEquals(1, new Poll().add(client, Poll.OUT).poll(null));
      assertTrue(client.connect(to));
      assertEquals(
          Errno.EISCONN, assertThrows(NixioException.class, () -> client.connect(to)).errno());
      assertEquals(to, client.getpeername());
      assertFalse(client.isBlocking());
      listener.accept().socket().close();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void connectingWithoutWaitingIsStillUnderWay(Link link) throws Exception {
    try (FullListener full = new FullListener(link);
        Socket client = link.socket().setblocking(false)) {
      assertFalse(client.connect(full.address()));
      assertFalse(client.connect(full.address()));
      assertFalse(client.connect(full.address(), Duration.ofMinutes(1)), "nor with a Duration");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void aRefusalComesWithTheSecondCallAndTheThirdIsANewTry(Link link) throws Exception {
    try (Socket deaf = link.bound();
        Socket client = link.socket().setblocking(false)) {
      Address to = deaf.getsockname();
      assertFalse(client.connect(to));
      assertEquals(1, new Poll().add(client, Poll.OUT).poll(null));
      assertEquals(
          Errno.ECONNREFUSED, assertThrows(NixioException.class, () -> client.connect(to)).errno());
      deaf.listen(1);
      assertFalse(client.connect(to));
      assertEquals(1, new Poll().add(client, Poll.OUT).poll(null));
      assertTrue(client.connect(to));
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aFullQueueIsFalseWithoutWaiting(Link link) throws Exception {
    try (FullListener full = new FullListener(link);
        Socket client = link.socket().setblocking(false)) {
      assertFalse(client.connect(full.address()));
      assertFalse(client.connect(full.address()));
      full.takeAll(Threads.VIRTUAL);
      Await.until("room", () -> client.connect(full.address()));
      assertEquals(full.address(), client.getpeername());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void connectWaitsForRoomInTheQueue(Link link, Threads threads) throws Exception {
    try (FullListener full = new FullListener(link);
        Socket client = link.socket()) {
      Task<Boolean> connecting = threads.start(() -> client.connect(full.address()));
      connecting.awaitBlocked();
      full.takeAll(threads);
      assertTrue(connecting.get());
      assertEquals(full.address(), client.getpeername());
      assertTrue(client.isBlocking());
      assertEquals(0, AdoptTest.flags(client.fileno()) & 04000, "O_NONBLOCK");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void aSecondConnectionIsRefused(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket listener = link.listener()) {
      Address to = listener.getsockname();
      for (Duration timeout : new Duration[] {null, Duration.ofMinutes(1)}) {
        NixioException refused =
            assertThrows(NixioException.class, () -> pair.first().connect(to, timeout));
        assertEquals(Errno.EISCONN, refused.errno());
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void noHostIsAnyAddressToBindAndThisMachineToConnect(Link link) throws Exception {
    try (Socket listener = link.socket().bind(null, 0).listen(4);
        Socket byPort = link.socket();
        Socket byService = link.socket()) {
      int port = listener.getsockname().port();
      assertEquals(link == Link.TCP ? "0.0.0.0" : "::", listener.getsockname().host());
      assertTrue(byPort.connect(null, port));
      assertTrue(byService.connect(null, Integer.toString(port)));
      String loopback = link == Link.TCP ? "127.0.0.1" : "::1";
      assertEquals(Address.Inet.of(loopback, port), byPort.getpeername());
      assertEquals(Address.Inet.of(loopback, port), byService.getpeername());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UDP, Link.UDP6})
  void hostsAndServicesAreResolved(Link link) throws Exception {
    Address loopback = link.anyAddress();
    try (Socket one = link.socket().bind(loopback.host(), 0);
        Socket two = link.socket().bind(loopback.host(), "0")) {
      assertEquals(loopback.host(), one.getsockname().host());
      assertNotEquals(0, one.getsockname().port());
      assertNotEquals(one.getsockname(), two.getsockname());
      if (link.isStream()) {
        one.listen(4);
      }
      try (Socket client = link.socket()) {
        assertTrue(client.connect(loopback.host(), one.getsockname().port()));
        assertEquals(one.getsockname(), client.getpeername());
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aServiceIsKnownByItsName(Link link) throws Exception {
    try (Socket client = link.socket()) {
      assertTrue(client.connect(link.anyAddress().host(), "discard"));
      assertEquals(9, client.getpeername().port());
    }
  }

  @OnBothThreads
  void aMappedAddressStaysOneOfIpv6() throws Exception {
    Link.demandIpv6();
    try (Socket listener = Link.TCP6.socket().bind("::", 0).listen(4);
        Socket four = Link.TCP.socket();
        Socket six = Link.TCP6.socket()) {
      int port = listener.getsockname().port();
      four.connect("127.0.0.1", port);
      Accepted accepted = listener.accept();
      try (Socket server = accepted.socket()) {
        assertEquals("::ffff:127.0.0.1", accepted.peer().host());
        assertEquals(Domain.INET6, accepted.peer().domain());
        assertEquals(accepted.peer(), server.getpeername());
        assertEquals(Address.Inet.of("::ffff:127.0.0.1", port), server.getsockname());
      }
      six.connect("::ffff:127.0.0.1", port);
      assertEquals(Address.Inet.of("::ffff:127.0.0.1", port), six.getpeername());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UDP, Link.UDP6})
  void anUnboundSocketHasTheAnyAddress(Link link) throws Exception {
    try (Socket socket = link.socket()) {
      assertEquals(
          Address.Inet.of(link.domain == Domain.INET ? "0.0.0.0" : "::", 0), socket.getsockname());
      NixioException none = assertThrows(NixioException.class, socket::getpeername);
      assertEquals(
          "getpeername: Transport endpoint is not connected (ENOTCONN, errno 107)",
          none.getMessage());
    }
  }

  @OnBothThreads
  void listenPicksAPortForAnUnboundSocket() throws Exception {
    try (Socket listener = Link.TCP.socket().listen(-1)) {
      assertNotEquals(0, listener.getsockname().port());
    }
  }

  @OnBothThreads
  void nixioConnectTriesEveryAddressInTheResolversOrder() throws Exception {
    Link.demandIpv6();
    List<String> hosts =
        Nixio.getaddrinfo(null, null, "1").stream()
            .filter(info -> info.type() == Type.STREAM)
            .map(info -> info.address().host())
            .toList();
    assertEquals(2, hosts.size(), "this machine is known by IPv4 and IPv6");
    // the last one listens; nobody does on the others
    Domain last = hosts.getLast().equals("::1") ? Domain.INET6 : Domain.INET;
    try (Socket listener = Socket.open(last, Type.STREAM).bind(hosts.getLast(), 0).listen(4)) {
      int port = listener.getsockname().port();
      for (Socket client :
          List.of(
              Nixio.connect(null, port),
              Nixio.connect(null, Integer.toString(port)),
              Nixio.connect(null, port, null, Type.STREAM),
              Nixio.connect(null, Integer.toString(port), last, null))) {
        try (client) {
          assertEquals(listener.getsockname(), client.getpeername());
          assertEquals(last, client.domain());
          assertTrue(client.isBlocking());
        }
      }
    }
  }

  @OnBothThreads
  void nixioConnectThrowsTheLastFailureWithTheOthersSuppressed() throws Exception {
    Link.demandIpv6();
    try (Socket deaf = Link.TCP6.socket().bind("::", 0)) {
      int port = deaf.getsockname().port();
      NixioException last = assertThrows(NixioException.class, () -> Nixio.connect(null, port));
      List<Address> tried =
          Nixio.getaddrinfo(null, null, Integer.toString(port)).stream()
              .filter(info -> info.type() == Type.STREAM)
              .map(AddressInfo::address)
              .toList();
      assertEquals(2, tried.size());
      assertEquals(Errno.ECONNREFUSED, last.errno());
      assertEquals(tried.getLast(), last.address());
      assertEquals(1, last.getSuppressed().length);
      NixioException first = (NixioException) last.getSuppressed()[0];
      assertEquals(Errno.ECONNREFUSED, first.errno());
      assertEquals(tried.getFirst(), first.address());
    }
  }

  @OnBothThreads
  void nixioBindReusesAddressesAndTakesTheFirstThatIsFree() throws Exception {
    for (Socket bound :
        List.of(
            Nixio.bind("127.0.0.1", 0),
            Nixio.bind("127.0.0.1", "0"),
            Nixio.bind(null, 0, Domain.INET, Type.STREAM),
            Nixio.bind("localhost", "0", Domain.INET, null))) {
      try (bound) {
        assertTrue(bound.getopt(Option.SO_REUSEADDR));
        assertEquals(Type.STREAM, bound.type());
        assertNotEquals(0, bound.getsockname().port());
        int port = bound.listen(4).getsockname().port();
        NixioException taken =
            assertThrows(NixioException.class, () -> Nixio.bind("127.0.0.1", port));
        assertEquals(Errno.EADDRINUSE, taken.errno());
      }
    }
    try (Socket datagrams = Nixio.bind("127.0.0.1", 0, null, Type.DGRAM)) {
      assertEquals(Type.DGRAM, datagrams.type());
    }
  }

  @OnBothThreads
  void nixioRefusesOtherDomainsAndTypes() {
    for (IllegalArgumentException refused :
        List.of(
            assertThrows(
                IllegalArgumentException.class, () -> Nixio.bind(null, 0, Domain.UNIX, null)),
            assertThrows(
                IllegalArgumentException.class, () -> Nixio.connect(null, 0, Domain.UNIX, null)))) {
      assertTrue(refused.getMessage().contains("inet, inet6"), refused::getMessage);
    }
    IllegalArgumentException type =
        assertThrows(IllegalArgumentException.class, () -> Nixio.bind(null, 0, null, Type.RAW));
    assertTrue(type.getMessage().contains("stream, dgram"), type::getMessage);
    assertThrows(IllegalArgumentException.class, () -> Nixio.connect(null, 65536));
    assertThrows(IllegalArgumentException.class, () -> Nixio.bind(null, -1));
    assertThrows(IllegalArgumentException.class, () -> Nixio.connect("", 1));
    assertThrows(NullPointerException.class, () -> Nixio.bind(null, (String) null));
    assertThrows(NullPointerException.class, () -> Nixio.connect(null, (String) null));
  }

  @OnBothThreads
  void aFailedAttemptLeavesNoSocketBehind() throws IOException {
    try (Socket deaf = Link.TCP.bound()) {
      String address = deaf.getsockname().toString();
      NixioException refused =
          assertThrows(
              NixioException.class, () -> Nixio.connect("127.0.0.1", deaf.getsockname().port()));
      assertTrue(refused.getMessage().contains(address), refused::getMessage);
      assertEquals(0, refused.getSuppressed().length);
    }
  }
}
