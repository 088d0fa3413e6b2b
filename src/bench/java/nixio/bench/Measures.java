package nixio.bench;

import com.google.common.base.Splitter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What was measured, by key; as a line of a program: {@code rate=1000.0 p50=12}. */
public record Measures(Map<String, Double> values) {
  static Measures parse(String line) {
    Map<String, Double> values = new LinkedHashMap<>();
    Splitter.on(' ')
        .withKeyValueSeparator('=')
        .split(line)
        .forEach((key, value) -> values.put(key, Double.valueOf(value)));
    return new Measures(values);
  }

  /** One measure. */
  public static Measures of(String key, double value) {
    return new Measures(Map.of(key, value));
  }

  /** These, and another one. */
  public Measures with(String key, double value) {
    Map<String, Double> more = new LinkedHashMap<>(values);
    more.put(key, value);
    return new Measures(more);
  }

  /** The measure of this key; NaN if there is none. */
  public double get(String key) {
    return values.getOrDefault(key, Double.NaN);
  }

  @Override
  public String toString() {
    return values.entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
  }
}
