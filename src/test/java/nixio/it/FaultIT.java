package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Hosts that die, sleep, or lose their network: each seen by both kinds of thread. */
@Containers
class FaultIT {
  private static final int MUCH = 16 << 20;

  private final Lab lab;
  private final Host alpha;

  FaultIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
  }

  private Host victim() {
    return lab.extra("victim", container -> {});
  }

  /** A connection between alpha and another host. */
  private record Connection(RemoteSocket client, RemoteSocket server) {}

  private Connection connection(Host victim, Family family, Threads threads) {
    RemoteSocket listener = victim.peer().listener(family.domain(), null);
    String there = alpha.to(victim, lab.east(), family);
    RemoteSocket client = threads.of(alpha).open(family.domain(), "stream");
    client.connect(there, listener.port());
    return new Connection(client, listener.accept().socket());
  }

  @Test
  void killedAndStartedAgain() {
    try (Host victim = victim()) {
      List<Future<String>> ends = new ArrayList<>();
      List<Future<String>> resets = new ArrayList<>();
      for (Threads threads : Threads.values()) {
        Connection idle = connection(victim, Family.UNIQUE_LOCAL, threads);
        Connection unread = connection(victim, Family.UNIQUE_LOCAL, threads);
        unread.client.send("never read");
        unread.server.poll("in", Await.PATIENCE);
        ends.add(Await.later(idle.client::recv));
        resets.add(Await.later(unread.client::recv));
      }
      victim.kill();
      ends.forEach(end -> assertEquals(RemoteSocket.EOF, Await.end("recv", end)));
      resets.forEach(reset -> RemoteFailure.errno("ECONNRESET", () -> Await.end("recv", reset)));

      victim.restart();
      for (Threads threads : Threads.values()) {
        assertIsBack(victim, threads);
      }
      victim.tidyUp();
    }
  }

  private void assertIsBack(Host victim, Threads threads) {
    String there = alpha.to(victim, lab.east(), Family.UNIQUE_LOCAL);
    RemoteSocket listener = victim.peer().open("inet6", "stream").bind(null, 0);
    int port = listener.port();
    RemoteSocket refused = threads.of(alpha).open("inet6", "stream");
    RemoteFailure.errno("ECONNREFUSED", () -> refused.connect(there, port));
    listener.listen();
    RemoteSocket client = threads.of(alpha).open("inet6", "stream").connect(there, port);
    assertEquals(
        Endpoint.of(victim.to(alpha, lab.east(), Family.UNIQUE_LOCAL), client.port()),
        listener.accept().peer());
  }

  @Test
  void paused() {
    try (Host victim = victim()) {
      Map<Connection, Failure> failures = new HashMap<>();
      List<Connection> connections =
          Stream.of(Threads.values())
              .map(threads -> connection(victim, Family.LINK_LOCAL, threads))
              .toList();
      victim.pause();
      for (Connection connection : connections) {
        connection.client.set("socket", "rcvtimeo", 0, 200_000);
        connection.client.set("socket", "sndtimeo", 0, 500_000);
        RemoteFailure.timeout(connection.client::recv);
        Failure late = RemoteFailure.timeout(() -> connection.client.fill(MUCH));
        assertTrue(late.transferred() > 0 && late.transferred() < MUCH, late.toString());
        failures.put(connection, late);
      }
      victim.unpause();
      failures.forEach((connection, late) -> {
        assertEquals(late.transferred(), connection.server.drain((int) late.transferred()));
        connection.server.send("awake");
        assertEquals("awake", connection.client.recv());
      });
      victim.tidyUp();
    }
  }

  @Test
  void cutOffAndGivenUp() {
    try (Host victim = victim()) {
      Map<RemoteSocket, Future<String>> waits = new HashMap<>();
      for (Threads threads : Threads.values()) {
        RemoteSocket client = connection(victim, Family.UNIQUE_LOCAL, threads).client;
        client.set("tcp", "user_timeout", 500);
        waits.put(client, Await.later(client::recv));
      }
      victim.disconnect(lab.east());
      waits.keySet().forEach(client -> client.send("into the void"));
      waits
          .values()
          .forEach(received -> RemoteFailure.errno("ETIMEDOUT", () -> Await.end("recv", received)));
      victim.tidyUp();
    }
  }

  @Test
  void cutOffAndConnectedAgain() {
    try (Host victim = victim()) {
      Connection connection = connection(victim, Family.UNIQUE_LOCAL, Threads.PLATFORM);
      Future<String> received = Await.later(connection.server::recv);
      victim.disconnect(lab.east());
      connection.client.send("I'll wait");
      victim.connect(lab.east());
      assertEquals("I'll wait", Await.end("recv", received));
      connection.server.send("thanks");
      assertEquals("thanks", connection.client.recv());
      victim.tidyUp();
    }
  }

  /** Among them one that another host has, on another network. */
  @Test
  void addressThatNobodyHas() {
    Link beta = lab.beta().on(lab.east());
    String elsewhere = alpha.on(lab.west()).to(beta, Family.LINK_LOCAL);
    Map<String, Future<?>> waits = new HashMap<>();
    for (Threads threads : Threads.values()) {
      for (Family family : Family.values()) {
        String address = alpha.on(lab.east()).unused(family);
        waits.put("recv from " + address + " " + threads, answer(threads, family, address));
        if (family != Family.LINK_LOCAL) { // the kernel doesn't tell TCP, and goes on trying
          RemoteSocket stream = threads.of(alpha).open(family.domain(), "stream");
          waits.put(
              "connect to " + address + " " + threads,
              Await.later(() -> stream.connect(address, 9)));
        }
      }
      waits.put(
          "recv from " + elsewhere + " " + threads, answer(threads, Family.LINK_LOCAL, elsewhere));
    }
    Assertions.assertAll(
        waits.entrySet().stream()
            .map(each ->
                () ->
                    RemoteFailure.errno(
                        "EHOSTUNREACH", () -> Await.end(each.getKey(), each.getValue()))));
  }

  /** The answer to a datagram, or what the network says instead. */
  private Future<String> answer(Threads threads, Family family, String address) {
    RemoteSocket socket = threads.of(alpha).open(family.domain(), "dgram");
    boolean ipv4 = family == Family.IPV4;
    socket.switchOn(ipv4 ? 0 : 41, ipv4 ? 11 : 25); // IP_RECVERR, IPV6_RECVERR
    socket.connect(address, 9).send("anybody?");
    return Await.later(socket::recv);
  }

  @Test
  void hostWithoutNetwork() {
    try (Host victim = victim()) {
      String there = victim.to(alpha, lab.east(), Family.IPV4);
      String former = victim.to(victim, lab.east(), Family.IPV4);
      RemoteSocket device = victim.peer().open("inet", "dgram");
      device.set("socket", "bindtodevice", victim.on(lab.east()).name());
      victim.disconnect(lab.east());
      RemoteSocket stream = victim.peer().open("inet", "stream");
      RemoteSocket datagrams = victim.peer().open("inet", "dgram");
      RemoteFailure.errno("ENETUNREACH", () -> stream.connect(there, 9));
      RemoteFailure.errno("ENETUNREACH", () -> datagrams.sendto("lost", there, 9));
      RemoteFailure.errno("EADDRNOTAVAIL", () -> datagrams.bind(former, 0));
      RemoteFailure.errno("ENODEV", () -> device.sendto("lost", there, 9));
      victim.tidyUp();
    }
  }
}
