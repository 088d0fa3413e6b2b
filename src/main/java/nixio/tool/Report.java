package nixio.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * All rows: as a table, in a sentence, and in a number.
 *
 * @param rows in the order of the table
 */
record Report(List<Row> rows) {
  private static final List<String> TITLES =
      List.of(
          "family", "type", "from", "to", "bytes", "sends", "recvs", "MB/s", "B/call", "SHA-256");

  /** From here on they are numbers, and stand at the right. */
  private static final int FIRST_NUMBER = TITLES.indexOf("bytes");

  /** Lines as wide as their widest cells. What there was nothing to count of says so instead. */
  String table() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(TITLES);
    rows.forEach(row -> lines.add(cells(row)));
    int[] widths = IntStream.range(0, TITLES.size()).map(i -> width(lines, i)).toArray();
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line(line, widths)).append(System.lineSeparator()));
    return text.toString();
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(List.of(row.kind().family(), row.kind().type()));
    if (row.link() != null) {
      cells.addAll(List.of(row.link().from().toString(), row.link().to().toString()));
    }
    if (row.measure() != null) {
      cells.addAll(numbers(row.measure()));
    }
    cells.add(row.verdict());
    return cells;
  }

  private static List<String> numbers(Crew.Measure measure) {
    return List.of(
        grouped(measure.bytes()),
        grouped(measure.sends()),
        grouped(measure.receives()),
        grouped(Math.round(measure.megabytesPerSecond())),
        measure.allocatedPerCall());
  }

  private static String grouped(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** The last cell of a line may reach as far as it likes. */
  private static int width(List<List<String>> lines, int column) {
    return lines.stream()
        .filter(line -> column < line.size() - 1)
        .mapToInt(line -> line.get(column).length())
        .max()
        .orElse(0);
  }

  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size() - 1; i++) {
      String format = (i < FIRST_NUMBER ? "%-" : "%") + widths[i] + "s  ";
      line.append(format.formatted(cells.get(i)));
    }
    return line.append(cells.getLast()).toString();
  }

  String summary() {
    return "%d arrived whole, %d differ, %d failed, %d not possible here"
        .formatted(
            count(Row.Outcome.OK),
            count(Row.Outcome.DIFFERS),
            count(Row.Outcome.FAILED),
            count(Row.Outcome.NOT_HERE));
  }

  /** A machine without IPv6 is none of our failures; one without any socket has shown nothing. */
  int exitCode() {
    boolean bad = count(Row.Outcome.DIFFERS) + count(Row.Outcome.FAILED) > 0;
    return bad || count(Row.Outcome.OK) == 0 ? 1 : 0;
  }

  private long count(Row.Outcome outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).count();
  }
}
