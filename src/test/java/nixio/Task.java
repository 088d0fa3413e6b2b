package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import nixio.posix.Pthread;

/** A thread of a test's, which may be blocked in a call. */
final class Task<T> {
  private static final long DEADLINE_SECONDS = 30;

  private final FutureTask<T> future;
  private final Thread thread;

  private volatile Path kernel;
  private volatile long pthread;

  Task(Thread.Builder builder, Callable<T> body) {
    future = new FutureTask<>(body);
    thread = builder.name("test-task").start(this::run);
  }

  private void run() {
    if (!thread().isVirtual()) {
      try {
        kernel = Path.of("/proc").resolve(Files.readSymbolicLink(Path.of("/proc/thread-self")));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      pthread = Pthread.self();
    }
    future.run();
  }

  /** Also while the constructor has not set the field yet. */
  private Thread thread() {
    return thread == null ? Thread.currentThread() : thread;
  }

  /** What the body answers, or throws. */
  T get() throws Exception {
    return get(DEADLINE_SECONDS);
  }

  T get(long seconds) throws Exception {
    try {
      return future.get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception thrown -> throw thrown;
        case Error thrown -> throw thrown;
        default -> throw new AssertionError(e);
      }
    } catch (TimeoutException e) {
      AssertionError late = new AssertionError("no end after " + seconds + " s: " + state());
      late.setStackTrace(thread.getStackTrace());
      throw late;
    }
  }

  /** What the body throws. */
  <X extends Throwable> X failure(Class<X> type) {
    return assertThrows(type, this::get);
  }

  boolean isDone() {
    return future.isDone();
  }

  boolean hasFailed() {
    return future.state() == Future.State.FAILED;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Waits until the thread waits inside the library. */
  Task<T> awaitBlocked() throws Exception {
    Await.until(() -> "blocked in a call: " + state(), () -> future.isDone() || isBlocked());
    if (future.isDone()) {
      throw new AssertionError("did not block, but answered " + get());
    }
    return this;
  }

  private boolean isBlocked() {
    boolean parked =
        switch (thread.getState()) {
          case WAITING, TIMED_WAITING -> true;
          default -> false;
        };
    return parked ? isIn("nixio.io.") : isIn("nixio.posix.") && sleeps();
  }

  private boolean isIn(String room) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().startsWith(room));
  }

  /** Whether a platform thread sleeps in the kernel; see proc_pid_stat(5). */
  private boolean sleeps() {
    if (kernel == null) {
      return false;
    }
    try {
      String stat = Files.readString(kernel.resolve("stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'S';
    } catch (IOException e) {
      return false; // the thread has ended meanwhile: ESRCH or ENOENT
    }
  }

  /**
   * Interrupts the system call that a platform thread is blocked in, if it is, as any signal may.
   * By then the library has installed its handler.
   */
  void signal() throws Exception {
    if (!isBlocked()) {
      return;
    }
    String before = switches();
    int signal = Integer.getInteger("nixio.signal", Pthread.sigrtmax() - 4);
    assertEquals(0, Pthread.kill(pthread, signal));
    Await.until("arrival of the signal", () -> future.isDone() || !switches().equals(before));
  }

  /** How often the thread has run, as a line of proc_pid_status(5); empty after its end. */
  private String switches() {
    try (Stream<String> lines = Files.lines(kernel.resolve("status"))) {
      return lines
          .filter(line -> line.startsWith("voluntary_ctxt_switches"))
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  private String state() {
    return thread.getState() + " " + Arrays.toString(thread.getStackTrace());
  }
}
