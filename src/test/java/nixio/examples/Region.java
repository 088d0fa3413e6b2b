package nixio.examples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A piece of an example's source, between {@code @start} and {@code @end}.
 *
 * @param className the class that it stands in
 * @param method the method that runs it, or null: it is called by another
 * @param text the lines, without indentation
 */
record Region(String className, String method, String text) {
  private static final Path FOLDER = Path.of("src/test/java/nixio/examples");
  private static final Pattern METHOD =
      Pattern.compile("  static void (\\w+)\\(PrintStream out\\).*");
  private static final Pattern START = Pattern.compile(" *// @start region=\"[a-z-]+\"");
  private static final Pattern END = Pattern.compile(" *// @end");
  private static final Pattern PRINT = Pattern.compile(" *out\\.println\\(.*?\\);(?: // (.*))?");
  private static final Pattern COMMENT = Pattern.compile(" *// (.*)");

  /** All regions of all examples. */
  static List<Region> all() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .filter(file -> file.toString().endsWith("Example.java"))
          .sorted()
          .flatMap(file -> read(file).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Region> read(Path file) {
    String className =
        Region.class.getPackageName() + "." + file.getFileName().toString().replace(".java", "");
    List<Region> found = new ArrayList<>();
    String method = null;
    StringBuilder text = null;
    for (String line : lines(file)) {
      Matcher head = METHOD.matcher(line);
      if (head.matches()) {
        method = head.group(1);
      } else if (START.matcher(line).matches()) {
        text = new StringBuilder();
      } else if (END.matcher(line).matches()) {
        found.add(new Region(className, method, text.toString().stripTrailing().stripIndent()));
        method = null;
        text = null;
      } else if (text != null) {
        text.append(line).append('\n');
      }
    }
    return found;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it says that it prints: behind each print, or in the lines below. */
  List<String> results() {
    List<String> results = new ArrayList<>();
    boolean below = false;
    for (String line : text.lines().toList()) {
      Matcher print = PRINT.matcher(line);
      Matcher comment = COMMENT.matcher(line);
      if (print.matches()) {
        below = print.group(1) == null;
        if (!below) {
          results.add(print.group(1));
        }
      } else if (below && comment.matches()) {
        results.add(comment.group(1));
      } else {
        below = false;
      }
    }
    return results;
  }

  @Override
  public String toString() {
    return className + "." + method;
  }
}
