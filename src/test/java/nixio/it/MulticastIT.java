package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;

/** Who receives what was sent to a group. */
@Containers
class MulticastIT {
  private final Lab lab;
  private final Host alpha;
  private final Host beta;

  MulticastIT(Lab lab) {
    this.lab = lab;
    alpha = lab.alpha();
    beta = lab.beta();
  }

  private void send(RemoteSocket sender, Cast cast, String text, String group, Net net, int port) {
    sender.sendto(text, cast.destination(group, alpha.on(net)), port);
  }

  private void mark(RemoteSocket sender, Cast cast, RemoteSocket receiver) {
    sender.sendto("end", alpha.to(beta, lab.east(), cast.sender()), receiver.port());
  }

  @ParameterizedTest
  @EnumSource
  void threeReceiversAllHear(Cast cast) {
    String group = cast.newGroup();
    RemoteSocket first = cast.member(beta, lab.east(), group);
    int port = first.port();
    RemoteSocket sender = cast.sender(alpha, lab.east());
    List<Host> others = List.of(lab.gamma(), lab.delta());
    List<RemoteSocket> members =
        others.stream()
            .map(host ->
                host.peer()
                    .open(cast.domain(), "dgram")
                    .bind(null, port)
                    .set(cast.level(), "add_membership", group, host.on(lab.east()).name()))
            .toList();
    send(sender, cast, "to all", group, lab.east(), port);
    assertArrived(cast, "to all", sender, beta, first.recvfrom());
    for (int i = 0; i < others.size(); i++) {
      assertArrived(cast, "to all", sender, others.get(i), members.get(i).recvfrom());
    }

    String via = beta.on(lab.east()).name();
    first.set(cast.level(), "drop_membership", group, via);
    send(sender, cast, "to the others", group, lab.east(), port);
    mark(sender, cast, first);
    assertEquals(List.of(), first.textsBefore("end"));
    for (int i = 0; i < others.size(); i++) {
      assertArrived(cast, "to the others", sender, others.get(i), members.get(i).recvfrom());
    }
  }

  private void assertArrived(
      Cast cast, String text, RemoteSocket sender, Host there, Datagram arrived) {
    assertArrived(cast, text, sender, there, lab.east(), arrived);
  }

