package nixio.bench.packets;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import nixio.bench.Measures;
import nixio.bench.Parent;

/** What the readers of packets have in common: they read for a while when they are asked. */
final class Reading {
  static final int PROTOCOL = 0x88B5;

  /** Of the reading thread alone: the compiler goes on for long where little is done a second. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private Reading() {}

  /** One way to read. */
  @FunctionalInterface
  interface Way {
    /**
     * Reads until the time has come, of System.nanoTime.
     *
     * @param opened to be told when it has made ready, and is about to read
     * @return how many packets, and the sum of all their bytes
     */
    long[] until(long end, Runnable opened) throws IOException;
  }

  static void serve(Way way) throws Exception {
    Parent.serve(
        Measures.of("ready", 1),
        question -> {
          long millis = Long.parseLong(question.substring(question.indexOf(' ') + 1));
          long[] before = new long[1];
          long[] read =
              way.until(
                  System.nanoTime() + millis * 1_000_000,
                  () -> before[0] = THREADS.getCurrentThreadCpuTime());
          long cpu = THREADS.getCurrentThreadCpuTime() - before[0];
          double packets = Math.max(1, read[0]);
          return Measures.of("packets", packets)
              .with("cpu", cpu / packets)
              .with("sum", read[1] / packets);
        });
  }
}
