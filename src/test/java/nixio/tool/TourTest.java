package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import nixio.Address;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nixio tour}. */
class TourTest {
  private static final List<String> ROWS =
      List.of(
          "IPv4 +TCP",
          "IPv6 +TCP",
          "IPv4 +UDP",
          "IPv6 +UDP",
          "UNIX +stream",
          "UNIX +seqpacket",
          "UNIX +datagram",
          "UNIX +abstract",
          "IPv4 +multicast",
          "IPv6 +multicast");

  private static final Address LOOPBACK = Address.Inet.of("127.0.0.1", 0);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8193, 3_000_000})
  void everyRowIsWholeOrSaysWhyNot(int size) throws Exception {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    Path file = Files.write(directory.resolve("data"), data);
    try (Tool tool = Tool.start("tour", file.toString())) {
      assertEquals(0, tool.exitCode(), () -> tool.out().text() + tool.errors().text());
      for (String row : ROWS) {
        tool.out().await("\n" + row + " .*( OK|not here: .+)\n");
      }
      tool.out().await("Connection refused \\(ECONNREFUSED, errno 111\\)");
      assertEquals("", tool.errors().text());
    }
  }

  @Test
  void addressesAreTheKernels() throws Exception {
    Path file = Files.writeString(directory.resolve("data"), "a few bytes");
    try (Tool tool = Tool.start("tour", file.toString())) {
      tool.exitCode();
      tool.out().await("\nIPv4 +TCP +127\\.0\\.0\\.1:\\d+ +127\\.0\\.0\\.1:\\d+ +11 +1 ");
      tool.out().await("\nUNIX +datagram +/\\S+/sender +/\\S+/receiver +11 +2 +2 ");
      tool.out().await("\nUNIX +abstract +.*@nixio-\\S+ ");
      tool.out().await("\nIPv4 +multicast +127\\.0\\.0\\.1:\\d+ +239\\.255\\.78\\.73:\\d+ ");
    }
  }

  @Test
  void aChangedByteIsSeen() throws Exception {
    Row row = run(new LinkKind("IPv4", "relay", new StreamTraffic(4096), Relay::open), 100_000);
    assertEquals(Row.Outcome.DIFFERS, row.outcome(), row::verdict);
    assertEquals(1, new Report(List.of(row)).exitCode());
    assertTrue(new Report(List.of(row)).table().contains(" DIFFERS"));
  }

  @Test
  void lostDatagramsAreAnErrorAndNoHang() throws Exception {
    Row row =
        run(new LinkKind("IPv4", "void", new PacedTraffic(1000), TourTest::toNobody), 100_000);
    assertEquals(Row.Outcome.FAILED, row.outcome());
    assertTrue(
        row.verdict().matches("failed: no (datagram|acknowledgement) within 3 s: .*"),
        row::verdict);
    assertEquals(1, new Report(List.of(row)).exitCode());
  }

  @Test
  void aCutStreamIsAnError() throws Exception {
    Row row = run(new LinkKind("IPv4", "cut", new StreamTraffic(4096), TourTest::cut), 100_000);
    assertEquals(Row.Outcome.FAILED, row.outcome(), row::verdict);
    assertNotEquals(0, new Report(List.of(row)).exitCode());
  }

  @Test
  void whatTheMachineLacksIsNoFailure() throws Exception {
    // Of a block for documentation (RFC 5737): no machine has it.
    Row row =
        run(
            new LinkKind(
                "IPv4",
                "n/a",
                new StreamTraffic(1),
                () -> Link.stream(Type.STREAM, Address.Inet.of("203.0.113.1", 0))),
            1);
    assertEquals(Row.Outcome.NOT_HERE, row.outcome(), row::verdict);
    assertTrue(row.verdict().startsWith("not here: bind 203.0.113.1:0: "), row::verdict);
    String table = new Report(List.of(row)).table();
    assertTrue(table.contains("\nIPv4    n/a   not here: bind "), table);
  }

  private static Row run(LinkKind kind, int size) {
    StandardStreams none = new StandardStreams(null, null, null, null, false);
    MemorySegment data = MemorySegment.ofArray(new byte[size]);
    try (Tour tour = new Tour(Payload.of(data), none)) {
      return tour.run(List.of(kind)).rows().getFirst();
    }
  }

  /** The receiver is another than the one that gets the datagrams. */
  private static Link toNobody() throws IOException {
    Link link = Link.datagram(LOOPBACK, LOOPBACK);
    Socket deaf = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
    return new Link(link.sender(), deaf, link.from(), link.to(), link.destination());
  }

  /** Nothing comes out at the receiving end, since it is another's. */
  private static Link cut() throws IOException {
    Link link = Link.stream(Type.STREAM, LOOPBACK);
    link.sender().shutdown(nixio.Shutdown.WR);
    return link;
  }
}
