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
  @ValueSource(strings = {"--help", "tour --help", "cat --help", "cat -h"})
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
      strings = {"cat 127.0.0.1 65536", "cat 127.0.0.1 no-such-service", "cat -6 127.0.0.1 1"})
  void whatCannotBe(String line) throws Exception {
    try (Tool tool = Tool.start(line.split(" ", -1))) {
      assertEquals(1, tool.exitCode());
      String errors = tool.errors().text();
      assertTrue(errors.startsWith("nixio cat: "), errors);
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
