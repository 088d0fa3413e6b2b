package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of bytes, over TCP and UNIX sockets. */
class StreamTest {
  private static final long MUCH = 8 << 20;

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM})
  void aBlockingSendTakesEverythingAndTheBytesArriveInOrder(Link link, Threads threads)
      throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment sent = Bytes.pattern(MUCH);
      Task<Long> sending = threads.start(() -> pair.first().send(sent));

      MemorySegment received = Bytes.room(MUCH);
      long total = 0;
      for (int turn = 1; total < MUCH; turn++) {
        long n = pair.second().recv(received, total, Math.min(MUCH - total, turn * 7919L));
        assertTrue(n > 0, () -> "recv answered " + n);
        total += n;
      }

      assertEquals(MUCH, sending.get());
      assertEquals(-1, sent.mismatch(received));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aNonBlockingSendTakesWhatThereIsRoomForAndLosesNothing(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket sender = pair.first().setblocking(false);
      MemorySegment sent = Bytes.pattern(MUCH);
      MemorySegment received = Bytes.room(MUCH);
      long out = 0;
      long in = 0;
      boolean partial = false;
      boolean full = false;
      while (in < MUCH) {
        long n = out < MUCH ? sender.send(sent, out) : Socket.WOULD_BLOCK;
        partial |= n > 0 && n < MUCH - out;
        full |= n == Socket.WOULD_BLOCK && out < MUCH;
        if (n == Socket.WOULD_BLOCK) {
          in += pair.second().recv(received, in, Math.min(MUCH - in, 300_000));
        } else {
          out += n;
        }
      }
      assertTrue(partial, "no send was partial");
      assertTrue(full, "no send would have blocked");
      assertEquals(-1, sent.mismatch(received));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void dontwaitSendsWhatThereIsRoomForOnABlockingSocket(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment data = Bytes.pattern(MUCH);
      long first = pair.first().send(data, Msg.DONTWAIT);
      assertTrue(first > 0 && first < MUCH, () -> "took " + first);
      Await.until(
          "a full queue", () -> pair.first().send(data, Msg.DONTWAIT) == Socket.WOULD_BLOCK);
      assertTrue(pair.first().isBlocking());
    }
  }

  /** On the socket itself, or on the listener that it comes from. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReceiveOfAPlatformThreadWaitsForAsMuchAsRcvlowatSays(boolean inherited) throws Exception {
    try (Socket listener = Nixio.bind("127.0.0.1", 0).listen(1)) {
      if (inherited) {
        listener.setopt(Option.SO_RCVLOWAT, 10);
      }
      try (Socket sender = Nixio.connect("127.0.0.1", listener.getsockname().port());
          Socket receiver = listener.accept().socket()) {
        if (!inherited) {
          receiver.setopt(Option.SO_RCVLOWAT, 10);
        }
        sender.send(Bytes.of("some"));
        MemorySegment buffer = Bytes.room(64);
        Await.until("some", () -> receiver.recv(buffer, Msg.PEEK.or(Msg.DONTWAIT)) == 4);
        Task<Long> receiving = Threads.PLATFORM.start(() -> receiver.recv(buffer)).awaitBlocked();
        sender.send(Bytes.of(" and a lot more"));
        assertEquals("some and a lot more", Bytes.text(buffer, receiving.get()));
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void theEndIsAnsweredAfterTheLastByteAndAgain(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket receiver = pair.second();
      pair.first().send(Bytes.of("abc"));
      pair.first().close();

      MemorySegment buffer = Bytes.room(8);
      assertEquals(3, receiver.recv(buffer));
      assertEquals(Socket.EOF, receiver.recv(buffer));
      assertEquals(Socket.EOF, receiver.read(buffer));
      assertEquals(Socket.EOF, receiver.recv(buffer, Msg.DONTWAIT));
      assertEquals(Socket.EOF, receiver.recvfrom(buffer, new AddressBuffer()));
      assertEquals(Socket.EOF, receiver.recvall(buffer));
      assertEquals(0, receiver.recv(Arena.ofAuto(), 8).byteSize());
      assertEquals(0, receiver.recvfrom(Arena.ofAuto(), 8).data().byteSize());
      assertEquals(0, receiver.recv(Bytes.room(8).asSlice(0, 0)), "an empty buffer has no end");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void oneHalfCanEndWhileTheOtherGoesOn(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("question"));
      pair.first().shutdown(Shutdown.WR);

      MemorySegment buffer = Bytes.room(16);
      assertEquals(8, pair.second().recv(buffer));
      assertEquals(Socket.EOF, pair.second().recv(buffer));
      pair.second().send(Bytes.of("answer"));
      assertEquals("answer", Bytes.text(buffer, pair.first().recv(buffer)));
      assertEquals(
          Errno.EPIPE, assertThrows(NixioException.class, () -> pair.first().send(buffer)).errno());
    }
  }

  @OnBothThreads
  void aReceiverWhoHasShutDownReadingGetsTheEnd(Link link, Threads threads) throws Exception {
    long end = link.type == Type.DGRAM ? 0 : Socket.EOF;
    for (Duration timeout : new Duration[] {Duration.ZERO, Duration.ofMinutes(10)}) {
      try (Pair pair = link.open()) {
        Socket socket = pair.first().setopt(Option.SO_RCVTIMEO, timeout);
        Task<Long> one = threads.start(() -> socket.recv(Bytes.room(8))).awaitBlocked();
        Task<Long> two = threads.start(() -> socket.recv(Bytes.room(8))).awaitBlocked();
        socket.shutdown(Shutdown.RD);
        assertEquals(end, one.get());
        assertEquals(end, two.get());
        assertEquals(end, threads.start(() -> socket.recv(Bytes.room(8))).get(), "afterwards");
      }
    }
  }

  @OnBothThreads
  void nothingToReceiveIsToldWithoutAnException(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      MemorySegment buffer = Bytes.room(8);
      assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer, Msg.DONTWAIT));
      assertEquals(Socket.WOULD_BLOCK, socket.recvfrom(buffer, new AddressBuffer(), Msg.DONTWAIT));

      socket.setblocking(false);
      assertEquals(Socket.WOULD_BLOCK, socket.recv(buffer));
      assertEquals(Socket.WOULD_BLOCK, socket.recvall(buffer));
      assertEquals(Socket.WOULD_BLOCK, socket.recvfrom(buffer, new AddressBuffer()));
      assertNull(socket.recv(Arena.ofAuto(), 8));
      assertNull(socket.recvfrom(Arena.ofAuto(), 8));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void nobodyToAcceptIsNull(Link link) throws Exception {
    try (Socket listener = link.listener().setblocking(false)) {
      assertNull(listener.accept());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void anAcceptedSocketIsBlockingWhateverTheListenerIs(Link link) throws Exception {
    try (Socket listener = link.listener().setblocking(false);
        Socket client = link.socket()) {
      client.connect(listener.getsockname());
      Accepted[] accepted = new Accepted[1];
      Await.until("a connection", () -> (accepted[0] = listener.accept()) != null);
      try (Socket server = accepted[0].socket()) {
        assertTrue(server.isBlocking());
        assertEquals(0, flags(server) & 04000, "O_NONBLOCK");
      }
    }
  }

  private static long flags(Socket socket) throws IOException {
    return AdoptTest.flags(socket.fileno());
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void waitallAndRecvallFillTheBuffer(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment both = Bytes.room(12);
      Task<Long> receiving =
          threads.start(() ->
              pair.second().recv(both.asSlice(0, 6), Msg.WAITALL)
                  + pair.second().recvall(both.asSlice(6)));
      for (String part : List.of("ab", "cdef", "gh", "ijkl")) {
        receiving.awaitBlocked();
        pair.first().send(Bytes.of(part));
      }
      assertEquals(12, receiving.get());
      assertEquals("abcdefghijkl", Bytes.text(both));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void waitallAndRecvallAnswerTheRestAtTheEnd(Link link) throws Exception {
    for (boolean flag : List.of(true, false)) {
      try (Pair pair = link.open()) {
        pair.first().send(Bytes.of("abc"));
        pair.first().shutdown(Shutdown.WR);
        MemorySegment buffer = Bytes.room(6);
        Socket receiver = pair.second();
        assertEquals(3, flag ? receiver.recv(buffer, Msg.WAITALL) : receiver.recvall(buffer));
        assertEquals("abc", Bytes.text(buffer, 3));
        assertEquals(
            Socket.EOF, flag ? receiver.recv(buffer, Msg.WAITALL) : receiver.recvall(buffer));
      }
    }
  }

  @OnBothThreads(links = Link.TCP)
  void waitallDoesNotWaitForMoreThanTheUrgentByte(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("!"), Msg.OOB);
      MemorySegment buffer = Bytes.room(4);
      Poll poll = new Poll().add(pair.second(), Poll.PRI);
      assertEquals(1, poll.poll(null));
      assertEquals(1, pair.second().recv(buffer, Msg.OOB.or(Msg.WAITALL)));
      assertEquals("!", Bytes.text(buffer, 1));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void recvallAndSendallAnswerWhatThereIsOnANonBlockingSocket(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("abc"));
      MemorySegment buffer = Bytes.room(6);
      pair.second().setblocking(false);
      Await.until("three bytes", () -> pair.second().recv(buffer, Msg.PEEK) == 3);
      assertEquals(3, pair.second().recvall(buffer));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recvall(buffer));

      MemorySegment much = Bytes.room(MUCH);
      pair.first().setblocking(false);
      long n = pair.first().sendall(much);
      assertTrue(n > 0 && n < MUCH, () -> "took " + n);
      Await.until("a full queue", () -> pair.first().sendall(much) == Socket.WOULD_BLOCK);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void peekLeavesTheBytes(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("abc"));
      MemorySegment buffer = Bytes.room(6);
      assertEquals(3, pair.second().recv(buffer, Msg.PEEK));
      assertEquals(3, pair.second().recv(buffer));
      assertEquals("abc", Bytes.text(buffer, 3));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void peekWithWaitallSeesEachByteOnce(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.of("abc"));
      pair.first().shutdown(Shutdown.WR);
      MemorySegment buffer = Bytes.room(6);
      assertEquals(3, pair.second().recv(buffer, Msg.PEEK.or(Msg.WAITALL)));
      assertEquals("abc\0\0\0", Bytes.text(buffer));
      assertEquals(3, pair.second().recvall(buffer));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void aResetIsReportedOnceAndThenTheEnd(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket receiver = pair.second();
      MemorySegment buffer = Bytes.room(8);
      Task<Long> receiving = threads.start(() -> receiver.recv(buffer));
      receiving.awaitBlocked();
      pair.first().setopt(Option.SO_LINGER, 0).close();

      NixioException reset = receiving.failure(NixioException.class);
      assertEquals(Errno.ECONNRESET, reset.errno());
      assertEquals("recv", reset.operation());
      assertEquals(Socket.EOF, receiver.recv(buffer));
      assertEquals(
          Errno.EPIPE, assertThrows(NixioException.class, () -> receiver.send(buffer)).errno());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void sendingToAPeerThatIsGoneIsABrokenPipe(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().close();
      MemorySegment data = Bytes.of("x");
      NixioException[] broken = new NixioException[1];
      Await.until(
          "a failure",
          () -> {
            try {
              pair.first().send(data);
              return false;
            } catch (NixioException e) {
              broken[0] = e;
              return true;
            }
          });
      assertEquals(Errno.EPIPE, broken[0].errno());
      assertEquals("send: Broken pipe (EPIPE, errno 32)", broken[0].getMessage());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aFailureInTheMiddleTellsHowMuchWentBefore(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Task<Long> sending = threads.start(() -> pair.first().sendall(Bytes.room(MUCH)));
      sending.awaitBlocked();
      pair.second().recv(Bytes.room(1000));
      pair.second().close();
      NixioException failure = sending.failure(NixioException.class);
      assertTrue(
          failure.errno() == Errno.ECONNRESET || failure.errno() == Errno.EPIPE,
          failure::getMessage);
      assertTrue(
          failure.transferred() >= 1000 && failure.transferred() < MUCH, failure::getMessage);
      assertTrue(
          failure.getMessage().endsWith("after " + failure.transferred() + " bytes"),
          failure::getMessage);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void urgentDataComeOutOfBand(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(8);
      Socket receiver = pair.second();
      assertEquals(
          Errno.EINVAL,
          assertThrows(NixioException.class, () -> receiver.recv(buffer, Msg.OOB)).errno());

      pair.first().send(Bytes.of("ab"));
      assertEquals(1, pair.first().send(Bytes.of("!"), Msg.OOB));
      pair.first().send(Bytes.of("cd"));
      Poll poll = new Poll().add(receiver, Poll.PRI);
      assertEquals(1, poll.poll(null));
      assertEquals(Poll.PRI, poll.events(receiver) & Poll.PRI);
      assertEquals(1, receiver.recv(buffer, Msg.OOB));
      assertEquals("!", Bytes.text(buffer, 1));
      assertEquals(4, receiver.recvall(buffer.asSlice(0, 4)), "around the urgent byte");
      assertEquals("abcd", Bytes.text(buffer, 4));
    }
  }

  @OnBothThreads(links = Link.TCP)
  void urgentDataCanComeInline(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().setopt(Option.SO_OOBINLINE, true);
      pair.first().send(Bytes.of("ab"));
      pair.first().send(Bytes.of("!"), Msg.OOB);
      pair.first().send(Bytes.of("cd"));
      MemorySegment buffer = Bytes.room(5);
      assertEquals(5, pair.second().recvall(buffer));
      assertEquals("ab!cd", Bytes.text(buffer));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void nothingIsSentOfAnEmptySegment(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(8);
      assertEquals(0, pair.first().send(buffer.asSlice(0, 0)));
      assertEquals(0, pair.first().sendall(buffer.asSlice(8)));
      assertEquals(0, pair.first().send(buffer, 8));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(buffer, Msg.DONTWAIT));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void partsOfASegmentAreSentAndReceived(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment letters = Bytes.of("abcdefgh");
      assertEquals(3, pair.first().send(letters, 5));
      assertEquals(2, pair.first().write(letters, 1, 2));
      assertEquals(0, pair.first().write(letters, 8));
      assertEquals(8, pair.first().write(letters));
      MemorySegment buffer = Bytes.of("0123456789012345");
      assertEquals(5, pair.second().recv(buffer, 2, 5));
      assertEquals("01fghbc7", Bytes.text(buffer, 8));
      assertEquals(1, pair.second().read(buffer, 15, 1));
      assertEquals('a', buffer.get(ValueLayout.JAVA_BYTE, 15));
      assertEquals("bcdef", Bytes.text(pair.second().recv(Arena.ofAuto(), 5)));
      assertEquals("gh", Bytes.text(pair.second().read(Arena.ofAuto(), 1 << 20)));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void anAllocatingCallTakesNoMoreThanTheBuffersize(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().send(Bytes.pattern(20_000));
      Await.until("all bytes", () -> pair.second().recv(Bytes.room(20_000), Msg.PEEK) == 20_000);
      assertEquals(Nixio.BUFFERSIZE, pair.second().recv(Arena.ofAuto(), 20_000).byteSize());
      assertEquals(0, pair.second().recv(Arena.ofAuto(), 0).byteSize());
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void anAddressIsIgnoredOnAConnectedStream(Link link) throws Exception {
    try (Pair pair = link.open()) {
      if (link == Link.TCP) {
        assertEquals(3, pair.first().sendto(Bytes.of("abc"), "192.0.2.1", 9));
      } else {
        pair.first().send(Bytes.of("abc"));
      }
      AddressBuffer sender = new AddressBuffer().set(link.anyAddress());
      MemorySegment buffer = Bytes.room(8);
      assertEquals(3, pair.second().recvfrom(buffer, sender));
      pair.first().send(Bytes.of("abc"));
      Received received = pair.second().recvfrom(Arena.ofAuto(), 8);
      assertEquals("abc", Bytes.text(received.data()));
      if (link == Link.TCP) {
        assertNull(sender.address());
        assertNull(received.sender());
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void aBlockingSendtoOnAConnectedStreamTakesEverything(Link link, Threads threads)
      throws Exception {
    try (Pair pair = link.open()) {
      Address to = pair.second().getsockname();
      AddressBuffer buffer = new AddressBuffer().set(to);
      MemorySegment sent = Bytes.pattern(MUCH);
      MemorySegment heap = MemorySegment.ofArray(new byte[(int) MUCH]).copyFrom(sent);
      List<Callable<Long>> calls =
          List.of(
              () -> pair.first().sendto(sent, to),
              () -> pair.first().sendto(heap, to, Msg.NONE),
              () -> pair.first().sendto(sent, buffer),
              () -> pair.first().sendto(heap, buffer, Msg.NONE),
              () -> pair.first().sendto(sent, to.host(), to.port()));
      for (Callable<Long> call : calls) {
        Task<Long> sending = threads.start(call);
        MemorySegment received = Bytes.room(MUCH);
        assertEquals(MUCH, pair.second().recvall(received, Duration.ofSeconds(20)));
        assertEquals(-1, sent.mismatch(received));
        assertEquals(MUCH, sending.get());
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void wholeSendsOfSeveralThreadsDoNotMix(Link link) throws Exception {
    int size = 300_000;
    int rounds = 4;
    try (Pair pair = link.open()) {
      List<Task<Void>> senders = new ArrayList<>();
      for (byte mark = 0; mark < 4; mark++) {
        MemorySegment data = Bytes.room(size).fill(mark);
        Threads kind = mark % 2 == 0 ? Threads.PLATFORM : Threads.VIRTUAL;
        boolean all = mark < 2;
        senders.add(
            kind.start(() -> {
              for (int i = 0; i < rounds; i++) {
                assertEquals(size, all ? pair.first().sendall(data) : pair.first().send(data));
              }
              return null;
            }));
      }
      MemorySegment buffer = Bytes.room(size);
      for (int i = 0; i < rounds * senders.size(); i++) {
        assertEquals(size, pair.second().recvall(buffer));
        byte mark = buffer.get(ValueLayout.JAVA_BYTE, 0);
        assertEquals(-1, buffer.mismatch(Bytes.room(size).fill(mark)));
      }
      for (Task<Void> sender : senders) {
        sender.get();
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void bothDirectionsGoSideBySide(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment sent = Bytes.pattern(MUCH);
      MemorySegment[] received = {Bytes.room(MUCH), Bytes.room(MUCH)};
      List<Task<Long>> tasks =
          List.of(
              threads.start(() -> pair.first().sendall(sent)),
              threads.start(() -> pair.second().sendall(sent)),
              threads.start(() -> pair.first().recvall(received[0])),
              threads.start(() -> pair.second().recvall(received[1])));
      for (Task<Long> task : tasks) {
        assertEquals(MUCH, task.get());
      }
      assertEquals(-1, sent.mismatch(received[0]));
      assertEquals(-1, sent.mismatch(received[1]));
    }
  }
}
