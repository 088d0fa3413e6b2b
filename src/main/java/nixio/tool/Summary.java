package nixio.tool;

import java.util.List;

/** All rows in a sentence, and in a number. */
final class Summary {
  private Summary() {}

  static String of(List<Row> rows) {
    return "%d arrived whole, %d differ, %d failed, %d not possible here"
        .formatted(
            count(rows, Outcome.OK),
            count(rows, Outcome.DIFFERS),
            count(rows, Outcome.FAILED),
            count(rows, Outcome.NOT_HERE));
  }

  /** A machine without IPv6 is none of our failures; one without any socket has shown nothing. */
  static int exitCode(List<Row> rows) {
    boolean bad = count(rows, Outcome.DIFFERS) + count(rows, Outcome.FAILED) > 0;
    return bad || count(rows, Outcome.OK) == 0 ? 1 : 0;
  }

  private static long count(List<Row> rows, Outcome outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).count();
  }
}
