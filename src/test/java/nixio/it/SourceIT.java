package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

  /** Alpha and gamma send, and mark the end; what of both has arrived. */
  private List<String> whatArrives(Cast cast, RemoteSocket receiver, String group) {
    for (Host host : List.of(lab.alpha(), lab.gamma())) {
      RemoteSocket sender = cast.sender(host, lab.east());
      String name = host == lab.alpha() ? "alpha" : "gamma";
      sender.sendto(name, cast.destination(group, host.on(lab.east())), receiver.port());
      sender.sendto("end", host.to(beta, lab.east(), cast.sender()), receiver.port());
    }
    List<String> arrived = receiver.textsBefore("end");
    arrived.addAll(receiver.textsBefore("end"));
    return arrived;
  }

  @ParameterizedTest
  @EnumSource
  void onlyTheNamedSenderIsHeard(Cast cast) {
    String group = cast.newGroup();
    String via = beta.on(lab.east()).name();
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    for (Host chosen : List.of(lab.alpha(), lab.gamma())) {
      String source = address(cast, chosen);
      receiver.set(cast.level(), Verb.JOIN.option(cast), group, source, via);
      assertEquals(
          List.of(chosen == lab.alpha() ? "alpha" : "gamma"), whatArrives(cast, receiver, group));
      receiver.set(cast.level(), Verb.LEAVE.option(cast), group, source, via);
      assertEquals(List.of(), whatArrives(cast, receiver, group));
    }
  }

  @ParameterizedTest
  @EnumSource
  void blockedSenderIsNotHeard(Cast cast) {
    String group = cast.newGroup();
    String via = beta.on(lab.east()).name();
    String source = address(cast, lab.gamma());
    RemoteSocket receiver = beta.peer().datagrams(cast.domain());
    receiver.set(cast.level(), "add_membership", group, via);
    assertEquals(List.of("alpha", "gamma"), whatArrives(cast, receiver, group));
    receiver.set(cast.level(), Verb.BLOCK.option(cast), group, source, via);
    assertEquals(List.of("alpha"), whatArrives(cast, receiver, group));
    receiver.set(cast.level(), Verb.UNBLOCK.option(cast), group, source, via);
    assertEquals(List.of("alpha", "gamma"), whatArrives(cast, receiver, group));
  }
}
