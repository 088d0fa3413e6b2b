package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line says of itself, and of wrong arguments. */
class UsageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "tour --help", "cat --help", "cat -h", "capture --help", "ping --help"})
  void help(String line) throws Exception {
    try (Tool tool = Tool.start(line.split(" ", -1))) {
      assertEquals(0, tool.exitCode());
      assertTrue(tool.out().text().startsWith("Usage: nixio"), tool.out()::text);
      assertTrue(tool.out().text().contains("Exit codes:"), tool.out()::text);
      assertEquals("", tool.errors().text());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "cat -V"})
  void version(String line) throws Exception {
    try (Tool tool = Tool.start(line.split(" ", -1))) {
      assertEquals(0, tool.exitCode());
      assertTrue(tool.out().text().startsWith("nixio "), tool.out()::text);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--nothing | Unknown option: '--nothing'",
        "nothing | Unmatched argument",
        "tour a b | Unmatched argument",
        "tour /no/such/file | not a file that can be read: /no/such/file",
        "cat | HOST and PORT are needed",
        "cat one | HOST and PORT are needed",
        "cat a b c | HOST and PORT are needed",
        "cat -l | -l takes [HOST] PORT",
        "cat -l -p 1 a b | -l takes [HOST] PORT",
        "cat -4 -6 a 1 | mutually exclusive",
        "cat -U | -U takes one path or @name",
        "cat -U a b | -U takes one path or @name",
        "cat -U -6 a | not for UNIX sockets",
        "cat -U -u --type stream a | -u asks for datagrams",
        "cat -U --type raw a | stream, dgram, seqpacket",
        "cat --type dgram a 1 | --type is for UNIX sockets",
        "cat -w soon a 1 | 'soon' is not a number of seconds",
        "cat -q -1 a 1 | '-1' is not a number of seconds",
        "capture | Missing required parameter: 'INTERFACE'",
        "capture -c 0 lo | -c is at least 1",
        "capture -s 0 lo | -s is in 1..262144",
        "capture --ring 0 lo | --ring is in 1..4096",
        "capture --format pcap lo | --format is for -w",
        "capture -w x --format tar lo | pcapng, pcap",
        "ping | Missing required parameter: 'HOST'",
        "ping -c 0 a | -c is at least 1",
        "ping -s 65508 a | -s is in 0..65507",
        "ping -4 -6 a | mutually exclusive",
      })
  void wrong(String line, String message) throws Exception {
    try (Tool tool = Tool.start(line.split(" ", -1))) {
      assertEquals(2, tool.exitCode());
      String errors = tool.errors().text();
      assertTrue(errors.contains(message), errors);
      assertTrue(errors.contains("--help'."), errors);
      assertFalse(errors.contains("\tat "), errors);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cat 127.0.0.1 65536",
        "cat 127.0.0.1 no-such-service",
        "cat -6 127.0.0.1 1",
        "capture no-such-if",
        "ping -6 127.0.0.1"
      })
  void whatCannotBe(String line) throws Exception {
    String[] words = line.split(" ", -1);
    try (Tool tool = Tool.start(words)) {
      assertEquals(1, tool.exitCode());
      String errors = tool.errors().text();
      assertTrue(errors.startsWith("nixio " + words[0] + ": "), errors);
      assertEquals(1, errors.lines().count(), errors);
    }
  }

  @Test
  void nothing() throws Exception {
    try (Tool tool = Tool.start(new String[] {"--"})) {
      assertEquals(2, tool.exitCode());
      tool.errors().await("Missing required subcommand");
    }
  }
}
