package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import nixio.posix.Limits;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sends that the kernel does not copy: ZeroCopy. */
@Execution(ExecutionMode.SAME_THREAD)
@ResourceLock(ZeroCopyTest.PINNED) // what one test pins, another may not
class ZeroCopyTest {
  /** Pages that count against the user's RLIMIT_MEMLOCK. */
  static final String PINNED = "pinned memory";

  private static final int ROOM = 100_000;
  private static final int MUCH = 1_000_000;

  @BeforeAll
  static void mayPinMemory() {
    String most = Limits.lockedMemory();
    assumeTrue(
        Capability.CAP_IPC_LOCK.isHeld()
            || most.equals("unlimited")
            || Long.parseLong(most) >= 1 << 16,
        () -> "needs CAP_IPC_LOCK, or RLIMIT_MEMLOCK of 64 KiB: it is " + most);
  }

  /** A task that sends, whose failure the peer sees: it would wait for ever otherwise. */
  private static Task<Long> sending(Threads threads, Pair pair, Sends work) {
    return threads.start(() -> {
      try {
        work.send();
        return 0L;
      } catch (Throwable t) {
        pair.first().close();
        throw t;
      }
    });
  }

  private interface Sends {
    void send() throws IOException;
  }

  /** Of which little is under way at a time. */
  private static Pair narrow(Link link) throws IOException {
    Pair pair = link.open();
    pair.first().setopt(Option.SO_SNDBUF, 1 << 16);
    pair.second().setopt(Option.SO_RCVBUF, 1 << 16);
    return pair;
  }

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

