package nixio.bench;

import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all comparisons have in common, from the command line. */
public final class Setup {
  @Option(
      names = "--runs",
      defaultValue = "1",
      description = "How often all processes start anew (default: ${DEFAULT-VALUE}).")
  int runs;

  @Option(
      names = "--rounds",
      defaultValue = "7",
      description = "Rounds of a run: every technique works once in each (${DEFAULT-VALUE}).")
  int rounds;

  @Option(
      names = "--seconds",
      defaultValue = "2",
      description = "How long it works in a round (${DEFAULT-VALUE}).")
  double seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "How long each works before the first round (${DEFAULT-VALUE}).")
  double warmUp;

  @Option(names = "--only", split = ",", description = "The techniques to compare; all by default.")
  List<String> only = List.of();

  @Option(names = "--verbose", description = "Tells each round.")
  boolean verbose;

  @Option(names = "--write", description = "Writes docs/performance.md and its plot.")
  boolean write;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  void log(String format, Object... arguments) {
    if (verbose) {
      System.err.printf(format + "%n", arguments);
    }
  }

  /** Makes comparisons, one after the other, prints each, and writes them down if asked to. */
  public void compare(List<Comparison> comparisons) throws IOException {
    for (Comparison comparison : comparisons) {
      comparison.run(this);
      System.out.println(comparison);
    }
    if (write) {
      Report.write(
          spec.name(),
          String.join(" ", spec.root().commandLine().getParseResult().originalArgs()),
          comparisons);
    }
  }
}
