package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A little of everything, where memory is scarce or the C library another. */
@Containers
class SmokeIT {
  private static final long LITTLE = 128L << 20;
  private static final int MUCH = 4 << 20;

  private final Lab lab;
  private final Host alpha;

  SmokeIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
  }

  @Test
  void littleMemory() {
    try (Host host =
        lab.extra(
            "small",
            container ->
                container.withCreateContainerCmdModifier(command ->
                    command.getHostConfig().withMemory(LITTLE).withMemorySwap(LITTLE)))) {
      long heap = Long.parseLong(host.peer().tell("heap").getFirst());
      assertTrue(heap < LITTLE, "the JVM sees no limit, but may have " + heap + " bytes");
      smoke(host);
    }
  }

  @Test
  void musl() {
    String image = System.getProperty("it.musl.image", "");
    Assumptions.assumeFalse(image.isEmpty(), "no image with musl was named: -Dit.musl.image");
    try (Host host = Host.start(image, "musl", List.of(lab.east()), container -> {})) {
      smoke(host);
    }
  }

  private void smoke(Host host) {
    for (Threads threads : Threads.values()) {
      RemotePeer peer = threads.of(host);
      for (Family family : Family.values()) {
        stream(host, peer, family);
      }
      names(peer);
      ping(host, peer);
    }
    for (Cast cast : Cast.values()) {
      multicast(host, cast);
    }
    host.tidyUp();
  }

  private void stream(Host host, RemotePeer peer, Family family) {
    RemoteSocket listener = peer.listener(family.domain(), null);
    RemoteSocket client = alpha.peer().open(family.domain(), "stream");
    client.connect(alpha.to(host, lab.east(), family), listener.port());
    Accepted accepted = listener.accept();
    assertEquals(Endpoint.of(host.to(alpha, lab.east(), family), client.port()), accepted.peer());
    for (RemoteSocket[] way :
        new RemoteSocket[][] {{client, accepted.socket()}, {accepted.socket(), client}}) {
      Future<Long> filled = Await.later(() -> way[0].fill(MUCH));
      assertEquals(MUCH, way[1].drain(MUCH));
      assertEquals(MUCH, Await.end("sendall", filled));
    }
    client.close();
    assertEquals(RemoteSocket.EOF, accepted.socket().recv());
  }

  private void multicast(Host host, Cast cast) {
    String group = cast.newGroup();
    RemoteSocket member = cast.member(host, lab.east(), group);
    RemoteSocket sender = cast.sender(alpha, lab.east());
    sender.sendto("news", cast.destination(group, alpha.on(lab.east())), member.port());
    Datagram arrived = member.recvfrom();
    assertEquals("news", arrived.text());
    assertEquals(
        Endpoint.of(host.to(alpha, lab.east(), cast.sender()), sender.port()), arrived.sender());
  }

  private void names(RemotePeer peer) {
    List<String> ours =
        List.of(alpha.on(lab.east()).uniqueLocal(), alpha.on(lab.west()).uniqueLocal());
    List<String> found = peer.resolve("alpha", "inet6");
    assertTrue(ours.containsAll(found), found + " in " + ours);
    RemoteFailure.kind("ResolveException", () -> peer.resolve("nobody.invalid", ""));
  }

  private void ping(Host host, RemotePeer peer) {
    RemoteSocket socket = peer.open("inet6", "dgram", "icmpv6");
    socket.set("socket", "rcvtimeo", 10);
    socket.sendtoAddress(
        new byte[] {(byte) 128, 0, 0, 0, 0, 0, 0, 1},
        host.to(alpha, lab.east(), Family.LINK_LOCAL),
        0);
    assertEquals((byte) 129, socket.recvfrom().data()[0]);
  }

  @Test
  void hostOfTheCommonImage() {
    smoke(lab.beta());
  }
}
