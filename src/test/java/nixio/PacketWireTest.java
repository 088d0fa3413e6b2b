package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.List;
import nixio.posix.Constants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What packet sockets and raw sockets receive, and what the kernel tells of it, in network
 * namespaces of their own: {@link PacketMain} is what runs there.
 */
class PacketWireTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tags",
        "lengths",
        "times",
        "checksums",
        "allocation",
        "memberships",
        "fanout",
        "header",
      })
  void packets(String scene) throws Exception {
    try (Namespace namespace = Namespace.open(directory)) {
      assertEquals(List.of("ok"), namespace.java(PacketMain.class, scene));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"checksum6", "header6", "icmp"})
  void packetsOfIpv6(String scene) throws Exception {
    Link.demandIpv6();
    try (Namespace namespace = Namespace.open(directory)) {
      namespace.demand("sysctl", "-qw", "net.ipv6.conf.lo.disable_ipv6=0");
      namespace.demand("sysctl", "-qw", "net.ipv4.ping_group_range=0 2147483647");
      assertEquals(List.of("ok"), namespace.java(PacketMain.class, scene));
    }
  }

  /** Both kinds of sockets that nixio ping takes; the raw one hears its own requests too. */
  @ParameterizedTest
  @CsvSource({
    "ping, 0 2147483647, 127.0.0.1",
    "raw, 1 0, 127.0.0.1",
    "ping, 0 2147483647, ::1",
    "raw, 1 0, ::1",
  })
  void pings(String kind, String groups, String host) throws Exception {
    if (host.equals("::1")) {
      Link.demandIpv6();
    }
    try (Namespace namespace = Namespace.open(directory)) {
      namespace.demand("sysctl", "-qw", "net.ipv6.conf.lo.disable_ipv6=0");
      namespace.demand("sysctl", "-qw", "net.ipv4.ping_group_range=" + groups);
      List<String> command = Forked.main(Class.forName("nixio.tool.Main"));
      command.addAll(List.of("ping", "-v", "-c", "3", "-i", "0.05", host));
      Forked ping = namespace.run(command);
      assertEquals("nixio ping: " + kind + " socket", ping.errors().strip());
      List<String> lines = ping.lines();
      for (int i = 1; i <= 3; i++) {
        String expected = "64 bytes from " + host + ": icmp_seq=" + i + " ttl=64 time=";
        assertTrue(lines.get(i).startsWith(expected), lines::toString);
      }
      assertTrue(lines.get(6).startsWith("3 packets transmitted, 3 received, 0%"), lines::toString);
    }
  }

  /** Also those states that no device here brings about. */
  @Test
  void auxdataAsTheHeaderOfLinuxHasIt() {
    try (Arena arena = Arena.ofConfined();
        Batch batch = Batch.of(1, 1)) {
      MemorySegment data = arena.allocate(20, 4);
      data.set(ValueLayout.JAVA_INT, 4, 1514);
      data.set(ValueLayout.JAVA_INT, 8, 60);
      data.set(ValueLayout.JAVA_SHORT, 14, (short) 0xFFFE);
      data.set(ValueLayout.JAVA_SHORT, 16, (short) 0xE001);
      data.set(ValueLayout.JAVA_SHORT, 18, (short) 0x88A8);
      Control control = batch.control(0);
      int[] bits = {
        0,
        Constants.TP_STATUS_VLAN_VALID,
        Constants.TP_STATUS_VLAN_VALID | Constants.TP_STATUS_VLAN_TPID_VALID,
        Constants.TP_STATUS_CSUM_VALID,
        Constants.TP_STATUS_CSUMNOTREADY,
      };
      for (int i = 0; i < bits.length; i++) {
        data.set(ValueLayout.JAVA_INT, 0, bits[i] | Constants.TP_STATUS_USER);
        control.add(Constants.SOL_PACKET, Constants.PACKET_AUXDATA, data);
        assertEquals(1514, control.wireLength());
        assertEquals(0xFFFE, control.networkOffset());
        boolean tagged = i == 1 || i == 2;
        assertEquals(tagged, control.hasVlan());
        assertEquals(tagged ? 0xE001 : Control.NONE, control.vlan());
        assertEquals(tagged ? i == 2 ? 0x88A8 : 0x8100 : Control.NONE, control.vlanProtocol());
        assertEquals(i == 3, control.isChecksumValid());
        assertEquals(i == 4, control.isChecksumMissing());
      }
      control.add(Constants.SOL_PACKET, Constants.PACKET_AUXDATA, data.asSlice(0, 16)); // too short
      assertEquals(Control.NONE, control.wireLength());
      assertFalse(control.isChecksumMissing());
      assertTrue(control.first() != Control.NONE);
    }
  }
}
