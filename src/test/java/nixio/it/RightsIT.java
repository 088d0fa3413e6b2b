package nixio.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.github.dockerjava.api.model.Capability;
import java.util.List;
import java.util.Map;
import nixio.it.peer.Failure;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a host refuses without CAP_NET_RAW, and to another user than root. */
@Containers
@TestInstance(Lifecycle.PER_CLASS)
class RightsIT {
  private static final String NOBODY = "65534:65534";

  private final Host host;
  private final RemotePeer nobody;

  RightsIT(Lab lab) {
    host =
        lab.extra(
            "humble",
            container ->
                container.withCreateContainerCmdModifier(command ->
                    command
                        .getHostConfig()
                        .withCapAdd(new Capability[0])
                        .withCapDrop(Capability.NET_RAW)
                        .withSysctls(
                            Map.of(
                                "net.ipv4.ping_group_range", "1 0",
                                "net.ipv4.ip_unprivileged_port_start", "1024"))));
    nobody = host.newPeer(NOBODY);
  }

  @AfterEach
  void tidyUp() {
    host.tidyUp();
  }

  @AfterAll
  void stop() {
    host.close();
  }

  enum User {
    ROOT_WITHOUT_NET_RAW,
    NOBODY
  }

  private RemotePeer peer(User user) {
    return user == User.NOBODY ? nobody : host.peer();
  }

  private static void assertRefused(String errno, String right, Executable call) {
    Failure failure = RemoteFailure.errno(errno, call);
    assertTrue(failure.message().contains(right), failure.message());
  }

  @ParameterizedTest
  @EnumSource
  void rawAndPacketSockets(User user) {
    List<List<String>> kinds =
        List.of(
            List.of("inet", "raw", "icmp"),
            List.of("inet", "raw", "udp"),
            List.of("inet6", "raw", "icmpv6"),
            List.of("17", "dgram", "8"),
            List.of("17", "raw", "8"));
    for (List<String> kind : kinds) {
      assertRefused(
          "EPERM", "CAP_NET_RAW", () -> peer(user).open(kind.get(0), kind.get(1), kind.get(2)));
    }
  }

  @ParameterizedTest
  @EnumSource
  void pingSockets(User user) {
    assertRefused(
        "EACCES", "net.ipv4.ping_group_range", () -> peer(user).open("inet", "dgram", "icmp"));
    assertRefused(
        "EACCES", "net.ipv4.ping_group_range", () -> peer(user).open("inet6", "dgram", "icmpv6"));
  }

  @ParameterizedTest
  @EnumSource
  void anotherDevice(User user) {
    RemoteSocket socket = peer(user).open("inet", "dgram").set("socket", "bindtodevice", "lo");
    assertRefused("EPERM", "CAP_NET_RAW", () -> socket.set("socket", "bindtodevice", "eth0"));
    assertEquals("lo", socket.get("socket", "bindtodevice"));
  }

  @ParameterizedTest
  @EnumSource
  void optionsOfAdministrators(User user) {
    RemoteSocket socket = peer(user).open("inet", "dgram");
    for (String option : List.of("sndbufforce", "rcvbufforce", "mark", "priority")) {
      assertRefused("EPERM", "CAP_NET_ADMIN", () -> socket.set("socket", option, 100_000));
    }
    assertRefused("EPERM", "CAP_NET_ADMIN", () -> socket.set("ip", "transparent", 1));
    RemoteSocket six = peer(user).open("inet6", "dgram");
    assertRefused("EPERM", "CAP_NET_ADMIN", () -> six.set("ipv6", "transparent", 1));
  }

  @ParameterizedTest
  @EnumSource
  void broadcast(User user) {
    RemoteSocket socket = peer(user).open("inet", "dgram");
    assertRefused("EACCES", "SO_BROADCAST", () -> socket.sendto("to all", "255.255.255.255", 9999));
  }

  @ParameterizedTest
  @EnumSource
  void lowPorts(User user) {
    RemoteSocket socket = peer(user).open("inet6", "stream");
    if (user == User.NOBODY) {
      assertRefused("EACCES", "CAP_NET_BIND_SERVICE", () -> socket.bind("::", 80));
    } else {
      assertEquals("[::]:80", socket.bind("::", 80).sockname());
    }
  }
}
