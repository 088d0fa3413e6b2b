package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** IPv4 and IPv6 on one socket, and on one port. */
@Containers
class DualStackIT {
  private final Lab lab;
  private final Host alpha;
  private final Host beta;
  private final String ipv4;
  private final String ipv6;

  DualStackIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
    ipv4 = alpha.to(beta, lab.east(), Family.IPV4);
    ipv6 = alpha.to(beta, lab.east(), Family.UNIQUE_LOCAL);
  }

  private RemoteSocket unbound(String domain, String type) {
    return beta.peer().open(domain, type);
  }

  private RemoteSocket client(String domain, String host, int port) {
    return alpha.peer().open(domain, "stream").connect(host, port);
  }

  private String mappedAlpha() {
    return "::ffff:" + beta.to(alpha, lab.east(), Family.IPV4);
  }

  @Test
  void oneListenerForBoth() {
    RemoteSocket listener = unbound("inet6", "stream").set("ipv6", "v6only", 0).bind("::", 0);
    listener.listen();

    RemoteSocket six = client("inet6", ipv6, listener.port());
    Accepted plain = listener.accept();
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.UNIQUE_LOCAL), six.port()), plain.peer());

    RemoteSocket four = client("inet", ipv4, listener.port());
    Accepted mapped = listener.accept();
    assertEquals(Endpoint.of(mappedAlpha(), four.port()), mapped.peer());
    assertEquals(mapped.peer(), mapped.socket().peername());
    assertEquals(Endpoint.of("::ffff:" + ipv4, listener.port()), mapped.socket().sockname());

    mapped.socket().send("to the mapped one");
    assertEquals("to the mapped one", four.recv());
  }

  @Test
  void oneDatagramSocketForBoth() {
    RemoteSocket receiver = unbound("inet6", "dgram").set("ipv6", "v6only", 0).bind("::", 0);
    RemoteSocket four = alpha.peer().datagrams("inet");
    four.sendto("question", ipv4, receiver.port());
    Datagram arrived = receiver.recvfrom();
    assertEquals("question", arrived.text());
    assertEquals(Endpoint.of(mappedAlpha(), four.port()), arrived.sender());

    receiver.sendto("answer", mappedAlpha(), four.port());
    Datagram answer = four.recvfrom();
    assertEquals("answer", answer.text());
    assertEquals(Endpoint.of(ipv4, receiver.port()), answer.sender());
  }

  @Test
  void mappedDestinationIsIpv4OnTheWire() {
    RemoteSocket listener = beta.peer().listener("inet", null);
    RemoteSocket client = client("inet6", "::ffff:" + ipv4, listener.port());
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.IPV4), client.port()),
        listener.accept().peer());
    assertEquals(Endpoint.of("::ffff:" + ipv4, listener.port()), client.peername());
  }

  @Test
  void v6onlyLeavesThePortToIpv4() {
    RemoteSocket six = unbound("inet6", "stream").set("ipv6", "v6only", 1).bind("::", 0).listen();
    int port = six.port();
    RemoteSocket refused = alpha.peer().open("inet", "stream");
    RemoteFailure.errno("ECONNREFUSED", () -> refused.connect(ipv4, port));

    RemoteSocket four = unbound("inet", "stream").bind("0.0.0.0", port).listen();
    RemoteSocket client4 = client("inet", ipv4, port);
    RemoteSocket client6 = client("inet6", ipv6, port);
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.IPV4), client4.port()), four.accept().peer());
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.UNIQUE_LOCAL), client6.port()),
        six.accept().peer());
  }

  @Test
  void withoutV6onlyThePortIsTakenForIpv4Too() {
    RemoteSocket six = unbound("inet6", "stream").set("ipv6", "v6only", 0).bind("::", 0).listen();
    RemoteSocket four = unbound("inet", "stream");
    RemoteFailure.errno("EADDRINUSE", () -> four.bind("0.0.0.0", six.port()));
  }

  @Test
  void v6onlyLeavesThePortToIpv4Datagrams() {
    RemoteSocket six = unbound("inet6", "dgram").set("ipv6", "v6only", 1).bind("::", 0);
    RemoteSocket four = unbound("inet", "dgram").bind("0.0.0.0", six.port());
    assertEquals("true", six.get("ipv6", "v6only"));
    RemoteSocket sender4 = alpha.peer().datagrams("inet").sendto("to four", ipv4, four.port());
    RemoteSocket sender6 = alpha.peer().datagrams("inet6").sendto("to six", ipv6, six.port());

    Datagram arrived4 = four.recvfrom();
    assertEquals("to four", arrived4.text());
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.IPV4), sender4.port()), arrived4.sender());
    Datagram arrived6 = six.recvfrom();
    assertEquals("to six", arrived6.text());
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.east(), Family.UNIQUE_LOCAL), sender6.port()),
        arrived6.sender());
    assertEquals(List.of(), four.pending());
    assertEquals(List.of(), six.pending());
  }

  @Test
  void v6onlyDoesNotReachMappedAddresses() {
    RemoteSocket six = unbound("inet6", "stream").set("ipv6", "v6only", 1);
    RemoteFailure.errno("ENETUNREACH", () -> six.connect(mappedAlpha(), 9));
  }
}
