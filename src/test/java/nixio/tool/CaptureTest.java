package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.Address;
import nixio.Domain;
import nixio.Errno;
import nixio.Interface;
import nixio.NixioException;
import nixio.Socket;
import nixio.Type;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nixio capture} on loopback; tcpdump and tshark read what it writes. */
class CaptureTest {
  private static final AtomicInteger PROTOCOLS = new AtomicInteger(0x9B00);
  private static final int COUNT = 7;

  @TempDir private Path directory;

  private final int protocol = PROTOCOLS.incrementAndGet();

  private Socket sender;
  private Path filter;

  /** Only this test's frames, and each once: outgoing ones are left out by their kind. */
  @BeforeEach
  void prepare() throws IOException {
    try {
      sender = Socket.open(Domain.PACKET, Type.RAW);
    } catch (NixioException e) {
      assumeTrue(e.errno() != Errno.EPERM, e::getMessage);
      throw e;
    }
    filter = directory.resolve("filter");
    // ldh #pkttype, which is at -4096 + 4; outgoing is 4
    Files.writeString(
        filter,
        """
        6
        40 0 0 12
        21 0 3 %d
        40 0 0 4294963204
        21 1 0 4
        6 0 0 262144
        6 0 0 0
        """
            .formatted(protocol));
  }

  private void send(int count, byte... tag) throws IOException {
    byte[] frame = new byte[64];
    System.arraycopy(tag, 0, frame, 12, tag.length);
    frame[12 + tag.length] = (byte) (protocol >>> 8);
    frame[13 + tag.length] = (byte) protocol;
    for (int i = 0; i < count; i++) {
      frame[20] = (byte) i;
      sender.sendto(MemorySegment.ofArray(frame), Address.Packet.of(Interface.of("lo"), 0));
    }
  }

  private Tool capture(String... arguments) throws Exception {
    List<String> words = new ArrayList<>(List.of("capture", "-p", "-v", "--filter"));
    words.add(filter.toString());
    words.addAll(List.of(arguments));
    words.add("lo");
    Tool tool = Tool.start(words.toArray(String[]::new));
    tool.errors().await("listening on lo");
    return tool;
  }

  private static void ended(Tool tool, int captured) throws Exception {
    assertEquals(0, tool.exitCode(), tool.errors()::text);
    String last = tool.errors().text().lines().toList().getLast();
    assertTrue(last.matches(captured + " captured, \\d+ received, 0 dropped"), last);
  }

  @ParameterizedTest
  @CsvSource({"pcapng, 65535", "pcap, 65535", "pcapng, 33", "pcap, 33"})
  void filesAreReadByOthers(String format, int snaplen) throws Exception {
    Path file = directory.resolve("packets." + format);
    try (Tool tool =
        capture("-c", "" + COUNT, "-w", file.toString(), "--format", format, "-s", "" + snaplen)) {
      send(COUNT);
      ended(tool, COUNT);
    }
    int size = Math.min(64, snaplen);
    if (isInstalled("tcpdump")) {
      List<String> read = tcpdump(file);
      assertEquals(COUNT, read.size(), read::toString);
      assertTrue(read.getFirst().contains("0x%04x".formatted(protocol)), read::toString);
      assertTrue(read.getFirst().contains("length 64"), read::toString);
    }
    if (isInstalled("tshark")) {
      List<String> read =
          run(
              "tshark",
              "-r",
              file.toString(),
              "-T",
              "fields",
              "-e",
              "frame.len",
              "-e",
              "frame.cap_len",
              "-e",
              "eth.type",
              "-e",
              "frame.time_epoch");
      assertEquals(COUNT, read.size(), read::toString);
      String start = "64\t%d\t0x%04x\t%d".formatted(size, protocol, 1);
      assertTrue(read.getFirst().startsWith(start), read::toString);
    }
    assumeTrue(isInstalled("tcpdump") || isInstalled("tshark"), "neither tcpdump nor tshark");
  }

  /** A line a packet: those that it only shows bytes on are left out. */
  private List<String> tcpdump(Path file) throws Exception {
    return run("tcpdump", "-nn", "-e", "-r", file.toString()).stream()
        .filter(line -> !line.startsWith("\t"))
        .toList();
  }

  /** The kernel takes the tag out of the packet, and the file has it again. */
  @ParameterizedTest
  @CsvSource({"pcapng, 65535", "pcap, 20"})
  void tagsAreWherePeersExpectThem(String format, int snaplen) throws Exception {
    assumeTrue(isInstalled("tcpdump"), "no tcpdump");
    Path file = directory.resolve("tagged." + format);
    try (Tool tool =
        capture("-c", "1", "-w", file.toString(), "--format", format, "-s", "" + snaplen)) {
      send(1, (byte) 0x81, (byte) 0, (byte) 0x60, (byte) 5);
      ended(tool, 1);
    }
    String read = tcpdump(file).getFirst();
    assertTrue(read.contains("ethertype 802.1Q (0x8100), length 64: vlan 5, p 3"), read);
    assertTrue(read.contains("0x%04x".formatted(protocol)), read);
  }

  /** Also where the limit is in the tag. */
  @ParameterizedTest
  @CsvSource({"12, 0000", "13, 8100", "14, 8100", "15, 8100"})
  void aTagIsCutOffWhereTheLimitIs(int snaplen, String tag) throws Exception {
    Path file = directory.resolve("cut.pcap");
    try (Tool tool =
        capture(
            "-c", "1", "-w", file.toString(), "--format", "pcap", "-s", String.valueOf(snaplen))) {
      send(1, (byte) 0x81, (byte) 0, (byte) 0x60, (byte) 5);
      ended(tool, 1);
    }
    byte[] written = Files.readAllBytes(file);
    assertEquals(24 + 16 + snaplen, written.length);
    byte[] end = Arrays.copyOfRange(written, 24 + 16 + 12, 24 + 16 + snaplen);
    assertEquals((tag + "6005").substring(0, 2 * end.length), HexFormat.of().formatHex(end));
  }

  private static boolean isInstalled(String name) {
    return Files.isExecutable(Path.of("/usr/bin", name));
  }

  private List<String> run(String... command) throws Exception {
    Path errors = directory.resolve("errors");
    Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), Files.readString(errors));
    return output.lines().toList();
  }

  @Test
  void aLineAPacket() throws Exception {
    try (Tool tool = capture("-c", "2")) {
      send(2);
      ended(tool, 2);
      List<String> lines = tool.out().text().lines().toList();
      assertEquals(2, lines.size(), lines::toString);
      assertTrue(
          lines
              .getFirst()
              .matches(
                  "\\S+Z in  64 bytes 00:00:00:00:00:00 > 00:00:00:00:00:00 protocol 0x%04x"
                      .formatted(protocol)),
          lines::toString);
    }
  }

  @Test
  void itEndsInTime() throws Exception {
    try (Tool tool = capture("-t", "0.3")) {
      ended(tool, 0);
      assertEquals("", tool.out().text());
    }
  }

  @Test
  void aFilterThatIsNone() throws Exception {
    Files.writeString(filter, "udp port 53\n");
    try (Tool tool = Tool.start("capture", "--filter", filter.toString(), "lo")) {
      assertEquals(1, tool.exitCode());
      tool.errors().await("not a program as tcpdump -ddd writes it");
    }
  }
}
