package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a device can do, asked beforehand; and what is said where nobody asked. */
class DeviceTest {
  private static final String REFUSED =
      "send.*EIO.*segments of 1000 bytes .UDP_SEGMENT.*Interface.segments.*";

  private static final String TOO_LARGE =
      "send.*(EINVAL|EMSGSIZE).*segments of 2000 bytes .UDP_SEGMENT.*path's MTU .*";

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

  /** Datagrams to the neighbour leave the namespace's device a, and get nowhere. */
  @ParameterizedTest
  @CsvSource({
    "on, 10.77.0.1, 10.77.0.2, 10.77.0.2:9",
    "off, 10.77.0.1, 10.77.0.2, 10.77.0.2:9",
    "on, fd77::1, fd77::2, [fd77::2]:9",
    "off, fd77::1, fd77::2, [fd77::2]:9",
  })
  void theAnswerIsWhatASendThenDoes(String checksums, String here, String neighbour, String address)
      throws Exception {
    assumeTrue(Forked.isInstalled("ethtool"), "no ethtool");
    if (address.startsWith("[")) {
      Link.demandIpv6();
    }
    try (Namespace namespace = Namespace.open(directory)) {
      if (address.startsWith("[")) {
        namespace.demand("sysctl", "-qw", "net.ipv6.conf.a.disable_ipv6=0");
        namespace.demand("ip", "address", "add", here + "/64", "dev", "a", "nodad");
      } else {
        namespace.demand("ip", "address", "add", here + "/24", "dev", "a");
      }
      namespace.demand(
          "ip", "neighbour", "add", neighbour, "lladdr", "02:00:00:00:00:02", "dev", "a");
      namespace.demand("ethtool", "-K", "a", "tx", checksums);
      List<String> told = namespace.java(DeviceMain.class, address);
      boolean fillsIn = told.get(0).contains("tx-checksum-ip-generic");
      assertEquals(checksums.equals("on"), fillsIn, told::toString);
      boolean cut = told.get(1).equals("true");
      assertTrue(!fillsIn || cut, told::toString);
      for (int i : List.of(2, 4)) {
        String outcome = told.get(i);
        assertTrue(cut ? outcome.equals("2500") : outcome.matches(REFUSED), told::toString);
      }
      assertTrue(told.get(3).matches(TOO_LARGE), told::toString);
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
    assertEquals("ioctl SIOCETHTOOL " + Integer.MAX_VALUE, none.operation());
    Interface byAddress = Interface.of(InetAddress.getLoopbackAddress());
    for (Interface unknown : List.of(byAddress, Interface.ANY)) {
      String said = assertThrows(IllegalArgumentException.class, unknown::features).getMessage();
      assertTrue(said.contains("index or name"), said);
    }
    assertThrows(IllegalArgumentException.class, () -> Interface.of("lo").segments(Domain.UNIX));
  }

  @Test
  void aSendThatCanNotBeCutSaysWhy() throws Exception {
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(2, 60_000)) {
      Address to = receiver.getsockname();
      socket.connect(to);
      MemorySegment data = batch.buffer(0);
      batch.length(0, 60_000).length(1, 60_000).count(2);
      socket.setopt(Option.UDP_SEGMENT, 20);
      assertSaid(20, () -> socket.send(data));
      assertSaid(20, () -> socket.send(MemorySegment.ofArray(new byte[60_000])));
      assertSaid(20, () -> socket.sendto(data, to));
      assertSaid(20, () -> socket.sendto(data, new AddressBuffer().set(to)));
      assertSaid(20, () -> socket.sendall(data));
      assertSaid(20, () -> socket.sendv(Iovec.of(data)));
      assertSaid(20, () -> socket.sendmsg(batch));
      assertSaid(20, () -> socket.sendmmsg(batch));

      batch.segmentSize(1, 10);
      assertSaid(10, () -> socket.sendmmsg(batch, 1));
      socket.setopt(Option.UDP_SEGMENT, 0);
      assertEquals(1, socket.sendmmsg(batch), "and the next is told by the next call");
      assertSaid(10, () -> socket.sendmmsg(batch, 1));
    }
  }

  private static void assertSaid(int size, Executable send) {
    NixioException failure = assertThrows(NixioException.class, send);
    assertEquals(Errno.EINVAL, failure.errno());
    String said = failure.getMessage();
    assertTrue(said.contains("segments of " + size + " bytes (UDP_SEGMENT): "), said);
    assertTrue(said.contains("at most 64"), said);
  }

  /** What else is wrong with a datagram has nothing to do with segments. */
  @Test
  void whatWasNotToBeCutSaysNothingOfSegments() throws Exception {
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Arena arena = Arena.ofConfined()) {
      MemorySegment tooLong = arena.allocate(65_508);
      NixioException failure =
          assertThrows(NixioException.class, () -> socket.sendto(tooLong, socket.getsockname()));
      assertEquals(Errno.EMSGSIZE, failure.errno());
      assertFalse(failure.getMessage().contains("segments"), failure::getMessage);
    }
  }

  /** Its segments are sent nowhere: what EIO means, without a device that refuses them. */
  @Test
  void aSendThatIsNeverCutSaysSo() throws Exception {
    try (Socket socket = udpLite();
        Batch batch = Batch.of(1, 2500)) {
      socket.connect(Address.parse("127.0.0.1:9"));
      batch.length(0, 2500).segmentSize(0, 1000).count(1);
      String said = assertThrows(NixioException.class, () -> socket.sendmsg(batch)).getMessage();
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
