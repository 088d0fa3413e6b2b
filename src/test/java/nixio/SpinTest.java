package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Receives that ask again before they wait: setspin. */
class SpinTest {
  private static final Duration MOST = Duration.ofNanos(30_000);

  @Test
  void badInputIsRefused() throws Exception {
    assumeTrue(Runtime.getRuntime().availableProcessors() > 1, "one processor: nobody spins");
    try (Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      assertEquals(Duration.ZERO, socket.getspin());
      assertEquals(MOST, socket.setspin(MOST).getspin());
      assertThrows(IllegalArgumentException.class, () -> socket.setspin(MOST.plusNanos(1)));
      assertThrows(IllegalArgumentException.class, () -> socket.setspin(Duration.ofNanos(-1)));
      assertEquals(MOST, socket.getspin());
      assertEquals(Duration.ZERO, socket.setspin(Duration.ZERO).getspin());
    }
  }

  @OnBothThreads
  void messagesGoToAndFro(Link link, Threads threads) throws Exception {
    int rounds = 2000;
    try (Pair pair = link.open()) {
      pair.first().setspin(MOST);
      pair.second().setspin(MOST);
      Task<Integer> echo =
          threads.start(() -> {
            MemorySegment buffer = Bytes.room(16);
            for (int i = 0; i < rounds; i++) {
              pair.second().send(buffer, 0, pair.second().recv(buffer));
            }
            return rounds;
          });
      MemorySegment buffer = Bytes.room(16);
      for (int i = 0; i < rounds; i++) {
        pair.first().send(Bytes.of("message " + i % 10));
        assertEquals(9, pair.first().recv(buffer));
        assertEquals("message " + i % 10, Bytes.text(buffer, 9));
      }
      assertEquals(rounds, echo.get());
    }
  }

  @OnBothThreads
  void itEndsAsWithout(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.second().setspin(MOST);
      MemorySegment buffer = Bytes.room(16);
      Task<Long> waiting = threads.start(() -> socket.recv(buffer)).awaitBlocked();
      waiting.interrupt();
      assertEquals(Errno.EINTR, waiting.failure(NixioException.class).errno());
      socket.setopt(Option.SO_RCVTIMEO, Duration.ofMillis(20));
      threads.start(() -> socket.recv(buffer)).failure(SocketTimeoutException.class);
      socket.setopt(Option.SO_RCVTIMEO, Duration.ZERO);
      assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer, Msg.DONTWAIT));
      if (link.isStream()) {
        pair.first().send(Bytes.of("abc"));
        Task<Long> all = threads.start(() -> socket.recv(buffer, Msg.WAITALL)).awaitBlocked();
        pair.first().send(Bytes.of("0123456789abc"));
        assertEquals(16, all.get());
      }
      Task<Long> closing = threads.start(() -> socket.recv(buffer)).awaitBlocked();
      socket.close();
      NixioException closed = closing.failure(NixioException.class);
      assertTrue(closed.getMessage().contains("socket closed"), closed::getMessage);
    }
  }
}
