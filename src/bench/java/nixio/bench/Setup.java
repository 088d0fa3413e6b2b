package nixio.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

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

  void log(String format, Object... arguments) {
    if (verbose) {
      System.err.printf(format + "%n", arguments);
    }
  }

  /** Those of the techniques that were asked for. */
  public Map<String, Trial.Start> choose(Map<String, Trial.Start> techniques) {
    if (only.isEmpty()) {
      return techniques;
    }
    Map<String, Trial.Start> chosen = new LinkedHashMap<>();
    for (String name : only) {
      if (!techniques.containsKey(name)) {
        throw new IllegalArgumentException(name + " is none of " + techniques.keySet());
      }
      chosen.put(name, techniques.get(name));
    }
    return chosen;
  }
}
