package nixio;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for what comes about in another thread or in the kernel. */
final class Await {
  private static final long DEADLINE = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE = TimeUnit.MICROSECONDS.toNanos(500);

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    until(() -> what, condition);
  }

  static void until(Supplier<String> what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    while (!condition.call()) {
      if (System.nanoTime() - start > DEADLINE) {
        throw new AssertionError("awaited in vain: " + what.get());
      }
      LockSupport.parkNanos(PAUSE);
    }
  }
}
