package nixio.tool;

import java.util.BitSet;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** What ping counts, and the words in which it says so: those of iputils. */
final class RoundTrips {
  private static final int NUMBERS = 1 << 16;

  private final BitSet waiting = new BitSet(NUMBERS);
  private int sent;
  private int received;
  private int duplicates;
  private int errors;
  private long first;
  private long last;
  private long least = Long.MAX_VALUE;
  private long most;
  private double sum;
  private double squares;

  void sent(int sequence) {
    last = System.nanoTime();
    first = sent == 0 ? last : first;
    waiting.set(sequence & 0xFFFF);
    sent++;
  }

  /** The last could not be sent. */
  void failed() {
    errors++;
  }

  /** Whether it is the first echo of its number; others are duplicates. */
  boolean add(EchoSocket.Echo echo) {
    last = System.nanoTime();
    int sequence = echo.sequence() & 0xFFFF;
    if (!waiting.get(sequence)) {
      duplicates++;
      return false;
    }
    waiting.clear(sequence);
    received++;
    long time = echo.nanoseconds();
    least = Math.min(least, time);
    most = Math.max(most, time);
    sum += time;
    squares += (double) time * time;
    return true;
  }

  int received() {
    return received;
  }

  boolean areMissing() {
    return received + errors < sent;
  }

  /** As iputils writes a time: fewer digits behind the point, the longer it is. */
  static String milliseconds(long nanoseconds) {
    double time = nanoseconds / 1e6;
    int digits = time < 1 ? 3 : time < 10 ? 2 : time < 100 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + digits + "f", time);
  }

  String summary() {
    StringBuilder text = new StringBuilder();
    text.append(sent).append(" packets transmitted, ").append(received).append(" received");
    if (duplicates > 0) {
      text.append(", +").append(duplicates).append(" duplicates");
    }
    if (errors > 0) {
      text.append(", +").append(errors).append(" errors");
    }
    text.append(", ").append(loss()).append("% packet loss, time ");
    text.append(TimeUnit.NANOSECONDS.toMillis(last - first)).append("ms");
    if (received > 0) {
      double mean = sum / received;
      double deviation = Math.sqrt(Math.max(0, squares / received - mean * mean));
      text.append(System.lineSeparator())
          .append(
              String.format(
                  Locale.ROOT,
                  "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms",
                  least / 1e6,
                  mean / 1e6,
                  most / 1e6,
                  deviation / 1e6));
    }
    return text.toString();
  }

  private String loss() {
    String text = String.format(Locale.ROOT, "%.4f", 100.0 * (sent - received) / Math.max(1, sent));
    return text.replaceFirst("\\.?0+$", ""); // 0.0000 becomes 0
  }
}
