package nixio.tool;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/**
 * Lets a command come to its end when a signal ends the process: what it waits on is closed, and
 * the process stays until the command has written what it has.
 */
final class EndOfProcess implements AutoCloseable {
  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  private volatile boolean signalled;

  EndOfProcess(Closeable waited) {
    hook = Thread.ofPlatform().name("nixio end").unstarted(() -> end(waited));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void end(Closeable waited) {
    signalled = true;
    try {
      waited.close();
      done.await();
    } catch (IOException | InterruptedException e) {
      return; // the process ends in any case
    }
  }

  /** Whether the process is ending, and the command is to. */
  boolean isNear() {
    return signalled;
  }

  /** The command has come to its end. */
  @Override
  public void close() {
    done.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      return; // the hook runs, or has
    }
  }
}
