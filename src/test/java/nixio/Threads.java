package nixio;

import java.util.concurrent.Callable;

/** The two kinds of thread: each has its own way to wait in this library. */
enum Threads {
  PLATFORM,
  VIRTUAL;

  /** Starts a thread of this kind. */
  <T> Task<T> start(Callable<T> body) {
    return new Task<>(this == VIRTUAL ? Thread.ofVirtual() : Thread.ofPlatform().daemon(), body);
  }
}
