package nixio.it.peer;

import java.util.ArrayList;
import java.util.List;

/** Fields in a line, with tabs between them. */
public final class Line {
  private Line() {}

  /** The line of fields, without its end. */
  public static String of(List<String> fields) {
    StringBuilder line = new StringBuilder();
    String separator = "";
    for (String field : fields) {
      line.append(separator);
      field
          .chars()
          .forEach(c -> {
            switch (c) {
              case '\\' -> line.append("\\\\");
              case '\t' -> line.append("\\t");
              case '\n' -> line.append("\\n");
              default -> line.append((char) c);
            }
          });
      separator = "\t";
    }
    return line.toString();
  }

  /** The fields of a line. */
  public static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\t') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\\') {
        char escaped = line.charAt(++i);
        field.append(escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
