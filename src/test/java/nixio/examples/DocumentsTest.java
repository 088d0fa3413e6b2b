package nixio.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nixio.Errno;
import nixio.Option;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the documents say of the code is so. */
class DocumentsTest {
  private static final Pattern CODE = Pattern.compile("```java\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\((?!https?:)([^)#]+)(?:#[^)]*)?\\)");

  static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs)
          .filter(file -> file.toString().endsWith(".md"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void codeIsThatOfTheExamples(Path document) throws IOException {
    Set<String> tested = Region.all().stream().map(Region::text).collect(Collectors.toSet());
    for (String code : found(CODE, document)) {
      assertTrue(tested.contains(code), () -> document + " has code of no example:\n" + code);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void linksLeadToFiles(Path document) throws IOException {
    for (String link : found(LINK, document)) {
      assertTrue(Files.exists(document.resolveSibling(link)), () -> document + " links " + link);
    }
  }

  @Test
  void readmeIsShort() throws IOException {
    assertTrue(Files.readAllLines(Path.of("README.md")).size() < 120);
  }

  @Test
  void parityHasEveryOption() throws IOException {
    List<String> rows = rows(Path.of("docs/parity.md"));
    for (Option<?> option : Option.all()) {
      String names =
          String.format("| %s.%s | `%s` | ", option.level(), option.nixioName(), option.name());
      String type = String.format("%s | %s |", option.type().getSimpleName(), access(option));
      assertEquals(
          1,
          rows.stream().filter(row -> row.startsWith(names + type)).count(),
          () -> "rows that begin with " + names + type);
    }
  }

  private static String access(Option<?> option) {
    return switch (option.access()) {
      case GET -> "get";
      case SET -> "set";
      case BOTH -> "get, set";
    };
  }

  @Test
  void errorsHaveEveryErrno() throws IOException {
    List<String> rows = rows(Path.of("docs/errors.md"));
    for (Errno errno : Errno.values()) {
      String row = String.format("| %s | %d | %s |", errno, errno.number(), errno.text());
      assertTrue(rows.contains(row), () -> "no row " + row);
    }
  }

  private static List<String> rows(Path document) throws IOException {
    return Files.readAllLines(document).stream().filter(line -> line.startsWith("|")).toList();
  }

  private static List<String> found(Pattern pattern, Path document) throws IOException {
    return pattern
        .matcher(Files.readString(document))
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