  private void assertArrived(
      Cast cast, String text, RemoteSocket sender, Host there, Net net, Datagram arrived) {
    assertEquals(text, arrived.text());
    assertEquals(Endpoint.of(there.to(alpha, net, cast.sender()), sender.port()), arrived.sender());
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void nothingArrivesAfterLeave(Cast cast, By by) {
    String group = cast.newGroup();
    Object via = by.of(beta.on(lab.east()));
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    RemoteSocket sender = cast.sender(alpha, lab.east());

    send(sender, cast, "before join", group, lab.east(), receiver.port());
    mark(sender, cast, receiver);
    assertEquals(List.of(), receiver.textsBefore("end"));

    receiver.set(cast.level(), "add_membership", group, via);
    send(sender, cast, "joined", group, lab.east(), receiver.port());
    assertArrived(cast, "joined", sender, beta, receiver.recvfrom());

    receiver.set(cast.level(), "drop_membership", group, via);
    send(sender, cast, "after leave", group, lab.east(), receiver.port());
    mark(sender, cast, receiver);
    assertEquals(List.of(), receiver.textsBefore("end"));
    RemoteFailure.errno(
        "EADDRNOTAVAIL", () -> receiver.set(cast.level(), "drop_membership", group, via));
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void membershipIsOfOneInterface(Cast cast, By by) {
    String group = cast.newGroup();
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    receiver.set(cast.level(), "add_membership", group, by.of(beta.on(lab.west())));

    RemoteSocket east = cast.sender(alpha, lab.east());
    send(east, cast, "from the east", group, lab.east(), receiver.port());
    mark(east, cast, receiver);
    RemoteSocket west = cast.sender(alpha, lab.west());
    send(west, cast, "from the west", group, lab.west(), receiver.port());

    assertEquals(List.of(), receiver.textsBefore("end"));
    assertArrived(cast, "from the west", west, beta, lab.west(), receiver.recvfrom());
  }

  /** Joined on both, left on one. */
  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void leavingOneInterfaceKeepsTheOther(Cast cast, By by) {
    String group = cast.newGroup();
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    for (Net net : List.of(lab.east(), lab.west())) {
      receiver.set(cast.level(), "add_membership", group, by.of(beta.on(net)));
    }
    RemoteSocket east = cast.sender(alpha, lab.east());
    RemoteSocket west = cast.sender(alpha, lab.west());
    send(east, cast, "by the east", group, lab.east(), receiver.port());
    assertArrived(cast, "by the east", east, beta, receiver.recvfrom());

    receiver.set(cast.level(), "drop_membership", group, by.of(beta.on(lab.east())));
    send(east, cast, "too late", group, lab.east(), receiver.port());
    mark(east, cast, receiver);
    assertEquals(List.of(), receiver.textsBefore("end"));
    send(west, cast, "by the west", group, lab.west(), receiver.port());
    assertArrived(cast, "by the west", west, beta, lab.west(), receiver.recvfrom());
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void leavesByTheChosenNetworkOnly(Cast cast, By by) {
    for (Net chosen : List.of(lab.east(), lab.west())) {
      RemoteSocket sender = alpha.peer().datagrams(cast.domain());
      sender.set(cast.level(), "multicast_if", by.of(alpha.on(chosen)));
      assertLeavesBy(chosen, cast, sender, "");
    }
  }

  @ParameterizedTest
  @EnumSource(names = "ADDRESS", mode = Mode.EXCLUDE)
  void scopeOfTheGroupChoosesToo(By by) {
    for (Net chosen : List.of(lab.east(), lab.west())) {
      RemoteSocket sender = alpha.peer().datagrams("inet6");
      assertLeavesBy(chosen, Cast.IPV6_LINK, sender, "%" + by.of(alpha.on(chosen)));
    }
  }

  /** Beta listens on both networks, and hears it on one. */
  private void assertLeavesBy(Net chosen, Cast cast, RemoteSocket sender, String scope) {
    String group = cast.newGroup();
    Net other = chosen == lab.east() ? lab.west() : lab.east();
    RemoteSocket there = memberOnDevice(cast, group, chosen, 0);
    RemoteSocket elsewhere = memberOnDevice(cast, group, other, there.port());

    sender.sendto("here", group + scope, there.port());
    assertArrived(cast, "here", sender, beta, chosen, there.recvfrom());

    RemoteSocket marker = alpha.peer().datagrams(cast.domain());
    marker.sendto("end", alpha.to(beta, other, cast.sender()), there.port());
    assertEquals(List.of(), elsewhere.textsBefore("end"));
    assertEquals(List.of(), there.pending());
  }

  private RemoteSocket memberOnDevice(Cast cast, String group, Net net, int port) {
    String device = beta.on(net).name();
    return beta.peer()
        .open(cast.domain(), "dgram")
        .set("socket", "bindtodevice", device)
        .bind(null, port)
        .set(cast.level(), "add_membership", group, device);
  }

  @ParameterizedTest
  @EnumSource
  void groupsOnOnePortDoNotLeak(Cast cast) {
    String ours = cast.newGroup();
    String theirs = cast.newGroup();
    RemoteSocket[] members = new RemoteSocket[2];
    int port = 0;
    for (int i = 0; i < 2; i++) {
      members[i] = beta.peer().open(cast.domain(), "dgram").set("socket", "reuseaddr", 1);
      members[i].bind(null, port);
      port = members[i].port();
      members[i].set(
          cast.level(), "add_membership", i == 0 ? ours : theirs, beta.on(lab.east()).name());
    }
    RemoteSocket sender = cast.sender(alpha, lab.east());

    send(sender, cast, "leaks", theirs, lab.east(), port);
    send(sender, cast, "ours", ours, lab.east(), port);
    assertEquals(List.of("leaks"), members[0].textsBefore("ours"));

    members[0].set(cast.level(), "multicast_all", 0);
    send(sender, cast, "theirs", theirs, lab.east(), port);
    send(sender, cast, "ours", ours, lab.east(), port);
    assertEquals(List.of(), members[0].textsBefore("ours"));
    assertEquals(List.of("leaks", "ours"), members[1].textsBefore("theirs"));
  }

  @ParameterizedTest
  @EnumSource
  void loopIsTheSendersOwnChoice(Cast cast) {
    String group = cast.newGroup();
    RemoteSocket far = cast.member(beta, lab.east(), group);
    RemoteSocket near = alpha.peer().open(cast.domain(), "dgram").bind(null, far.port());
    near.set(cast.level(), "add_membership", group, alpha.on(lab.east()).name());
    RemoteSocket sender = cast.sender(alpha, lab.east());

    sender.set(cast.level(), "multicast_loop", 0);
    send(sender, cast, "far only", group, lab.east(), far.port());
    sender.set(cast.level(), "multicast_loop", 1);
    send(sender, cast, "far and near", group, lab.east(), far.port());

    assertArrived(cast, "far only", sender, beta, far.recvfrom());
    assertArrived(cast, "far and near", sender, beta, far.recvfrom());
    assertEquals(List.of(), near.textsBefore("far and near"));
  }

  @ParameterizedTest
  @EnumSource
  void noHopsLeadNowhere(Cast cast) {
    String group = cast.newGroup();
    String hops = cast == Cast.IPV4 ? "multicast_ttl" : "multicast_hops";
    RemoteSocket far = cast.member(beta, lab.east(), group);
    RemoteSocket near = alpha.peer().open(cast.domain(), "dgram").bind(null, far.port());
    near.set(cast.level(), "add_membership", group, alpha.on(lab.east()).name());
    RemoteSocket sender = cast.sender(alpha, lab.east()).set(cast.level(), hops, 0);

    send(sender, cast, "near only", group, lab.east(), far.port());
    assertEquals("near only", near.recvfrom().text());
    mark(sender, cast, far);
    assertEquals(List.of(), far.textsBefore("end"));
  }

  @ParameterizedTest
  @EnumSource
  void interfaceThatIsNotThere(Cast cast) {
    RemoteSocket socket = beta.peer().datagrams(cast.domain());
    String group = cast.newGroup();
    RemoteFailure.errno("ENODEV", () -> socket.set(cast.level(), "add_membership", group, 9999));
  }
}
