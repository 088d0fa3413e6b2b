package nixio.tool;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Tells how far a transfer is: a person at once, anyone else when it takes long. */
final class Progress implements AutoCloseable {
  private static final String ERASE_LINE = "\r\033[K";

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("nixio-tour-progress").factory());
  private final AtomicLong position = new AtomicLong();
  private final String label;
  private final long size;
  private final StandardStreams streams;
  private volatile long base;

  Progress(String label, long size, StandardStreams streams) {
    this.label = label;
    this.size = size;
    this.streams = streams;
    long millis = streams.terminal() ? 200 : 2000;
    Future<?> _ = timer.scheduleAtFixedRate(this::show, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** The counter of the bytes that follow those before. */
  AtomicLong from(long bytes) {
    position.set(0);
    base = bytes;
    return position;
  }

  private void show() {
    long done = base + position.get();
    String line = label + ": " + (done >> 20) + " of " + (size >> 20) + " MiB";
    if (streams.terminal()) {
      streams.errors().print(ERASE_LINE + line);
    } else {
      streams.errors().println(line);
    }
    streams.errors().flush();
  }

  @Override
  public void close() {
    timer.close();
    if (streams.terminal()) {
      streams.errors().print(ERASE_LINE);
      streams.errors().flush();
    }
  }
}
