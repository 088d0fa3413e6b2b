package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** A call on a socket whose mode somebody else changes meanwhile. */
class ModeRaceTest {
  private static final long LONG = TimeUnit.SECONDS.toNanos(3);

  /**
   * It has found nothing while the socket was non-blocking: an answer, whatever the mode is now.
   */
  @OnBothThreads(links = {Link.TCP, Link.UDP, Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void anAnswerIsNoExceptionThoughTheModeHasChanged(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(1));
      AtomicBoolean over = new AtomicBoolean();
      Task<Void> changing =
          Threads.PLATFORM.start(() -> { // a virtual one would keep its carrier from others
            while (!over.get()) {
              socket.setblocking(false);
              socket.setblocking(true);
            }
            return null;
          });
      MemorySegment room = Bytes.room(1);
      int answers = 0;
      long start = System.nanoTime();
      while (answers < 20_000 && System.nanoTime() - start < LONG) {
        try {
          assertEquals(Socket.WOULD_BLOCK, socket.recv(room));
          answers++;
        } catch (SocketTimeoutException e) {
          // it was blocking
        }
      }
      over.set(true);
      changing.get();
    }
  }
}
