package nixio.traces;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts verdicts, and keeps the reasons of those that are not simply as recorded. */
final class Tally {

  private final Map<Verdict, Integer> counts = new EnumMap<>(Verdict.class);
  private final Map<Verdict, Map<String, Integer>> reasons = new EnumMap<>(Verdict.class);
  private final List<String> failures = new ArrayList<>();

  synchronized void add(Verdict verdict, String reason) {
    counts.merge(verdict, 1, Integer::sum);
    if (verdict == Verdict.FAILED) {
      failures.add(reason);
    } else {
      reasons.computeIfAbsent(verdict, _ -> new TreeMap<>()).merge(reason, 1, Integer::sum);
    }
  }

  synchronized int count(Verdict verdict) {
    return counts.getOrDefault(verdict, 0);
  }

  synchronized List<String> failures() {
    return List.copyOf(failures);
  }

  /** The line that stands for the whole run. */
  String summary() {
    return "traces: %d steps as recorded, %d deliberate differences, %d not covered, %d failed"
        .formatted(
            count(Verdict.RECORDED),
            count(Verdict.DIFFERENT),
            count(Verdict.NOT_COVERED),
            count(Verdict.FAILED));
  }

  /** Each reason and how often it was given. */
  synchronized String details() {
    StringBuilder text = new StringBuilder();
    reasons.forEach((verdict, counted) -> {
      if (verdict != Verdict.RECORDED) {
        counted.forEach(
            (reason, count) -> text.append("%4d %s: %s%n".formatted(count, verdict, reason)));
      }
    });
    return text.toString();
  }
}
