package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Multicast from some senders and not from others. */
@Containers
class SourceIT {
  private final Lab lab;
  private final Host beta;

  SourceIT(Lab lab) {
    this.lab = lab;
    beta = lab.beta();
  }

  /** What can be done about a sender, by nixio's names of the options. */
  enum Verb {
    JOIN("add_source_membership", "join_source_group"),
    LEAVE("drop_source_membership", "leave_source_group"),
    BLOCK("block_source", "block_source"),
    UNBLOCK("unblock_source", "unblock_source");

    private final String ip;
    private final String ipv6;

    Verb(String ip, String ipv6) {
      this.ip = ip;
      this.ipv6 = ipv6;
    }

    String option(Cast cast) {
      return cast == Cast.IPV4 ? ip : ipv6;
    }
  }

  private String address(Cast cast, Host sender) {
    Link link = sender.on(lab.east());
    return switch (cast.sender()) {
      case IPV4 -> link.ipv4();
      case UNIQUE_LOCAL -> link.uniqueLocal();
      case LINK_LOCAL -> link.linkLocal();
    };
  }

  /** Alpha and gamma send, and mark the end; whose it is that beta receives. */
  private List<Host> heard(Cast cast, RemoteSocket receiver, String group) {
    List<Host> heard = new ArrayList<>();
    for (Host host : senders()) {
      RemoteSocket sender = cast.sender(host, lab.east());
      String back = beta.to(host, lab.east(), cast.sender());
      sender.sendto("news", cast.destination(group, host.on(lab.east())), receiver.port());
      sender.sendto("end", host.to(beta, lab.east(), cast.sender()), receiver.port());
      Datagram arrived = receiver.recvfrom();
      if (arrived.text().equals("news")) {
        assertEquals(Endpoint.of(back, sender.port()), arrived.sender());
        heard.add(host);
        arrived = receiver.recvfrom();
      }
      assertEquals("end", arrived.text());
      assertEquals(Endpoint.of(back, sender.port()), arrived.sender());
    }
    return heard;
  }

  private List<Host> senders() {
    return List.of(lab.alpha(), lab.gamma());
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void onlyTheNamedSenderIsHeard(Cast cast, By by) {
    String group = cast.newGroup();
    Object via = by.of(beta.on(lab.east()));
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    for (Host chosen : senders()) {
      String source = address(cast, chosen);
      receiver.set(cast.level(), Verb.JOIN.option(cast), group, source, via);
      assertEquals(List.of(chosen), heard(cast, receiver, group));
      receiver.set(cast.level(), Verb.LEAVE.option(cast), group, source, via);
      assertEquals(List.of(), heard(cast, receiver, group));
    }
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void notHeardByAnotherNetwork(Cast cast, By by) {
    String group = cast.newGroup();
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    Object west = by.of(beta.on(lab.west()));
    for (Host sender : senders()) {
      receiver.set(cast.level(), Verb.JOIN.option(cast), group, address(cast, sender), west);
    }
    assertEquals(List.of(), heard(cast, receiver, group));
  }

  @ParameterizedTest
  @MethodSource("nixio.it.Cast#eachBy")
  void blockedSenderIsNotHeard(Cast cast, By by) {
    String group = cast.newGroup();
    Object via = by.of(beta.on(lab.east()));
    String source = address(cast, lab.gamma());
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    receiver.set(cast.level(), "add_membership", group, via);
    assertEquals(senders(), heard(cast, receiver, group));
    receiver.set(cast.level(), Verb.BLOCK.option(cast), group, source, via);
    assertEquals(List.of(lab.alpha()), heard(cast, receiver, group));
    receiver.set(cast.level(), Verb.UNBLOCK.option(cast), group, source, via);
    assertEquals(senders(), heard(cast, receiver, group));
  }
}
