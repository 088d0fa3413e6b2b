package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whoever holds the same socket has the same O_NONBLOCK. Duplicates know of each other; of others,
 * such as other processes, nothing is known, and what they do to it must not make anybody wait.
 */
class DuplicateModeTest {
  /** Another holder of the same socket, whom the first does not know. */
  private static Socket stranger(Socket socket) throws IOException {
    return Socket.adopt(socket.dup().detach());
  }

  @OnBothThreads
  void duplicatesHaveOneMode(Link link) throws Exception {
    try (Socket socket = link.bound();
        Socket duplicate = socket.dup();
        Socket next = duplicate.dup()) {
      duplicate.setblocking(false);
      assertFalse(socket.isBlocking());
      assertFalse(next.isBlocking());
      socket.setblocking(true);
      assertTrue(duplicate.isBlocking());
      assertTrue(next.isBlocking());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void receivingDoesNotWait(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket stranger = stranger(pair.first().setblocking(false))) {
      stranger.setblocking(true);
      assertEquals(Socket.WOULD_BLOCK, pair.first().recv(Bytes.room(1)));
    }
  }

  /**
   * On a virtual thread only: a platform thread's accept has no flag for it, but close wakes it.
   */
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void acceptingEndsWithClose(Link link, Threads threads) throws Exception {
    Socket listener = link.listener();
    try (Socket stranger = stranger(listener.setblocking(false))) {
      stranger.setblocking(true);
      Task<Accepted> accepting = threads.start(listener::accept);
      if (threads == Threads.VIRTUAL) {
        assertNull(accepting.get());
        listener.close();
      } else {
        accepting.awaitBlocked();
        listener.close();
        assertEquals(Errno.EBADF, assertThrows(NixioException.class, accepting::get).errno());
      }
    }
  }

  /**
   * O_NONBLOCK may be gone in the moment before accept4(2), which then waits in the kernel, and
   * with it a virtual thread's carrier: so who interrupts it must not need one.
   */
  @ParameterizedTest
  @CsvSource({"TCP,PLATFORM", "TCP,VIRTUAL", "UNIX_STREAM,PLATFORM", "UNIX_STREAM,VIRTUAL"})
  void interruptsAndCloseEndAcceptThatItMakesWait(Link link, Threads threads) throws Exception {
    try (Socket stranger = link.listener()) {
      Socket listener = stranger(stranger);
      Task<Void> changing =
          Threads.PLATFORM.start(() -> {
            while (listener.isOpen()) {
              stranger.setblocking(true);
            }
            return null;
          });
      AtomicInteger ends = new AtomicInteger();
      Task<Void> accepting =
          threads.start(() -> {
            for (; ; ) {
              Errno errno = assertThrows(NixioException.class, listener::accept).errno();
              if (errno == Errno.EBADF) {
                return null;
              }
              assertEquals(Errno.EINTR, errno);
              assertTrue(Thread.interrupted());
              ends.incrementAndGet();
            }
          });
      for (int i = 0; i < 2_000; i++) {
        int before = ends.get();
        accepting.interrupt();
        Await.until("an end of accept", () -> ends.get() > before);
      }
      listener.close();
      accepting.get();
      changing.get();
    }
  }
}
