package nixio.it.peer;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;

/** What stands behind a command, taken one after the other. */
final class Arguments {
  private final Iterator<String> rest;

  Arguments(List<String> arguments) {
    rest = arguments.iterator();
  }

  String text() {
    return rest.next();
  }

  /** Null for an empty one. */
  String textOrNull() {
    String text = text();
    return text.isEmpty() ? null : text;
  }

  int number() {
    return Integer.parseInt(text());
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(text());
  }

  /** All that are left. */
  List<String> texts() {
    List<String> texts = new ArrayList<>();
    rest.forEachRemaining(texts::add);
    return texts;
  }

  /** All that are left; whole numbers as such. */
  Object[] values() {
    return texts().stream().map(Arguments::value).toArray();
  }

  private static Object value(String text) {
    return text.matches("-?\\d{1,18}") ? (Object) Long.valueOf(text) : text;
  }
}
