package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Thread.interrupt() ends a call that waits, with EINTR; the flag and the socket stay. */
class InterruptTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  private static void assertInterruptible(Threads threads, Callable<?> call) throws Exception {
    Task<?> task =
        threads.start(() -> {
          NixioException failure = assertThrows(NixioException.class, call::call);
          assertEquals(Errno.EINTR, failure.errno());
          assertTrue(Thread.currentThread().isInterrupted(), "the flag stays set");
          return null;
        });
    task.awaitBlocked();
    task.interrupt();
    task.get();
  }

  @OnBothThreads
  void endsEveryCall(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      MemorySegment buffer = Bytes.room(8);
      List<Callable<?>> calls =
          new ArrayList<>(
              List.of(
                  () -> socket.recv(buffer),
                  () -> socket.recvfrom(buffer, new AddressBuffer()),
                  () -> socket.recv(buffer, Msg.WAITALL),
                  () -> socket.recvall(buffer),
                  () -> socket.recvall(buffer, LONG),
                  () -> new Poll().add(socket, Poll.PRI).poll(null),
                  () -> new Poll().add(socket, Poll.PRI).poll(LONG)));
      if (link.isStream()) {
        calls.add(() -> socket.send(Bytes.room(16 << 20)));
        calls.add(() -> socket.sendall(Bytes.room(16 << 20), LONG));
      }
      for (Callable<?> call : calls) {
        assertInterruptible(threads, call);
      }
      assertUsable(pair, link);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void endsAcceptAndConnect(Link link, Threads threads) throws Exception {
    try (Socket listener = link.listener();
        FullListener full = new FullListener(link);
        Socket socket = link.socket()) {
      Address to = full.address();
      assertInterruptible(threads, listener::accept);
      assertInterruptible(threads, () -> socket.connect(to));
      assertInterruptible(threads, () -> socket.connect(to, LONG));
      assertTrue(listener.isOpen() && socket.isOpen());
      full.takeAll(Threads.VIRTUAL);
      assertTrue(socket.connect(to), "the attempt goes on");
    }
  }

  @OnBothThreads
  void ofAThreadThatIsInterruptedAlreadyEndsCallsThatWouldWait(Link link, Threads threads)
      throws Exception {
    try (Pair pair = link.open()) {
      threads
          .start(() -> {
            Thread.currentThread().interrupt();
            NixioException failure =
                assertThrows(NixioException.class, () -> pair.first().recv(Bytes.room(8)));
            assertEquals(Errno.EINTR, failure.errno());
            return null;
          })
          .get();
      assertUsable(pair, link);
    }
  }

  @OnBothThreads
  void doesNotMatterToCallsThatNeedNotWait(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(8);
      Thread.currentThread().interrupt();
      try {
        assertEquals(3, pair.second().send(Bytes.of("abc")));
        assertEquals(3, pair.first().recv(buffer));
        assertEquals(Socket.WOULD_BLOCK, pair.first().recv(buffer, Msg.DONTWAIT));
        assertEquals(link.domain, pair.first().domain());
        pair.first().getsockname();
        pair.second().close();
      } finally {
        assertTrue(Thread.interrupted(), "the flag stays set");
      }
    }
  }

  @OnBothThreads
  void wholeTransfersThatWaitForEachOtherAreInterruptible(Threads threads) throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Task<Long> first = threads.start(() -> pair.first().recvall(Bytes.room(8))).awaitBlocked();
      assertInterruptible(threads, () -> pair.first().recvall(Bytes.room(8)));
      pair.second().send(Bytes.of("abcdefgh"));
      assertEquals(8, first.get());
    }
  }

  /**
   * Thread.interrupt sets the flag first, and looks for what to wake then: meanwhile the thread may
   * have answered, cleared the flag, and begun its next call.
   */
  @OnBothThreads
  void oneThatComesLateHoldsNeitherThreadUp(Threads threads) throws Exception {
    int count = 1_000_000;
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Thread> receiver = new AtomicReference<>();
    try (Pair pair = Link.UNIX_STREAM.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN);
      MemorySegment buffer = Bytes.room(8);
      Task<Void> receiving =
          threads.start(() -> {
            receiver.set(Thread.currentThread());
            for (int i = 0; !over.get(); i++) {
              Thread.interrupted();
              Callable<?> call =
                  i % 2 == 0 ? () -> poll.poll(null) : () -> pair.first().recv(buffer);
              assertEquals(Errno.EINTR, assertThrows(NixioException.class, call::call).errno());
            }
            return null;
          });
      Await.until("the receiver's start", () -> receiver.get() != null);
      Task<Void> interrupting =
          Threads.PLATFORM.start(() -> {
            for (int i = 0; i < count; i++) {
              receiver.get().interrupt();
            }
            return null;
          });
      interrupting.get();
      over.set(true);
      Await.until(
          "the receiver's end",
          () -> {
            receiver.get().interrupt();
            return receiving.isDone();
          });
      receiving.get();
    }
  }

  private static void assertUsable(Pair pair, Link link) throws IOException {
    assertTrue(pair.first().isOpen());
    MemorySegment buffer = Bytes.room(3);
    pair.second().send(Bytes.of("abc"));
    assertEquals(3, pair.first().recv(buffer), link::name);
    assertEquals("abc", Bytes.text(buffer));
  }
}
