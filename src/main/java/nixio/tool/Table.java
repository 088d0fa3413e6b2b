package nixio.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows as text, each column as wide as its widest cell. */
final class Table {
  private static final List<String> TITLES =
      List.of(
          "family",
          "type",
          "from",
          "to",
          "bytes",
          "sends",
          "receives",
          "MB/s",
          "B/call",
          "SHA-256");

  /** Bytes, sends, receives, MB/s and B/call are numbers, and stand at the right. */
  private static final int FIRST_NUMBER = 4;

  private static final int LAST_NUMBER = 8;

  private Table() {}

  static String of(List<Row> rows) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = widths(lines);
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line(line, widths)).append(System.lineSeparator()));
    return text.toString();
  }

  private static List<String> cells(Row row) {
    Measure measure = row.measure();
    List<String> cells =
        new ArrayList<>(List.of(row.kind().family(), row.kind().type(), row.from(), row.to()));
    cells.addAll(measure == null ? List.of("", "", "", "", "") : numbers(measure));
    cells.add(row.verdict());
    return cells;
  }

  private static List<String> numbers(Measure measure) {
    return List.of(
        Long.toString(measure.bytes()),
        Long.toString(measure.sends()),
        Long.toString(measure.receives()),
        Units.rate(measure.bytes(), measure.nanos()),
        measure.allocatedPerCall());
  }

  private static int[] widths(List<List<String>> lines) {
    int[] widths = new int[TITLES.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    return widths;
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      boolean number = i >= FIRST_NUMBER && i <= LAST_NUMBER;
      String format = (number ? "%" : "%-") + widths[i] + "s  ";
      line.append(String.format(Locale.ROOT, format, cells.get(i)));
    }
    return line.toString().stripTrailing();
  }
}
