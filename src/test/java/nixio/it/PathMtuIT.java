package nixio.it;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.dockerjava.api.model.Capability;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A way with a router on it, behind which packets must be smaller. */
@Containers
@TestInstance(Lifecycle.PER_CLASS)
class PathMtuIT {
  private static final int WIDE = 1500;
  private static final int NARROW = 1280;
  private static final int EMSGSIZE = 90;

  private static final Map<Family, String> NEAR =
      Map.of(Family.IPV4, "10.213.255.1", Family.UNIQUE_LOCAL, "fdff::1");
  private static final Map<Family, String> FAR =
      Map.of(Family.IPV4, "10.213.255.2", Family.UNIQUE_LOCAL, "fdff::2");

  private final Net wide = Net.create(WIDE);
  private final Net narrow = Net.create(NARROW);
  private final Host near = host("near", wide);
  private final Host router = host("router", wide, narrow);
  private final Host far = host("far", narrow);

  private static Host host(String name, Net... nets) {
    return Host.start(
        name,
        List.of(nets),
        container ->
            container.withCreateContainerCmdModifier(command ->
                command
                    .getHostConfig()
                    .withCapAdd(Capability.NET_ADMIN)
                    .withSysctls(
                        Map.of("net.ipv4.ip_forward", "1", "net.ipv6.conf.all.forwarding", "1"))));
  }

  private Stream<Host> hosts() {
    return Stream.of(near, router, far);
  }

  /** Both ends have addresses that no engine knows, which are reached through the router alone. */
  @BeforeEach
  void route() {
    Requirement.demand(near.has("ip"), "the image has no ip(8)");
    for (Family family : NEAR.keySet()) {
      near.run("ip", "addr", "replace", NEAR.get(family), "dev", "lo");
      far.run("ip", "addr", "replace", FAR.get(family), "dev", "lo");
      near.run("ip", "route", "replace", FAR.get(family), "via", near.to(router, wide, family));
      router.run("ip", "route", "replace", FAR.get(family), "via", router.to(far, narrow, family));
      router.run("ip", "route", "replace", NEAR.get(family), "via", router.to(near, wide, family));
      far.run("ip", "route", "replace", NEAR.get(family), "via", far.to(router, narrow, family));
    }
  }

  @AfterEach
  void tidyUp() {
    hosts().forEach(Host::tidyUp);
  }

  @AfterAll
  void stop() {
    hosts().parallel().forEach(Host::close);
    wide.close();
    narrow.close();
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "LINK_LOCAL")
  void lowerMtuOnTheWayIsLearnt(Family family) {
    byte[] large = new byte[1400];
    Arrays.fill(large, (byte) 'l');
    RemoteSocket receiver = far.peer().datagrams(family.domain());
    RemoteSocket sender = near.peer().open(family.domain(), "dgram").bind(NEAR.get(family), 0);
    sender.set(family.level(), "mtu_discover", 2);
    sender.connect(FAR.get(family), receiver.port());
    assertEquals(WIDE, sender.number(family.level(), "mtu"));

    sender.send(large);
    Await.until("the router's word", () -> sender.number(family.level(), "mtu") == NARROW);
    assertEquals(EMSGSIZE, sender.number("socket", "error"));
    RemoteFailure.errno("EMSGSIZE", () -> sender.send(large));
    sender.send("small");
    Datagram first = receiver.recvfrom();
    assertEquals("small", first.text());
    assertEquals(Endpoint.of(NEAR.get(family), sender.port()), first.sender());

    sender.set(family.level(), "mtu_discover", 0).send(large);
    assertArrayEquals(large, receiver.recvfrom().data());
  }
}
