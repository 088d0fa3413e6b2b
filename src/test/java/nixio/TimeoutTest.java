package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.function.Executable;

/** SO_RCVTIMEO, SO_SNDTIMEO and Durations: when they elapse, and what was moved before. */
class TimeoutTest {
  private static final Duration SHORT = Duration.ofMillis(60);
  private static final Duration LONG = Duration.ofMinutes(10);

  private static final byte[] BIG = new byte[8 << 20];

  /** Less than {@link #SHORT}, as clocks differ. */
  private static final Duration LEAST = Duration.ofMillis(55);

  private static SocketTimeoutException assertTimesOut(String message, Executable call) {
    long start = System.nanoTime();
    SocketTimeoutException late = assertThrows(SocketTimeoutException.class, call);
    Duration waited = Duration.ofNanos(System.nanoTime() - start);
    assertTrue(waited.compareTo(LEAST) >= 0, () -> "waited only " + waited);
    assertTrue(late.getMessage().startsWith(message + ": timed out"), late::getMessage);
    return late;
  }

  @OnBothThreads
  void receivingOfEveryFormEndsAfterRcvtimeo(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(1, 8)) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, SHORT);
      MemorySegment buffer = Bytes.room(8);
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      Map<Executable, String> calls = new LinkedHashMap<>();
      calls.put(() -> socket.recv(buffer), "recv");
      calls.put(() -> socket.recv(heap), "recv");
      calls.put(() -> socket.recv(Arena.ofAuto(), 8), "recv");
      calls.put(() -> socket.recv(buffer, Msg.WAITALL), "recv");
      calls.put(() -> socket.recvfrom(buffer, new AddressBuffer()), "recvfrom");
      calls.put(() -> socket.recvfrom(Arena.ofAuto(), 8), "recvfrom");
      calls.put(() -> socket.recvall(buffer), "recv");
      calls.put(() -> socket.recvall(heap, LONG), "recv");
      calls.put(() -> socket.recvv(Iovec.of(buffer)), "recvv");
      calls.put(() -> socket.recvmsg(batch), "recvmsg");
      calls.put(() -> socket.recvmmsg(batch), "recvmmsg");
      for (Map.Entry<Executable, String> call : calls.entrySet()) {
        assertEquals(0, assertTimesOut(call.getValue(), call.getKey()).bytesTransferred);
      }
      assertTrue(socket.isOpen());
      pair.second().send(Bytes.of("abc"));
      assertEquals(3, socket.recv(buffer), "after a time-out the socket goes on");
    }
  }

  @OnBothThreads
  void rcvtimeoDoesNotMatterToCallsThatDoNotWait(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, LONG);
      MemorySegment buffer = Bytes.room(8);
      assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer, Msg.DONTWAIT));
      assertEquals(Socket.WOULD_BLOCK, socket.setblocking(false).recv(buffer));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void acceptEndsAfterRcvtimeo(Link link) throws Exception {
    try (Socket listener = link.listener().setopt(Option.SO_RCVTIMEO, SHORT)) {
      assertTimesOut("accept", listener::accept);
      assertTimesOut("accept", listener::accept);
      try (Socket client = link.socket()) {
        client.connect(listener.getsockname());
        listener.accept().socket().close();
      }
    }
  }

  @OnBothThreads
  void receivingTheWholeEndsAfterItsDuration(Link link) throws Exception {
    try (Pair pair = link.open()) {
      assertTimesOut("recv", () -> pair.first().recvall(Bytes.room(8), SHORT));
      assertTimesOut("recv", () -> pair.first().recvall(MemorySegment.ofArray(new byte[8]), SHORT));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void whatWasReceivedBeforeIsToldAndInTheBuffer(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, SHORT);
      MemorySegment buffer = Bytes.room(8);
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      Map<MemorySegment, List<Executable>> calls =
          Map.of(
              buffer,
              List.of(
                  () -> socket.recv(buffer, Msg.WAITALL),
                  () -> socket.recvall(buffer),
                  () -> socket.recvall(buffer, SHORT)),
              heap,
              List.of(
                  () -> socket.recv(heap, Msg.WAITALL),
                  () -> socket.recvall(heap),
                  () -> socket.recvall(heap, SHORT)));
      for (Map.Entry<MemorySegment, List<Executable>> entry : calls.entrySet()) {
        for (Executable call : entry.getValue()) {
          pair.second().send(Bytes.of("abc"));
          entry.getKey().fill((byte) '.');
          SocketTimeoutException late = assertTimesOut("recv", call);
          assertEquals(3, late.bytesTransferred);
          assertEquals("recv: timed out after 3 bytes", late.getMessage());
          assertEquals("abc", Bytes.text(entry.getKey(), 3));
        }
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void sendingEndsAfterSndtimeoAndTellsWhatWent(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_SNDTIMEO, SHORT);
      MemorySegment data = Bytes.pattern(8 << 20);
      long sent = assertTimesOut("send", () -> socket.send(data)).bytesTransferred;
      assertTrue(sent > 0 && sent < data.byteSize(), () -> "sent " + sent);
      MemorySegment received = Bytes.room(sent);
      assertEquals(sent, pair.second().recvall(received));
      assertEquals(-1, received.mismatch(data.asSlice(0, sent)), "each byte once");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void sendingTheWholeEndsAfterItsDuration(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment data = Bytes.room(8 << 20);
      long sent = assertTimesOut("send", () -> pair.first().sendall(data, SHORT)).bytesTransferred;
      assertTrue(sent > 0 && sent < data.byteSize(), () -> "sent " + sent);
      assertTimesOut("send", () -> pair.first().sendall(MemorySegment.ofArray(BIG), SHORT));
    }
  }

  @OnBothThreads(links = {Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void sendingAMessageEndsAfterSndtimeo(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_SNDTIMEO, SHORT);
      MemorySegment data = Bytes.room(1000);
      while (socket.send(data, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
        // until the queue is full
      }
      assertTimesOut("send", () -> socket.send(data));
      assertTimesOut("send", () -> socket.sendall(data, LONG));
      socket.setopt(Option.SO_SNDTIMEO, Duration.ZERO);
      assertTimesOut("send", () -> socket.sendall(data, SHORT));
      if (link == Link.UNIX_DGRAM) {
        Address to = pair.second().getsockname();
        socket.setopt(Option.SO_SNDTIMEO, SHORT);
        assertTimesOut("sendto " + to, () -> socket.sendto(data, to));
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void connectEndsAfterSndtimeoOrItsDuration(Link link, Threads threads) throws Exception {
    try (FullListener full = new FullListener(link);
        Socket one = link.socket().setopt(Option.SO_SNDTIMEO, SHORT);
        Socket two = link.socket()) {
      Address address = full.address();
      assertTimesOut("connect " + address, () -> one.connect(address));
      assertTimesOut("connect " + address, () -> one.connect(address, LONG));
      assertTimesOut("connect " + address, () -> two.connect(address, SHORT));
      assertTrue(one.isBlocking() && two.isBlocking());
      assertEquals(0, AdoptTest.flags(two.fileno()) & 04000, "O_NONBLOCK");
      full.takeAll(threads);
      assertTrue(two.connect(address, LONG), "again: it goes on");
      assertEquals(address, two.getpeername());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aDurationOfZeroTakesWhatIsThere(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().send(Bytes.of("abcd"));
      MemorySegment buffer = Bytes.room(3);
      Await.until("the bytes", () -> pair.first().recv(buffer, Msg.PEEK) == 3);
      assertEquals(3, pair.first().recvall(buffer, Duration.ZERO));
      assertEquals(
          1,
          assertThrows(
                  SocketTimeoutException.class, () -> pair.first().recvall(buffer, Duration.ZERO))
              .bytesTransferred);
      assertEquals(3, pair.first().sendall(buffer, Duration.ZERO));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void theEarlierOfOptionAndDurationCounts(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, LONG);
      assertTimesOut("recv", () -> socket.recvall(Bytes.room(8), SHORT));
      socket.setopt(Option.SO_RCVTIMEO, SHORT);
      assertTimesOut("recv", () -> socket.recvall(Bytes.room(8), LONG));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aDurationIsForTheWholeAndTheOptionForEachWait(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Task<Void> trickling =
          threads.start(() -> {
            try {
              for (; ; ) {
                pair.second().send(Bytes.of("x"));
                Thread.sleep(5);
              }
            } catch (NixioException e) {
              return null; // the receiver has gone
            }
          });
      Socket socket = pair.first();
      assertTimesOut("recv", () -> socket.recvall(Bytes.room(1 << 20), SHORT));
      socket.setopt(Option.SO_RCVTIMEO, Duration.ofSeconds(20));
      assertEquals(20, socket.recvall(Bytes.room(20)));
      socket.close();
      trickling.get();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aTimeoutThatSomebodyElseSetCounts(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket other = pair.first().dup()) {
      other.setopt(Option.SO_RCVTIMEO, SHORT);
      assertTimesOut("recv", () -> pair.first().recv(Bytes.room(8)));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void dataThatComeInTimeAreTaken(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, LONG);
      Task<Long> one = threads.start(() -> socket.recv(Bytes.room(1))).awaitBlocked();
      Task<Long> two = threads.start(() -> pair.second().recvall(Bytes.room(4), LONG));
      two.awaitBlocked();
      pair.second().send(Bytes.of("x"));
      pair.first().send(Bytes.of("wxyz"));
      assertEquals(1, one.get());
      assertEquals(4, two.get());
    }
  }
}
