package nixio.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Techniques side by side: all are started, and in every round each works once, so that what
 * disturbs the machine disturbs all. A ratio is taken in each round; their median is the result.
 */
public final class Comparison {
  private final String title;
  private final List<Metric> metrics;
  private final Map<String, Trial.Start> techniques = new LinkedHashMap<>();
  private final Map<String, List<Measures>> rounds = new LinkedHashMap<>();

  public Comparison(String title, List<Metric> metrics) {
    this.title = title;
    this.metrics = metrics;
  }

  /** With a technique; the first is the one that the others are compared with. */
  public Comparison with(String technique, Trial.Start start) {
    techniques.put(technique, start);
    return this;
  }

  /** Runs them all, {@code runs} times in new processes. */
  void run(Setup setup) throws IOException {
    if (!setup.only.isEmpty()) {
      techniques.keySet().retainAll(setup.only);
    }
    for (int run = 0; run < setup.runs; run++) {
      Map<String, Trial> trials = new LinkedHashMap<>();
      try {
        for (Map.Entry<String, Trial.Start> technique : techniques.entrySet()) {
          Trial trial = technique.getValue().start();
          trials.put(technique.getKey(), trial);
          trial.round(setup.warmUp);
        }
        for (int round = 0; round < setup.rounds; round++) {
          for (Map.Entry<String, Trial> trial : trials.entrySet()) {
            Measures measures = trial.getValue().round(setup.seconds);
            rounds.computeIfAbsent(trial.getKey(), _ -> new ArrayList<>()).add(measures);
            setup.log("%s, %s: %s", title, trial.getKey(), measures);
          }
        }
      } finally {
        for (Trial trial : trials.values()) {
          trial.close();
        }
      }
    }
  }

  String title() {
    return title;
  }

  List<Metric> metrics() {
    return metrics;
  }

  Set<String> techniques() {
    return techniques.keySet();
  }

  /** The technique that the others are compared with. */
  String first() {
    return techniques().iterator().next();
  }

  /** The median of what a technique measured. */
  double median(String technique, Metric metric) {
    return median(rounds.get(technique).stream().mapToDouble(m -> m.get(metric.key())).toArray());
  }

  /** The median of the ratios of two techniques, round by round. */
  double ratio(String technique, String other, Metric metric) {
    double[] ratios = new double[rounds.get(technique).size()];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] =
          rounds.get(technique).get(i).get(metric.key())
              / rounds.get(other).get(i).get(metric.key());
    }
    return median(ratios);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** A table for the eye: medians, and the ratios of the first technique to each of the others. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(title).append('\n');
    for (Metric metric : metrics) {
      text.append(String.format("  %s, %s%n", metric.text(), metric.unit()));
      for (String technique : techniques()) {
        text.append(
            String.format(
                "    %-16s %14.1f   %s / it = %.2f%n",
                technique, median(technique, metric), first(), ratio(first(), technique, metric)));
      }
    }
    return text.toString();
  }
}
