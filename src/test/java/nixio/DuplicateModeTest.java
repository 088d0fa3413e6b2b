package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
}
