package nixio.io;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Platform threads for calls that block and can't be woken: getaddrinfo(3), getnameinfo(3),
 * close(2) under SO_LINGER.
 */
public final class Background {
  private static final ExecutorService THREADS =
      Executors.newCachedThreadPool(
          Thread.ofPlatform().daemon().name("nixio-background-", 0).factory());

  private Background() {}

  /** Runs a task to its end on a platform thread, also if the calling thread is interrupted. */
  public static <T> T join(Supplier<T> task) {
    return start(task).join();
  }

  /** Starts a task on a platform thread. */
  static <T> CompletableFuture<T> start(Supplier<T> task) {
    return CompletableFuture.supplyAsync(task, THREADS);
  }

  /** Runs a task on a platform thread, some time. */
  static void run(Runnable task) {
    THREADS.execute(task);
  }

  /**
   * Runs a task on a platform thread and waits for it; if the wait ends early, the task goes on.
   *
   * @throws TimeoutException if the time is up
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static <T> T get(Supplier<T> task, long nanos)
      throws TimeoutException, InterruptedException {
    try {
      return start(task).get(nanos, TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(e.getCause());
    }
  }
}
