package nixio.bench;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * docs/performance.md: each command owns what stands between its two marks there; the rest is
 * written by hand.
 */
final class Report {
  private static final Path DOCUMENT = Path.of("docs", "performance.md");
  private static final Path PLOTS = Path.of("docs", "performance");

  private Report() {}

  /**
   * Writes down what a command has found.
   *
   * @param name the command's, which stands in the marks
   * @param arguments all of them, to repeat it
   */
  static void write(String name, String arguments, List<Comparison> comparisons)
      throws IOException {
    Files.createDirectories(PLOTS);
    Plot.write(PLOTS.resolve(name + ".svg"), comparisons);
    String text = Files.readString(DOCUMENT);
    String begin = "<!-- bench " + name + " -->\n";
    String end = "<!-- end -->";
    int from = text.indexOf(begin);
    int to = text.indexOf(end, from);
    if (from < 0 || to < 0) {
      throw new IOException(DOCUMENT + " lacks the marks: " + begin + end);
    }
    String section =
        """
        ```sh
        mvn -q -Pbench test-compile exec:exec -Dbench.args="%s"
        ```

        %s
        ![%s](performance/%s.svg)

        """
            .formatted(arguments, table(comparisons), name, name);
    Files.writeString(DOCUMENT, text.substring(0, from) + begin + section + text.substring(to));
  }

  private static String table(List<Comparison> comparisons) {
    Set<String> techniques = techniques(comparisons);
    StringBuilder table = new StringBuilder();
    table.append(row("", techniques.stream()));
    table.append(row("---", techniques.stream().map(_ -> "---:")));
    for (Comparison comparison : comparisons) {
      table.append(row("**" + comparison.title() + "**", techniques.stream().map(_ -> "")));
      for (Metric metric : comparison.metrics()) {
        String title = metric.isRatio() ? metric.text() : metric.text() + ", " + metric.unit();
        table.append(row(title, techniques.stream().map(t -> cell(comparison, t, metric))));
      }
    }
    return table.toString();
  }

  private static String row(String title, Stream<String> cells) {
    return Stream.concat(Stream.of(title), cells).collect(joining(" | ", "| ", " |\n"));
  }

  private static String cell(Comparison comparison, String technique, Metric metric) {
    if (!comparison.techniques().contains(technique)) {
      return "";
    }
    return metric.isRatio()
        ? "%.2f".formatted(comparison.ratio(comparison.first(), technique, metric))
        : "%.0f".formatted(comparison.median(technique, metric));
  }

  static Set<String> techniques(List<Comparison> comparisons) {
    Set<String> techniques = new LinkedHashSet<>();
    comparisons.forEach(comparison -> techniques.addAll(comparison.techniques()));
    return techniques;
  }
}
