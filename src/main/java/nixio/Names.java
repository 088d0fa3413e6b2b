package nixio;

import com.google.common.collect.ImmutableMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Look-ups by name that answer a wrong name with the right ones. */
final class Names {
  private Names() {}

  static <T> ImmutableMap<String, T> index(Function<T, String> name, List<T> values) {
    return values.stream().collect(ImmutableMap.toImmutableMap(name, value -> value));
  }

  static <T> T find(String what, Map<String, T> known, String name) {
    T found = known.get(Objects.requireNonNull(name, what));
    if (found == null) {
      throw unsupported(what, name, known.keySet());
    }
    return found;
  }

  static IllegalArgumentException unsupported(
      String what, Object given, Iterable<String> supported) {
    return new IllegalArgumentException(
        String.format(
            Locale.ROOT,
            "unsupported %s \"%s\": supported are %s",
            what,
            given,
            String.join(", ", supported)));
  }
}
