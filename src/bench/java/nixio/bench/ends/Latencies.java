package nixio.bench.ends;

import java.util.Arrays;
import nixio.bench.Measures;

/** A histogram with 64 buckets to each power of two, as the C programs have it. */
final class Latencies {
  private static final int SUB = 64;

  private final long[] counts = new long[64 * SUB];
  private long all;

  void add(long nanos) {
    counts[bucket(nanos)]++;
    all++;
  }

  /** As many operations in that time, and their percentiles; then it is empty. */
  Measures drain(long nanos) {
    Measures measures =
        Measures.of("operations", (double) all)
            .with("rate", all * 1e9 / nanos)
            .with("p50", percentile(0.5))
            .with("p99", percentile(0.99));
    Arrays.fill(counts, 0);
    all = 0;
    return measures;
  }

  private double percentile(double part) {
    int i = 0;
    for (long seen = counts[0]; seen < part * all; seen += counts[i]) {
      i++;
    }
    return i < SUB ? i : (SUB + i % SUB + 0.5) * (1L << (i / SUB - 1));
  }

  private static int bucket(long nanos) {
    if (nanos < SUB) {
      return (int) nanos;
    }
    int shift = 63 - Long.numberOfLeadingZeros(nanos) - 6;
    return (shift + 1) * SUB + (int) ((nanos >> shift) - SUB);
  }
}
