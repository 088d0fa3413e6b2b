package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Capability;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A host whose firewall drops or rejects packets. */
@Containers
@TestInstance(Lifecycle.PER_CLASS)
class FirewallIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Each rejected packet is answered, not one a second. */
  private static final Map<String, String> UNLIMITED =
      Map.of("net.ipv4.icmp_ratelimit", "0", "net.ipv6.icmp.ratelimit", "0");

  /** How packets are rejected, and what connect makes of it. */
  private static final Map<String, String> REJECTIONS =
      Map.of(
          "tcp-reset", "ECONNREFUSED",
          "icmp-port-unreachable", "ECONNREFUSED",
          "icmp-host-unreachable", "EHOSTUNREACH",
          "icmp-net-unreachable", "ENETUNREACH",
          "icmp-admin-prohibited", "EHOSTUNREACH");

  private static final Map<String, String> REJECTIONS6 =
      Map.of(
          "tcp-reset", "ECONNREFUSED",
          "icmp6-port-unreachable", "ECONNREFUSED",
          "icmp6-addr-unreachable", "EHOSTUNREACH",
          "icmp6-no-route", "ENETUNREACH",
          "icmp6-adm-prohibited", "EACCES");

  private final Lab lab;
  private final Host alpha;
  private final Host walled;

  FirewallIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    walled =
        lab.extra(
            "walled",
            container ->
                container.withCreateContainerCmdModifier(command ->
                    command
                        .getHostConfig()
                        .withCapAdd(Capability.NET_ADMIN)
                        .withSysctls(UNLIMITED)));
  }

  private static String[] command(Family family, String rule) {
    return ((family == Family.IPV4 ? "iptables " : "ip6tables ") + rule).split(" ");
  }

  private void rule(Family family, String rule) {
    walled.run(command(family, "-A INPUT " + rule));
  }

  private void open(Family family) {
    walled.run(command(family, "-F"));
  }

  @BeforeEach
  void requireFirewall() {
    Requirement.demand(
        walled.has("iptables") && walled.has("ip6tables"), "the image has no iptables(8)");
  }

  @AfterEach
  void tidyUp() {
    open(Family.IPV4);
    open(Family.UNIQUE_LOCAL);
    walled.tidyUp();
  }

  @AfterAll
  void stop() {
    walled.close();
  }

  private String address(Family family) {
    return alpha.to(walled, lab.east(), family);
  }

  /** Connections between alpha and the walled host. */
  private record Connection(RemoteSocket client, RemoteSocket server) {}

  private Connection connection(Family family, Threads threads) {
    RemoteSocket listener = walled.peer().listener(family.domain(), null);
    RemoteSocket client = threads.of(alpha).open(family.domain(), "stream");
    client.connect(address(family), listener.port());
    return new Connection(client, listener.accept().socket());
  }

  private static void assertElapsed(long start, Duration least, Duration most) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(elapsed.compareTo(least) >= 0, () -> elapsed + " < " + least);
    assertTrue(elapsed.compareTo(most) <= 0, () -> elapsed + " > " + most);
  }

  @ParameterizedTest
  @CsvSource({"IPV4, PLATFORM", "IPV4, VIRTUAL", "LINK_LOCAL, PLATFORM", "LINK_LOCAL, VIRTUAL"})
  void connectTimesOutWherePacketsAreDropped(Family family, Threads threads) {
    rule(family, "-p tcp -j DROP");
    RemoteSocket socket = threads.of(alpha).open(family.domain(), "stream");
    long start = System.nanoTime();
    Failure own = RemoteFailure.timeout(() -> socket.connect(address(family), 9, SHORT));
    assertElapsed(start, SHORT, SHORT.plusSeconds(5));
    assertTrue(own.message().contains(Endpoint.of(address(family), 9)), own.message());

    RemoteSocket other = threads.of(alpha).open(family.domain(), "stream");
    other.set("socket", "sndtimeo", 0, 300_000);
    long again = System.nanoTime();
    RemoteFailure.timeout(() -> other.connect(address(family), 9));
    assertElapsed(again, SHORT, SHORT.plusSeconds(5));
  }

  @Test
  void attemptGoesOnAfterATimeout() {
    RemoteSocket listener = walled.peer().listener("inet6", null);
    rule(Family.UNIQUE_LOCAL, "-p tcp -j DROP");
    RemoteSocket socket = alpha.peer().open("inet6", "stream");
    String there = address(Family.UNIQUE_LOCAL);
    RemoteFailure.timeout(() -> socket.connect(there, listener.port(), SHORT));
    open(Family.UNIQUE_LOCAL);
    socket.connect(there, listener.port());
    assertEquals(Endpoint.of(there, listener.port()), socket.peername());
    assertTrue(listener.accept().peer().endsWith(":" + socket.port()));
  }

  @Test
  void kernelGivesUpConnecting() {
    rule(Family.IPV4, "-p tcp -j DROP");
    List<Executable> ends = new ArrayList<>();
    for (Threads threads : Threads.values()) {
      RemoteSocket socket = threads.of(alpha).open("inet", "stream").set("tcp", "syncnt", 1);
      ends.add(failsToConnect(socket, address(Family.IPV4), 9, "ETIMEDOUT"));
    }
    Assertions.assertAll(ends);
  }

  /** Begins to connect; what it answers asserts how that ends. */
  private static Executable failsToConnect(
      RemoteSocket socket, String host, int port, String errno) {
    Future<RemoteSocket> attempt = Await.later(() -> socket.connect(host, port));
    return () -> {
      Failure failure = RemoteFailure.errno(errno, () -> Await.end("connect", attempt));
      assertEquals(Endpoint.of(host, port), failure.address());
    };
  }

  /** All at once: some of them the kernel believes when told again, a second later. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINK_LOCAL")
  void connectIsRejected(Family family) {
    Map<String, String> errnos = family == Family.IPV4 ? REJECTIONS : REJECTIONS6;
    List<Executable> ends = new ArrayList<>();
    errnos.forEach((how, errno) -> {
      int port = walled.peer().listener(family.domain(), null).port();
      rule(family, "-p tcp --dport " + port + " -j REJECT --reject-with " + how);
      for (Threads threads : Threads.values()) {
        RemoteSocket socket = threads.of(alpha).open(family.domain(), "stream");
        ends.add(failsToConnect(socket, address(family), port, errno));
      }
    });
    Assertions.assertAll(ends);
  }

  @ParameterizedTest
  @CsvSource({"IPV4, PLATFORM", "IPV4, VIRTUAL", "LINK_LOCAL, PLATFORM", "LINK_LOCAL, VIRTUAL"})
  void datagramIsRejected(Family family, Threads threads) {
    RemoteSocket socket = threads.of(alpha).open(family.domain(), "dgram");
    socket.connect(address(family), 9); // where nobody listens
    Future<String> received = Await.later(socket::recv);
    socket.send("anybody?");
    RemoteFailure.errno("ECONNREFUSED", () -> Await.end("recv", received));
  }

  @ParameterizedTest
  @EnumSource
  void establishedConnectionIsReset(Threads threads) {
    Connection connection = connection(Family.UNIQUE_LOCAL, threads);
    Future<String> received = Await.later(connection.client::recv);
    rule(Family.UNIQUE_LOCAL, "-p tcp -j REJECT --reject-with tcp-reset");
    connection.client.send("too late");
    RemoteFailure.errno("ECONNRESET", () -> Await.end("recv", received));
    RemoteFailure.errno("EPIPE", () -> connection.client.send("later still"));
  }

  @Test
  void userTimeoutEndsASilentConnection() {
    List<Connection> connections = connections(Family.UNIQUE_LOCAL);
    List<Future<String>> waits = new ArrayList<>();
    for (Connection connection : connections) {
      connection.client.set("tcp", "user_timeout", 500);
      waits.add(Await.later(connection.client::recv));
    }
    rule(Family.UNIQUE_LOCAL, "-p tcp -j DROP");
    connections.forEach(connection -> connection.client.send("into the void"));
    waits.forEach(FirewallIT::assertGivenUp);
  }

  @Test
  void keepaliveEndsASilentConnection() {
    List<Future<String>> waits = new ArrayList<>();
    for (Connection connection : connections(Family.IPV4)) {
      RemoteSocket client = connection.client.set("socket", "keepalive", 1);
      client.set("tcp", "keepidle", 1).set("tcp", "keepintvl", 1).set("tcp", "keepcnt", 1);
      waits.add(Await.later(client::recv));
    }
    rule(Family.IPV4, "-p tcp -j DROP");
    waits.forEach(FirewallIT::assertGivenUp);
  }

  /** One for each kind of thread. */
  private List<Connection> connections(Family family) {
    return Stream.of(Threads.values()).map(threads -> connection(family, threads)).toList();
  }

  private static void assertGivenUp(Future<String> received) {
    RemoteFailure.errno("ETIMEDOUT", () -> Await.end("recv", received));
  }

  @Test
  void whatWasDroppedIsSentAgain() {
    Connection connection = connection(Family.IPV4, Threads.PLATFORM);
    rule(Family.IPV4, "-p tcp -j DROP");
    connection.server.set("socket", "rcvtimeo", 0, 300_000);
    connection.client.send("patience");
    RemoteFailure.timeout(connection.server::recv);
    open(Family.IPV4);
    connection.server.set("socket", "rcvtimeo", 0, 0);
    assertEquals("patience", connection.server.recv());
  }
}
