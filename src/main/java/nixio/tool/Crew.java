package nixio.tool;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Two threads, one at each end of a link. Platform threads: of others no JVM counts the
 * allocations.
 */
final class Crew implements AutoCloseable {
  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          2, Thread.ofPlatform().daemon().name("nixio-tour-", 1).factory());

  /**
   * What both sides did and what it cost.
   *
   * @param bytes how many went through
   * @param sends calls on the sending side, acknowledgements included
   * @param receives calls on the receiving side, likewise
   * @param nanos from the first send to the last receive
   * @param allocated bytes of heap taken by both threads; NaN if this JVM doesn't tell
   */
  record Measure(long bytes, long sends, long receives, long nanos, double allocated) {
    static final Measure NOTHING = new Measure(0, 0, 0, 0, 0);

    Measure plus(Measure next) {
      return new Measure(
          bytes + next.bytes,
          sends + next.sends,
          receives + next.receives,
          nanos + next.nanos,
          allocated + next.allocated);
    }

    /** Millions of bytes in a second. */
    double megabytesPerSecond() {
      return nanos == 0 ? 0 : bytes * 1e3 / nanos;
    }

    /** Of both sides; zero is told from almost zero. */
    String allocatedPerCall() {
      if (Double.isNaN(allocated)) {
        return "n/a";
      }
      return allocated == 0
          ? "0"
          : String.format(Locale.ROOT, "%.2f", allocated / (sends + receives));
    }
  }

  /** What one side did; the times are System.nanoTime's. */
  private record Side(long calls, long start, long end, double allocated) {}

  /** Runs both legs at once. If one fails the link is closed, which ends the other too. */
  Measure run(Link link, long bytes, Traffic.Leg sending, Traffic.Leg receiving)
      throws IOException {
    CompletionService<Side> both = new ExecutorCompletionService<>(threads);
    Future<Side> receiver = both.submit(() -> measured(receiving));
    Future<Side> sender = both.submit(() -> measured(sending));
    try {
      awaitFirst(both, link);
      both.take().get();
      return measure(bytes, sender.resultNow(), receiver.resultNow());
    } catch (InterruptedException e) {
      link.close();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static void awaitFirst(CompletionService<Side> both, Link link)
      throws IOException, InterruptedException, ExecutionException {
    try {
      both.take().get();
    } catch (ExecutionException e) {
      link.close();
      // It must be over before its memory goes; how it ends follows from the failure at hand.
      Future<?> _ = both.take();
      throw e;
    }
  }

  private static Side measured(Traffic.Leg leg) throws IOException {
    long start = System.nanoTime();
    double before = allocated();
    long calls = leg.run();
    double after = allocated();
    return new Side(calls, start, System.nanoTime(), after - before);
  }

  private static Measure measure(long bytes, Side sender, Side receiver) {
    return new Measure(
        bytes,
        sender.calls,
        receiver.calls,
        receiver.end - sender.start,
        sender.allocated + receiver.allocated);
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      default -> new IOException(e.getCause());
    };
  }

  /** Bytes of heap that the current thread has taken so far, or NaN. */
  private static double allocated() {
    try {
      return Meter.allocated();
    } catch (LinkageError e) {
      // jdk.management is an optional module: a small run-time image may lack it.
      return Double.NaN;
    }
  }

  /** A class of its own, so that the rest loads without jdk.management. */
  private static final class Meter {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    static double allocated() {
      return THREADS.isThreadAllocatedMemorySupported() && THREADS.isThreadAllocatedMemoryEnabled()
          ? THREADS.getCurrentThreadAllocatedBytes()
          : Double.NaN;
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
