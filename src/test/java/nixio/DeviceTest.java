package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a device can do, asked beforehand; and what is said where nobody asked. */
class DeviceTest {
  /** Datagrams to it leave the namespace's device a, and get nowhere. */
  private static final String NEIGHBOUR = "10.77.0.2";

  @TempDir private Path directory;

  /** As ethtool(8) shows them; it shows a few as sums of others, which this leaves out. */
  private static Set<String> active(List<String> lines) {
    return lines.stream()
        .filter(
            line -> line.matches("\\s+[-a-z0-9]+: on.*|(rx|tx)-(?!checksumming)[-a-z0-9]+: on.*"))
        .map(line -> line.strip().replaceAll(":.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void featuresAreThoseThatEthtoolShows() throws Exception {
    Set<String> features = Interface.of("lo").features();
    assertTrue(features.contains("tx-checksum-ip-generic"), features::toString);
    assumeTrue(Forked.isInstalled("ethtool"), "no ethtool");
    List<String> lines = Forked.run(directory, List.of("ethtool", "-k", "lo")).lines();
    Set<String> shown = active(lines);
    assertTrue(shown.size() > 5, lines::toString);
    shown.removeAll(features);
    assertEquals(Set.of(), shown);
    Set<String> off =
        lines.stream()
            .filter(line -> line.contains(": off"))
            .map(line -> line.strip().replaceAll(":.*", ""))
            .collect(Collectors.toSet());
    off.retainAll(features);
    assertEquals(Set.of(), off);
  }

  @ParameterizedTest
  @ValueSource(strings = {"on", "off"})
  void theAnswerIsWhatASendThenDoes(String checksums) throws Exception {
    assumeTrue(Forked.isInstalled("ethtool"), "no ethtool");
    try (Namespace namespace = Namespace.open(directory)) {
      namespace.demand("ip", "address", "add", "10.77.0.1/24", "dev", "a");
      namespace.demand(
          "ip", "neighbour", "add", NEIGHBOUR, "lladdr", "02:00:00:00:00:02", "dev", "a");
      namespace.demand("ethtool", "-K", "a", "tx", checksums);
      List<String> told = namespace.java(DeviceMain.class, NEIGHBOUR + ":9");
      boolean fillsIn = told.get(0).contains("tx-checksum-ip-generic");
      assertEquals(checksums.equals("on"), fillsIn, told::toString);
      assertEquals(told.get(1).equals("true") ? "2500" : "EIO", told.get(2), told::toString);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "6.11.0-rc1, '', true, true",
    "7.0, '', true, true",
    "6.10.14-generic, '', false, false",
    "6.1.0-18-amd64, tx-checksum-ip-generic, true, true",
    "5.15.0, tx-checksum-ipv4, true, false",
    "5.15.0, tx-checksum-ipv6, false, true",
    "unknown, tx-udp-segmentation, false, false",
  })
  void olderKernelsNeedTheDevicesChecksums(
      String release, String feature, boolean inet, boolean inet6) {
    assertEquals(inet, Interface.segments(Set.of(feature), Domain.INET, release));
    assertEquals(inet6, Interface.segments(Set.of(feature), Domain.INET6, release));
  }

  @Test
  void whatIsNoDeviceIsRefused() throws Exception {
    NixioException none =
        assertThrows(NixioException.class, () -> Interface.of(Integer.MAX_VALUE).features());
    assertEquals(Errno.ENODEV, none.errno());
    Interface byAddress = Interface.of(InetAddress.getLoopbackAddress());
    for (Interface unknown : List.of(byAddress, Interface.ANY)) {
      String said = assertThrows(IllegalArgumentException.class, unknown::features).getMessage();
      assertTrue(said.contains("index or name"), said);
    }
    assertThrows(IllegalArgumentException.class, () -> Interface.of("lo").segments(Domain.UNIX));
  }

  private static String said(Socket socket, Batch batch) {
    return assertThrows(NixioException.class, () -> socket.sendmsg(batch)).getMessage();
  }

  @Test
  void aSendThatCanNotBeCutSaysWhy() throws Exception {
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 60_000)) {
      socket.connect(receiver.getsockname());
      batch.length(0, 60_000).segmentSize(0, 10).count(1);
      String said = said(socket, batch);
      assertTrue(said.contains("EINVAL") && said.contains("segments of 10 bytes"), said);

      batch.segmentSize(0, 0);
      MemorySegment data = batch.buffer(0);
      socket.setopt(Option.UDP_SEGMENT, 20);
      said = assertThrows(NixioException.class, () -> socket.send(data)).getMessage();
      assertTrue(said.contains("segments of 20 bytes"), said);
      socket.setopt(Option.UDP_SEGMENT, 0);
      assertEquals(60_000, socket.sendmsg(batch));
    }
  }

  /** Its segments are sent nowhere: what EIO means, without a device that refuses them. */
  @Test
  void aSendThatIsNeverCutSaysSo() throws Exception {
    try (Socket socket = udpLite();
        Batch batch = Batch.of(1, 2500)) {
      socket.connect(Address.parse("127.0.0.1:9"));
      batch.length(0, 2500).segmentSize(0, 1000).count(1);
      String said = said(socket, batch);
      assertTrue(said.contains("EIO") && said.contains("Interface.segments"), said);
      assertFalse(said.contains("64"), said);
    }
  }

  private static Socket udpLite() throws Exception {
    try {
      return Socket.open(Domain.INET, Type.DGRAM, Protocol.UDPLITE);
    } catch (NixioException e) {
      assumeTrue(e.errno() != Errno.EPROTONOSUPPORT, "no UDP-Lite in this kernel");
      throw e;
    }
  }
}
