package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Sends that the kernel does not copy: ZeroCopy. */
class ZeroCopyTest {
  private static final int ROOM = 100_000;

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void everyByteArrivesAndEverySendEnds(Link link, Threads threads) throws Exception {
    int rounds = 50;
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 3, ROOM)) {
      Task<Long> receiving =
          threads.start(() -> {
            MemorySegment into = Bytes.room(ROOM);
            for (int i = 0; i < rounds; i++) {
              assertEquals(ROOM, pair.second().recvall(into));
              for (long at = 0; at < ROOM; at++) {
                assertEquals((byte) i, into.get(ValueLayout.JAVA_BYTE, at));
              }
            }
            return (long) rounds;
          });
      for (int i = 0; i < rounds; i++) {
        MemorySegment buffer = sender.take();
        sender.send(buffer.fill((byte) i), ROOM);
        assertThrows(IllegalStateException.class, () -> buffer.fill((byte) 0));
      }
      receiving.get();
      sender.finish();
      assertEquals(0, sender.underWay());
      assertTrue(sender.done() >= rounds, sender::toString);
      assertEquals(sender.done(), sender.copied(), "the loopback copies");
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void datagramsGoToo(Link link) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 2, 1000)) {
      for (int i = 0; i < 10; i++) {
        sender.send(sender.take().fill((byte) i), 1000);
        MemorySegment into = Bytes.room(2000);
        assertEquals(1000, pair.second().recv(into));
        assertEquals(i, into.get(ValueLayout.JAVA_BYTE, 999));
      }
      sender.finish();
      assertEquals(10, sender.done());
    }
  }

  @OnBothThreads(links = Link.TCP)
  void aBufferComesBackWhenTheKernelIsDone(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, ROOM)) {
      sender.send(sender.take().fill((byte) 1), ROOM);
      Task<MemorySegment> taking =
          threads.start(() -> {
            MemorySegment next = sender.take();
            sender.send(next.fill((byte) 2), ROOM);
            return next;
          });
      MemorySegment into = Bytes.room(2 * ROOM);
      assertEquals(2 * ROOM, pair.second().recvall(into));
      taking.get();
      assertEquals(1, into.get(ValueLayout.JAVA_BYTE, ROOM - 1));
      assertEquals(2, into.get(ValueLayout.JAVA_BYTE, ROOM));
    }
  }

  @OnBothThreads(links = Link.TCP)
  void whatThePeerDoesNotReceiveIsAwaited(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, 4_000_000)) {
      pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
      MemorySegment buffer = sender.take();
      SocketTimeoutException late =
          assertThrows(SocketTimeoutException.class, () -> sender.send(buffer, 4_000_000));
      assertTrue(late.bytesTransferred > 0, late::getMessage);
      assertThrows(IllegalStateException.class, () -> buffer.fill((byte) 0));
      threads.start(() -> sender.take(Duration.ofMillis(20))).failure(SocketTimeoutException.class);
      threads
          .start(() -> {
            sender.finish(Duration.ofMillis(20));
            return 0;
          })
          .failure(SocketTimeoutException.class);
      Task<MemorySegment> waiting = threads.start(() -> sender.take()).awaitBlocked();
      assertThrows(IllegalStateException.class, sender::close);
      waiting.interrupt();
      assertEquals(Errno.EINTR, waiting.failure(NixioException.class).errno());
      Task<MemorySegment> again = threads.start(() -> sender.take()).awaitBlocked();
      pair.first().close();
      assertEquals(Errno.EBADF, again.failure(NixioException.class).errno());
    }
  }

  @Test
  void memoryThatIsStillUnderWayIsSentAsItWas() throws Exception {
    int size = 3_000_000;
    try (Pair pair = Link.TCP.open()) {
      long sent;
      try (ZeroCopy sender = ZeroCopy.of(pair.first(), 1, size)) {
        pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
        MemorySegment buffer = sender.take().fill((byte) 7);
        sent =
            assertThrows(SocketTimeoutException.class, () -> sender.send(buffer, size))
                .bytesTransferred;
        assertTrue(sender.underWay() > 0, sender::toString);
      }
      pair.first().shutdown(Shutdown.WR);
      MemorySegment into = Bytes.room(size);
      assertEquals(sent, pair.second().recvall(into));
      for (long at = 0; at < sent; at++) {
        assertEquals(7, into.get(ValueLayout.JAVA_BYTE, at));
      }
    }
  }

  @Test
  void takenBuffersAreProtected() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      ZeroCopy sender = ZeroCopy.of(pair.first(), 2, 100);
      MemorySegment mine = sender.take();
      Task<MemorySegment> taking = Threads.PLATFORM.start(() -> sender.take());
      MemorySegment theirs = taking.get();
      assertThrows(IllegalStateException.class, () -> sender.take());
      assertThrows(WrongThreadException.class, () -> theirs.fill((byte) 0));
      assertThrows(WrongThreadException.class, () -> sender.send(theirs, 1));
      assertThrows(IllegalStateException.class, sender::close);
      mine.fill((byte) 1);
      assertThrows(IndexOutOfBoundsException.class, () -> sender.send(mine, 101));
      assertThrows(IndexOutOfBoundsException.class, () -> sender.send(mine, 0));
      assertThrows(IllegalArgumentException.class, () -> sender.send(Bytes.room(100), 1));
      sender.send(mine, 100);
      assertThrows(IllegalStateException.class, () -> sender.send(mine, 100));
    }
  }

  @Test
  void closeTakesOnesOwnBuffersAway() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      ZeroCopy sender = ZeroCopy.of(pair.first(), 2, 100);
      MemorySegment mine = sender.take();
      sender.close();
      sender.close();
      assertThrows(IllegalStateException.class, () -> mine.fill((byte) 0));
      assertThrows(IllegalStateException.class, () -> sender.take());
      assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.first(), 1, 1));
      assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.second(), 0, 1));
      assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.second(), 1, 0));
    }
    try (Pair pair = Link.UNIX_STREAM.open()) {
      NixioException refused =
          assertThrows(NixioException.class, () -> ZeroCopy.of(pair.first(), 1, 1));
      assertTrue(refused.getMessage().contains("SO_ZEROCOPY"), refused::getMessage);
    }
  }

  @OnBothThreads(links = Link.TCP)
  void aNonBlockingSocketIsWaitedForToo(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, 2_000_000)) {
      pair.first().setblocking(false);
      Task<Long> task =
          threads.start(() -> {
            sender.send(sender.take().fill((byte) 5), 2_000_000);
            return 0L;
          });
      MemorySegment into = Bytes.room(2_000_000);
      assertEquals(2_000_000, pair.second().recvall(into));
      task.get();
      assertEquals(5, into.get(ValueLayout.JAVA_BYTE, 1_999_999));
    }
  }
}
