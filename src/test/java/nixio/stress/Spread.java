package nixio.stress;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/** How long something took, many times: in steps of a sixteenth. */
final class Spread {
  private static final int STEPS = 16;
  private static final long MANY = 5;

  private final AtomicLongArray counts = new AtomicLongArray(64 * STEPS);
  private final AtomicLong most = new AtomicLong();

  void add(long nanos) {
    long micros = TimeUnit.NANOSECONDS.toMicros(Math.max(0, nanos));
    counts.incrementAndGet(step(micros));
    most.accumulateAndGet(micros, Math::max);
  }

  private static int step(long micros) {
    if (micros < STEPS) {
      return (int) micros;
    }
    int power = 63 - Long.numberOfLeadingZeros(micros);
    return (power - 3) * STEPS + (int) (micros >>> (power - 4)) - STEPS;
  }

  private static long value(int step) {
    return step < STEPS ? step : (long) (step % STEPS + STEPS) << (step / STEPS - 1);
  }

  private double millis(double part) {
    long left = (long) Math.ceil(count() * part);
    int step = 0;
    while (step < counts.length() - 1 && (left -= counts.get(step)) > 0) {
      step++;
    }
    return value(step) / 1000.0;
  }

  /** Whether half of many took longer. */
  boolean isMostly(Duration longer) {
    return count() >= MANY && millis(0.5) > longer.toMillis();
  }

  private long count() {
    return IntStream.range(0, counts.length()).mapToLong(counts::get).sum();
  }

  @Override
  public String toString() {
    return "%,d, p50 %.2f ms, p99 %.2f ms, max %.2f ms"
        .formatted(count(), millis(0.5), millis(0.99), most.get() / 1000.0);
  }
}
