package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Capability;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A host whose firewall drops or rejects packets. */
@Containers
@TestInstance(Lifecycle.PER_CLASS)
class FirewallIT {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** Each rejected packet is answered, not one a second. */
  private static final Map<String, String> UNLIMITED =
      Map.of("net.ipv4.icmp_ratelimit", "0", "net.ipv6.icmp.ratelimit", "0");

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

  @ParameterizedTest
  @EnumSource
  void kernelGivesUpConnecting(Threads threads) {
    rule(Family.IPV4, "-p tcp -j DROP");
    RemoteSocket socket = threads.of(alpha).open("inet", "stream").set("tcp", "syncnt", 1);
    Failure failure =
        RemoteFailure.errno("ETIMEDOUT", () -> socket.connect(address(Family.IPV4), 9));
    assertEquals(Endpoint.of(address(Family.IPV4), 9), failure.address());
  }

  @ParameterizedTest
  @CsvSource({
    "IPV4, tcp-reset, ECONNREFUSED",
    "IPV4, icmp-port-unreachable, ECONNREFUSED",
    "IPV4, icmp-host-unreachable, EHOSTUNREACH",
    "IPV4, icmp-net-unreachable, ENETUNREACH",
    "IPV4, icmp-admin-prohibited, EHOSTUNREACH",
    "UNIQUE_LOCAL, tcp-reset, ECONNREFUSED",
    "UNIQUE_LOCAL, icmp6-port-unreachable, ECONNREFUSED",
    "UNIQUE_LOCAL, icmp6-addr-unreachable, EHOSTUNREACH",
    "UNIQUE_LOCAL, icmp6-no-route, ENETUNREACH",
    "UNIQUE_LOCAL, icmp6-adm-prohibited, EACCES"
  })
  void connectIsRejected(Family family, String how, String errno) {
    RemoteSocket listener = walled.peer().listener(family.domain(), null);
    rule(family, "-p tcp -j REJECT --reject-with " + how);
    Map<Threads, Future<RemoteSocket>> attempts = new EnumMap<>(Threads.class);
    for (Threads threads : Threads.values()) {
      RemoteSocket socket = threads.of(alpha).open(family.domain(), "stream");
      attempts.put(threads, Await.later(() -> socket.connect(address(family), listener.port())));
    }
    attempts.forEach((threads, attempt) -> {
      Failure failure = RemoteFailure.errno(errno, () -> Await.end("connect", attempt));
      assertEquals(Endpoint.of(address(family), listener.port()), failure.address());
    });
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

  @ParameterizedTest
  @EnumSource
  void userTimeoutEndsASilentConnection(Threads threads) {
    Connection connection = connection(Family.UNIQUE_LOCAL, threads);
    connection.client.set("tcp", "user_timeout", 500);
    Future<String> received = Await.later(connection.client::recv);
    rule(Family.UNIQUE_LOCAL, "-p tcp -j DROP");
    connection.client.send("into the void");
    RemoteFailure.errno("ETIMEDOUT", () -> Await.end("recv", received));
  }

  @ParameterizedTest
  @EnumSource
  void keepaliveEndsASilentConnection(Threads threads) {
    Connection connection = connection(Family.IPV4, threads);
    connection.client.set("tcp", "keepidle", 1).set("tcp", "keepintvl", 1).set("tcp", "keepcnt", 1);
    connection.client.set("socket", "keepalive", 1);
    Future<String> received = Await.later(connection.client::recv);
    rule(Family.IPV4, "-p tcp -j DROP");
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
