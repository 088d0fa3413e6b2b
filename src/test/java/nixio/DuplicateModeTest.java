package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;

/** A duplicate has the same O_NONBLOCK: what it does to it must not make the other wait. */
class DuplicateModeTest {
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void receivingDoesNotWait(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket duplicate = pair.first().setblocking(false).dup()) {
      duplicate.setblocking(true);
      assertEquals(Socket.WOULD_BLOCK, pair.first().recv(Bytes.room(1)));
    }
  }

  /**
   * On a virtual thread only: a platform thread's accept has no flag for it, but close wakes it.
   */
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void acceptingEndsWithClose(Link link, Threads threads) throws Exception {
    Socket listener = link.listener();
    try (Socket duplicate = listener.setblocking(false).dup()) {
      duplicate.setblocking(true);
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

  /** O_NONBLOCK may be gone in the moment before accept4(2), which then waits in the kernel. */
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void interruptsAndCloseEndAcceptThatItMakesWait(Link link, Threads threads) throws Exception {
    try (Socket duplicate = link.listener()) {
      Socket listener = duplicate.dup();
      Task<Void> changing =
          Threads.PLATFORM.start(() -> {
            while (listener.isOpen()) {
              duplicate.setblocking(true);
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
