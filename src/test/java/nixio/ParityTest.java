package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.common.base.Splitter;
import com.google.common.io.Resources;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every name in the specification of nixio.Socket is here. */
class ParityTest {

  static List<String> names() throws IOException {
    return Resources.readLines(
            Resources.getResource("nixio-specification.txt"), StandardCharsets.UTF_8)
        .stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("names")
  void isHere(String line) throws IOException {
    List<String> words = Splitter.on(' ').splitToList(line);
    String name = words.get(1);
    switch (words.getFirst()) {
      case "function" -> method(Socket.class, name, false);
      case "module" -> method(Nixio.class, name, true);
      case "domain" -> assertEquals(name, Domain.of(name).toString());
      case "type" -> assertEquals(name, Type.of(name).toString());
      case "protocol" -> assertEquals(name, Protocol.of(name).toString());
      case "shutdown" -> assertNotNull(Shutdown.of(name));
      case "event" -> assertNotEquals(0, Poll.flags(name));
      case "option" -> option(name, words.get(2), words.subList(3, words.size()));
      default -> fail("what is a " + line + "?");
    }
  }

  private static void method(Class<?> type, String name, boolean isStatic) {
    assertTrue(
        Arrays.stream(type.getMethods())
            .filter(method -> method.getName().equals(name))
            .map(Method::getModifiers)
            .anyMatch(modifiers -> Modifier.isStatic(modifiers) == isStatic),
        type + " has no " + name);
  }

  /** The two names reach the row of the table, and a socket, in the ways that are allowed. */
  private static void option(String level, String name, List<String> access) throws IOException {
    Option<?> option = Option.of(level, name);
    assertEquals(level, option.level());
    assertEquals(name, option.nixioName());
    boolean get = access.contains("get");
    boolean set = access.contains("set");
    assertEquals(
        get && set ? Option.Access.BOTH : get ? Option.Access.GET : Option.Access.SET,
        option.access());

    Domain domain = level.equals("ipv6") ? Domain.INET6 : Domain.INET;
    Type type = level.equals("tcp") ? Type.STREAM : Type.DGRAM;
    try (Socket socket = Socket.open(domain, type)) {
      if (!get) {
        assertThrows(IllegalArgumentException.class, () -> socket.getopt(level, name));
        String group = domain.equals(Domain.INET) ? "239.1.2.3" : "ff02::1:3";
        asked(() -> socket.setopt(level, name, group, 1));
      } else if (!set) {
        asked(() -> socket.getopt(level, name));
        assertThrows(IllegalArgumentException.class, () -> socket.setopt(level, name, 1));
      } else {
        asked(() -> socket.setopt(level, name, socket.getopt(level, name)));
      }
    }
  }

  private interface Question {
    Object ask() throws IOException;
  }

  /** The kernel may refuse, on this socket or to this user; the library may not. */
  private static void asked(Question question) throws IOException {
    try {
      assertNotNull(question.ask());
    } catch (NixioException e) {
      assertNotEquals(Errno.EBADF.number(), e.number(), e.getMessage());
    }
  }
}
