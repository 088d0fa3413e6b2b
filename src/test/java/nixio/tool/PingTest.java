package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import nixio.Address;
import nixio.NixioException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code nixio ping} of this machine. */
class PingTest {
  /** Where the summary has them. */
  private static final int LEAST = 4;

  private static final int AVERAGE = 5;

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
                  "64 bytes from (localhost \\()?%s\\)?: icmp_seq=%d ttl=64 time=[0-9.]+ ms"
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

  /** Beside the ping of iputils: the same lines but for the times, and these of one order. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "-c 5 -i 0.2 127.0.0.1",
        "-4 -c 5 -i 0.2 -s 1000 localhost",
        "-n -4 -c 2 -i 0.2 localhost",
        "-c 3 -i 0.2 -t 7 ::1",
        "-q -c 3 -i 0.2 127.0.0.1",
      })
  void asIputilsDoes(String line) throws Exception {
    assumeTrue(isIputils(), "no ping of iputils to compare with: install iputils-ping");
    if (line.endsWith("::1")) {
      Ipv6.require();
    }
    List<String> expected = iputils(line);
    List<String> lines = ping(0, line);
    assertEquals(withoutTimes(expected), withoutTimes(lines));
    double theirs = number(expected, AVERAGE);
    double ours = number(lines, AVERAGE);
    // compiled by and by, on a machine that has other things to do
    assertTrue(ours < 10 * theirs + 1, () -> ours + " ms, and iputils " + theirs + " ms");
    assertTrue(theirs < 10 * ours + 1, () -> ours + " ms, and iputils " + theirs + " ms");
    if (line.startsWith("-c 5")) { // it may have been interrupted in some, and not in all
      double least = number(lines, LEAST);
      double limit = 2 * number(expected, LEAST) + 0.04;
      assertTrue(least < limit, () -> least + " ms, expected less than " + limit + " ms");
    }
  }

  private static boolean isIputils() throws Exception {
    try {
      return String.join("", iputils("-V")).contains("iputils");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> iputils(String line) throws Exception {
    List<String> command = new ArrayList<>(List.of("ping"));
    command.addAll(List.of(line.split(" ", -1)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", "C");
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assumeTrue(process.waitFor() == 0, "ping of iputils said " + out);
    return out.lines().toList();
  }

  private static List<String> withoutTimes(List<String> lines) {
    return lines.stream()
        .map(line -> line.replaceFirst("time=[0-9.]+ ms", "time=T ms"))
        .map(line -> line.replaceFirst("time \\d+ms", "time T"))
        .map(line -> line.replaceFirst("[0-9./]+ ms(, pipe \\d+)?$", "T ms"))
        .toList();
  }

  private static double number(List<String> lines, int index) {
    return Double.parseDouble(lines.getLast().split("= |/", -1)[index]);
  }

  /** The echo is there at once, and looked for late: the kernel knows when it came. */
  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "::1"})
  void whatThisProcessDoesMeanwhileIsNotInTheTime(String host) throws Exception {
    if (host.equals("::1")) {
      Ipv6.require();
    }
    try (EchoSocket socket = echoes(host)) {
      EchoSocket.Echo echo = null;
      for (int i = 1; i <= 5; i++) { // the kernel begins to stamp some time after it was told to
        socket.send(i);
        Thread.sleep(200);
        do { // a raw socket hears the echoes of others too
          echo = socket.receive(Duration.ofSeconds(10));
        } while (echo == null);
        assertEquals(i, echo.sequence());
        assertEquals(64, echo.hops());
        if (echo.nanoseconds() < 100_000_000) {
          break;
        }
      }
      EchoSocket.Echo last = echo;
      assertTrue(last.nanoseconds() < 100_000_000, last::toString);
      assertTrue(last.nanoseconds() > 0, last::toString);
    }
  }

  private static EchoSocket echoes(String host) throws IOException {
    try {
      return EchoSocket.open(Address.Inet.of(host, 0), 56);
    } catch (NixioException e) {
      return abort("neither ping sockets nor raw ones: " + e.getMessage());
    }
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
