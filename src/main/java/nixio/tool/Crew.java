package nixio.tool;

import java.io.IOException;
import java.io.InterruptedIOException;
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
  private final AllocationMeter meter;

  Crew(AllocationMeter meter) {
    this.meter = meter;
  }

  /** Runs both legs at once. If one fails the link is closed, which ends the other too. */
  Measure run(Link link, long bytes, Leg sending, Leg receiving) throws IOException {
    CompletionService<MeasuredLeg.Result> both = new ExecutorCompletionService<>(threads);
    Future<MeasuredLeg.Result> receiver = both.submit(new MeasuredLeg(receiving, meter));
    Future<MeasuredLeg.Result> sender = both.submit(new MeasuredLeg(sending, meter));
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

  private static void awaitFirst(CompletionService<MeasuredLeg.Result> both, Link link)
      throws IOException, InterruptedException {
    try {
      both.take().get();
    } catch (ExecutionException e) {
      link.close();
      // It must be over before its memory goes; how it ends follows from the failure at hand.
      Future<?> _ = both.take();
      throw failure(e);
    }
  }

  private static Measure measure(
      long bytes, MeasuredLeg.Result sender, MeasuredLeg.Result receiver) {
    boolean known =
        sender.allocated() != AllocationMeter.UNKNOWN
            && receiver.allocated() != AllocationMeter.UNKNOWN;
    return new Measure(
        bytes,
        sender.calls(),
        receiver.calls(),
        receiver.end() - sender.start(),
        known ? sender.allocated() + receiver.allocated() : AllocationMeter.UNKNOWN);
  }

  private static IOException failure(ExecutionException e) {
    return switch (e.getCause()) {
      case IOException io -> io;
      case RuntimeException bug -> throw bug;
      case Error error -> throw error;
      default -> new IOException(e.getCause());
    };
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
