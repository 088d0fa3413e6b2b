package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nixio ping} of this machine. */
class PingTest {
  private static List<String> ping(int exit, String line) throws Exception {
    try (Tool tool = Tool.start(("ping " + line).split(" ", -1))) {
      int code = tool.exitCode();
      String errors = tool.errors().text();
      assumeFalse(
          errors.contains("ping_group_range"), "neither ping sockets nor raw ones: " + errors);
      assertEquals(exit, code, errors);
      return tool.out().text().lines().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 'PING 127.0.0.1 (127.0.0.1) 56(84) bytes of data.'",
    "-4 localhost, 'PING localhost (127.0.0.1) 56(84) bytes of data.'",
    "::1, PING ::1(::1) 56 data bytes",
  })
  void echoesAreCounted(String host, String title) throws Exception {
    if (host.equals("::1")) {
      Ipv6.require();
    }
    List<String> lines = ping(0, "-c 3 -i 0.05 " + host);
    String name = host.replaceFirst(".* ", "");
    String address = name.equals("localhost") ? "127.0.0.1" : name;
    assertEquals(8, lines.size(), lines::toString);
    assertEquals(title, lines.get(0));
    for (int i = 1; i <= 3; i++) {
      assertTrue(
          lines
              .get(i)
              .matches(
                  "64 bytes from %s: icmp_seq=%d( ttl=\\d+)? time=[0-9.]+ ms"
                      .formatted(address, i)),
          lines::toString);
    }
    assertEquals("", lines.get(4));
    assertEquals("--- " + name + " ping statistics ---", lines.get(5));
    assertTrue(
        lines.get(6).matches("3 packets transmitted, 3 received, 0% packet loss, time \\d+ms"),
        lines::toString);
    String number = "\\d+\\.\\d{3}";
    assertTrue(
        lines.get(7).matches("rtt min/avg/max/mdev = %1$s/%1$s/%1$s/%1$s ms".formatted(number)),
        lines::toString);
  }

  @Test
  void onlyTheStatistics() throws Exception {
    List<String> lines = ping(0, "-q -c 2 -i 0 -s 0 127.0.0.1");
    assertEquals("PING 127.0.0.1 (127.0.0.1) 0(28) bytes of data.", lines.get(0));
    assertEquals(5, lines.size(), lines::toString);
  }

  @Test
  void bigOnesToo() throws Exception {
    List<String> lines = ping(0, "-c 1 -s 20000 127.0.0.1");
    assertTrue(lines.get(1).startsWith("20008 bytes from 127.0.0.1: icmp_seq=1"), lines::toString);
  }

  @Test
  void whatCannotBeReachedIsAFailure() throws Exception {
    // a broadcast address, and the socket did not ask for those
    assertEquals(List.of(), ping(1, "-c 1 -W 0.2 127.255.255.255"));
  }

  @Test
  void checksumsAreThoseOfTheStandard() {
    byte[] data = {0, 1, (byte) 0xf2, 3, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
    assertEquals(~0xddf2 & 0xFFFF, EchoSocket.checksum(MemorySegment.ofArray(data)) & 0xFFFF);
    assertEquals(
        ~0x0100 & 0xFFFF, EchoSocket.checksum(MemorySegment.ofArray(new byte[] {1})) & 0xFFFF);
  }

  @Test
  void lossAndDuplicatesAreTold() {
    RoundTrips trips = new RoundTrips();
    trips.sent(1);
    trips.sent(2);
    trips.sent(3);
    assertTrue(trips.add(new EchoSocket.Echo(64, 1, -1, 1_000_000)));
    assertTrue(!trips.add(new EchoSocket.Echo(64, 1, -1, 2_000_000)));
    assertTrue(trips.areMissing());
    String summary = trips.summary();
    assertTrue(
        summary.startsWith(
            "3 packets transmitted, 1 received, +1 duplicates, 66.6667% packet loss, time "),
        summary);
    assertTrue(summary.endsWith("= 1.000/1.000/1.000/0.000 ms"), summary);
    assertEquals("0.047", RoundTrips.milliseconds(47_000));
    assertEquals("4.70", RoundTrips.milliseconds(4_700_000));
    assertEquals("47.0", RoundTrips.milliseconds(47_000_000));
    assertEquals("470", RoundTrips.milliseconds(470_000_000));
  }
}
