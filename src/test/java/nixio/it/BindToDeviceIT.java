package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A socket on one of a host's two interfaces. */
@Containers
class BindToDeviceIT {
  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  BindToDeviceIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  @ParameterizedTest
  @EnumSource
  void receivesByItsDeviceOnly(Family family) {
    RemoteSocket east = beta.peer().open(family.domain(), "dgram");
    east.set("socket", "bindtodevice", beta.on(lab.east()).name()).bind(null, 0);
    RemoteSocket west = beta.peer().open(family.domain(), "dgram");
    west.set("socket", "bindtoifindex", beta.on(lab.west()).index()).bind(null, east.port());
    assertEquals(beta.on(lab.east()).name(), east.get("socket", "bindtodevice"));
    assertEquals(beta.on(lab.west()).name(), west.get("socket", "bindtodevice"));

    RemoteSocket sender = alpha.peer().datagrams(family.domain());
    sender.sendto("by the east", alpha.to(beta, lab.east(), family), east.port());
    sender.sendto("by the west", alpha.to(beta, lab.west(), family), east.port());
    assertArrived("by the east", lab.east(), family, sender, east.recvfrom());
    assertArrived("by the west", lab.west(), family, sender, west.recvfrom());
    assertEquals(List.of(), east.pending());
    assertEquals(List.of(), west.pending());
  }

  private void assertArrived(
      String text, Net net, Family family, RemoteSocket sender, Datagram arrived) {
    assertEquals(text, arrived.text());
    assertEquals(Endpoint.of(beta.to(alpha, net, family), sender.port()), arrived.sender());
  }

  @ParameterizedTest
  @ValueSource(strings = {"inet", "inet6"})
  void connectsByItsDeviceOnly(String domain) {
    Family family = domain.equals("inet") ? Family.IPV4 : Family.UNIQUE_LOCAL;
    RemoteSocket listener = beta.peer().open(domain, "stream");
    listener.set("socket", "bindtodevice", beta.on(lab.west()).name()).bind(null, 0).listen();
    RemoteSocket refused = alpha.peer().open(domain, "stream");
    RemoteFailure.errno(
        "ECONNREFUSED", () -> refused.connect(alpha.to(beta, lab.east(), family), listener.port()));
    RemoteSocket client = alpha.peer().open(domain, "stream");
    client.connect(alpha.to(beta, lab.west(), family), listener.port());
    assertEquals(
        Endpoint.of(beta.to(alpha, lab.west(), family), client.port()), listener.accept().peer());
  }

  /** What has no other choice of a network leaves by the device, and only by it. */
  @ParameterizedTest
  @EnumSource
  void sendsByItsDeviceOnly(Cast cast) {
    String group = cast.newGroup();
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    for (Net net : List.of(lab.east(), lab.west())) {
      receiver.set(cast.level(), "add_membership", group, beta.on(net).name());
    }
    for (Net net : List.of(lab.east(), lab.west())) {
      RemoteSocket sender = alpha.peer().open(cast.domain(), "dgram");
      sender.set("socket", "bindtodevice", alpha.on(net).name());
      sender.sendto("out", group, receiver.port());
      assertArrived("out", net, cast.sender(), sender, receiver.recvfrom());
    }
    assertEquals(List.of(), receiver.pending());
  }
}
