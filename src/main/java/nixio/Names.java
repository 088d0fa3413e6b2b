package nixio;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Look-ups by name that answer a wrong name with the right ones. */
final class Names {
  private Names() {}

  /** Looked up one after another: there are few, and no index has to be made at start-up. */
  static <T> T find(String what, List<T> known, String name) {
    Objects.requireNonNull(name, what);
    for (T each : known) {
      if (each.toString().equals(name)) {
        return each;
      }
    }
    throw unsupported(what, name, known.stream().map(Object::toString).toList());
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
