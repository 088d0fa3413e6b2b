package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** TCP and UDP from one host to another, over every kind of address. */
@Containers
class UnicastIT {
  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  UnicastIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  @ParameterizedTest
  @EnumSource
  void tcp(Family family) {
    String there = alpha.to(beta, lab.east(), family);
    String back = beta.to(alpha, lab.east(), family);
    RemoteSocket listener =
        beta.peer().listener(family.domain(), beta.to(beta, lab.east(), family));
    RemoteSocket client =
        alpha.peer().open(family.domain(), "stream").connect(there, listener.port());
    Accepted server = listener.accept();

    assertEquals(Endpoint.of(there, listener.port()), client.peername());
    assertEquals(Endpoint.of(back, client.port()), server.peer());
    assertEquals(server.peer(), server.socket().peername());
    assertEquals(
        Endpoint.of(beta.to(beta, lab.east(), family), listener.port()),
        server.socket().sockname());

    client.send("from alpha").shutdown("wr");
    assertEquals("from alpha", server.socket().recvall(100));
    assertEquals(RemoteSocket.EOF, server.socket().recv());
    server.socket().send("from beta").close();
    assertEquals("from beta", client.recvall(100));
    assertEquals(RemoteSocket.EOF, client.recv());
  }

  @ParameterizedTest
  @EnumSource
  void udp(Family family) {
    String there = alpha.to(beta, lab.east(), family);
    String back = beta.to(alpha, lab.east(), family);
    RemoteSocket receiver = beta.peer().datagrams(family.domain());
    RemoteSocket sender = alpha.peer().datagrams(family.domain());

    sender.sendto("there", there, receiver.port());
    Datagram arrived = receiver.recvfrom();
    assertEquals("there", arrived.text());
    assertEquals(Endpoint.of(back, sender.port()), arrived.sender());

    receiver.sendto("and back", back, sender.port());
    Datagram answer = sender.recvfrom();
    assertEquals("and back", answer.text());
    assertEquals(Endpoint.of(there, receiver.port()), answer.sender());
  }
}