  /** The kernel counts these failures as sends, and tells that it is done with them. */
  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aDatagramThatIsRefusedLateKeepsTheCount(Link link) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, 10_000)) {
      MemorySegment into = Bytes.room(2000);
      MemorySegment buffer = sender.take();
      for (int i = 1; i <= 3; i++) {
        pair.first().setopt(Option.UDP_SEGMENT, 1); // of which there would be too many
        MemorySegment mine = buffer;
        NixioException refused =
            assertThrows(NixioException.class, () -> sender.send(mine, 10_000));
        assertEquals(Errno.EINVAL, refused.errno());
        assertTrue(refused.getMessage().contains("segments of 1 bytes"), refused::getMessage);
        pair.first().setopt(Option.UDP_SEGMENT, 0);
        sender.send(buffer.fill((byte) i), 1000);
        assertEquals(1000, pair.second().recv(into));
        assertEquals(i, into.get(ValueLayout.JAVA_BYTE, 999));
        sender.finish(Duration.ofSeconds(2));
        assertEquals(i, sender.done());
        assertEquals(i, sender.copied(), "the refused ones are not copied, and not counted");
        buffer = sender.take();
      }
    }
  }

  @OnBothThreads(links = Link.TCP)
  void aBufferComesBackWhenTheKernelIsDone(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, ROOM)) {
      sender.send(sender.take().fill((byte) 1), ROOM);
      Task<Long> taking =
          sending(threads, pair, () -> sender.send(sender.take().fill((byte) 2), ROOM));
      MemorySegment into = Bytes.room(2 * ROOM);
      assertEquals(2 * ROOM, pair.second().recvall(into));
      taking.get();
      assertEquals(1, into.get(ValueLayout.JAVA_BYTE, ROOM - 1));
      assertEquals(2, into.get(ValueLayout.JAVA_BYTE, ROOM));
    }
  }

  @OnBothThreads(links = Link.TCP)
  void whatThePeerDoesNotReceiveIsAwaited(Link link, Threads threads) throws Exception {
    try (Pair pair = narrow(link);
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, MUCH)) {
      pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
      MemorySegment buffer = sender.take();
      SocketTimeoutException late =
          assertThrows(SocketTimeoutException.class, () -> sender.send(buffer, MUCH));
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
    try (Pair pair = narrow(Link.TCP)) {
      long sent;
      try (ZeroCopy sender = ZeroCopy.of(pair.first(), 1, MUCH)) {
        pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
        MemorySegment buffer = sender.take().fill((byte) 7);
        sent =
            assertThrows(SocketTimeoutException.class, () -> sender.send(buffer, MUCH))
                .bytesTransferred;
        assertTrue(sender.underWay() > 0, sender::toString);
      }
      pair.first().shutdown(Shutdown.WR);
      MemorySegment into = Bytes.room(MUCH);
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
      CompletableFuture<MemorySegment> taken = new CompletableFuture<>();
      CompletableFuture<Void> end = new CompletableFuture<>();
      Task<Void> taking =
          Threads.PLATFORM.start(() -> {
            taken.complete(sender.take());
            return end.join();
          });
      MemorySegment theirs = taken.join();
      assertThrows(IllegalStateException.class, () -> sender.take());
      assertThrows(WrongThreadException.class, () -> theirs.fill((byte) 0));
      assertThrows(WrongThreadException.class, () -> sender.send(theirs, 1));
      assertThrows(IllegalStateException.class, sender::close);
      MemorySegment part = mine.asSlice(0, 99);
      assertThrows(IllegalArgumentException.class, () -> sender.send(part, 99));
      mine.fill((byte) 1);
      assertThrows(IndexOutOfBoundsException.class, () -> sender.send(mine, 101));
      assertThrows(IndexOutOfBoundsException.class, () -> sender.send(mine, 0));
      assertThrows(IllegalArgumentException.class, () -> sender.send(Bytes.room(100), 1));
      sender.send(mine, 100);
      assertThrows(IllegalStateException.class, () -> sender.send(mine, 100));
      end.complete(null);
      taking.get();
      Await.until("a taker that has ended", () -> isClosed(sender));
    }
  }

  private static boolean isClosed(ZeroCopy sender) {
    try {
      sender.close();
      return true;
    } catch (IllegalStateException e) {
      return false;
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
      assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.second(), 0, 1));
      assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.second(), 1, 0));
    }
    try (Pair pair = Link.UNIX_STREAM.open()) {
      NixioException refused =
          assertThrows(NixioException.class, () -> ZeroCopy.of(pair.first(), 1, 1));
      assertTrue(refused.getMessage().contains("SO_ZEROCOPY"), refused::getMessage);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UDP})
  void oneGoesOnWhereAnotherHasEnded(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      for (int i = 0; i < 3; i++) {
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, 100);
        assertThrows(IllegalArgumentException.class, () -> ZeroCopy.of(pair.first(), 1, 1));
        sending(threads, pair, () -> sender.send(sender.take(), 100)).get();
        assertEquals(100, pair.second().recv(Bytes.room(100)));
        sender.finish(Duration.ofSeconds(30));
        assertEquals(1, sender.done());
        sender.close();
        assertFalse(pair.first().getopt(Option.SO_ZEROCOPY));
      }
    }
  }

  @OnBothThreads(links = Link.TCP)
  void anInterruptTellsHowMuchWent(Link link, Threads threads) throws Exception {
    for (boolean blocking : new boolean[] {true, false}) {
      try (Pair pair = narrow(link);
          ZeroCopy sender = ZeroCopy.of(pair.first(), 1, MUCH)) {
        pair.first().setblocking(blocking);
        Task<Long> task = sending(threads, pair, () -> sender.send(sender.take(), MUCH));
        task.awaitBlocked().interrupt();
        NixioException ended = task.failure(NixioException.class);
        assertEquals("send", ended.operation());
        assertEquals(Errno.EINTR, ended.errno());
        assertEquals(pair.second().recvall(Bytes.room(MUCH)), ended.transferred());
      }
    }
  }

  @OnBothThreads(links = Link.TCP)
  void aNonBlockingSocketIsWaitedForToo(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, MUCH)) {
      pair.first().setblocking(false);
      Task<Long> task =
          sending(threads, pair, () -> sender.send(sender.take().fill((byte) 5), MUCH));
      MemorySegment into = Bytes.room(MUCH);
      assertEquals(MUCH, pair.second().recvall(into));
      task.get();
      assertEquals(5, into.get(ValueLayout.JAVA_BYTE, MUCH - 1));
    }
  }

  @OnBothThreads(links = Link.TCP)
  void aNonBlockingSocketIsWaitedForUpToItsTimeOut(Link link, Threads threads) throws Exception {
    try (Pair pair = narrow(link);
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, MUCH)) {
      pair.first().setblocking(false).setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
      SocketTimeoutException late =
          sending(threads, pair, () -> sender.send(sender.take(), MUCH))
              .failure(SocketTimeoutException.class);
      assertTrue(late.bytesTransferred > 0, late::getMessage);
    }
  }

  @Test
  void whoCanNotBeMadeReadyStaysAsItWas() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      assertThrows(
          OutOfMemoryError.class,
          () -> ZeroCopy.of(pair.first(), Integer.MAX_VALUE, Integer.MAX_VALUE));
      assertFalse(pair.first().getopt(Option.SO_ZEROCOPY));
      ZeroCopy.of(pair.first(), 1, 1).close();
    }
  }

  /** As a user who may pin little; in a process of its own, without CAP_IPC_LOCK. */
  @Nested
  class WithLittleMemoryToPin {
    @TempDir Path directory;

    private List<String> run(long most, String work) throws Exception {
      assumeTrue(
          Forked.isInstalled("prlimit") && Forked.isInstalled("setpriv"), "needs util-linux");
      List<String> command = new ArrayList<>();
      if (Capability.CAP_IPC_LOCK.isHeld()) {
        command.addAll(List.of("setpriv", "--bounding-set=-ipc_lock", "--inh-caps=-ipc_lock"));
      }
      command.addAll(List.of("prlimit", "--memlock=" + most + ":" + most));
      command.addAll(Forked.main(ZeroCopyMain.class));
      command.add(work);
      return Forked.run(directory, command).lines();
    }

    @Test
    void aStreamGoesInSmallerSends() throws Exception {
      assertEquals(List.of("received 300000, rightly"), run(1 << 16, "stream"));
    }

    @Test
    void aPeerThatDoesNotReceiveIsAwaitedUpToTheTimeOut() throws Exception {
      assertEquals(List.of("timed out, and some went"), run(1 << 16, "stuck"));
    }

    @ParameterizedTest
    @CsvSource({"0, stream", "0, datagram", "16384, datagram"})
    void whatCanNotGoSaysWhy(long most, String work) throws Exception {
      String said = run(most, work).getFirst();
      assertTrue(said.startsWith("send: No buffer space available (ENOBUFS"), said);
      assertTrue(said.contains("RLIMIT_MEMLOCK (" + most + " bytes)"), said);
      assertTrue(said.contains("CAP_IPC_LOCK"), said);
      assertTrue(said.endsWith("; the buffer is still there"), said);
    }
  }
}
