package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.ref.WeakReference;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Messages together: sendmmsg, recvmmsg, sendmsg, recvmsg over a batch. */
class BatchTest {
  private static Batch of(String... texts) {
    Batch batch = Batch.of(8, 16);
    for (String text : texts) {
      batch.add(Bytes.of(text));
    }
    return batch;
  }

  private static String text(Batch batch, int message) {
    return Bytes.text(batch.data(message));
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void messagesGoTogetherAndKeepTheirBoundaries(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch sent = of("a", "bc", "def");
        Batch received = Batch.of(4, 16)) {
      assertEquals(3, pair.first().sendmmsg(sent));
      assertEquals(3, pair.second().recvmmsg(received));
      assertEquals(3, received.count());
      assertEquals("a", text(received, 0));
      assertEquals("bc", text(received, 1));
      assertEquals("def", text(received, 2));
      if (link.type == Type.DGRAM) {
        assertEquals(pair.first().getsockname(), received.peer(2).address());
      }
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void whatWasReceivedIsSentBackToWhomItCameFrom(Link link) throws Exception {
    try (Socket server = link.bound();
        Socket one = link.bound();
        Socket two = link.bound();
        Batch batch = Batch.of(8, 16)) {
      Address to = server.getsockname();
      one.sendto(Bytes.of("one"), to);
      two.sendto(Bytes.of("second"), to);
      int n = 0;
      while (n < 2) {
        n += server.recvmmsg(batch);
        assertEquals(batch.count(), server.sendmmsg(batch));
      }
      MemorySegment buffer = Bytes.room(16);
      assertEquals(3, one.recv(buffer));
      assertEquals("one", Bytes.text(buffer, 3));
      assertEquals(6, two.recv(buffer));
      assertEquals("second", Bytes.text(buffer, 6));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM})
  void eachMessageHasItsAddress(Link link) throws Exception {
    try (Socket sender = link.bound();
        Socket one = link.bound();
        Socket two = link.bound();
        Batch batch = Batch.of(3, 16)) {
      batch.add(Bytes.of("for one"), one.getsockname()).add(Bytes.of("for two"), two.getsockname());
      assertEquals(2, sender.sendmmsg(batch));
      MemorySegment buffer = Bytes.room(16);
      one.recv(buffer);
      assertEquals("for one", Bytes.text(buffer, 7));
      two.recv(buffer);
      assertEquals("for two", Bytes.text(buffer, 7));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void receivingWaitsForTheFirstOnly(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(8, 16)) {
      Task<Integer> task = threads.start(() -> pair.second().recvmmsg(batch)).awaitBlocked();
      pair.first().send(Bytes.of("x"));
      assertEquals(1, task.get());
      assertEquals(Socket.WOULD_BLOCK, pair.second().recvmmsg(batch, Msg.DONTWAIT));
      assertEquals(0, batch.count());
      pair.second().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(20));
      threads.start(() -> pair.second().recvmmsg(batch)).failure(SocketTimeoutException.class);
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void aTruncatedMessageIsTold(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(2, 4)) {
      pair.first().send(Bytes.of("abcdefgh"));
      pair.first().send(Bytes.of("abcd"));
      assertEquals(2, pair.second().recvmmsg(batch, Msg.TRUNC));
      assertTrue(batch.isTruncated(0));
      assertEquals(8, batch.length(0));
      assertEquals("abcd", text(batch, 0));
      assertFalse(batch.isTruncated(1));
      assertThrows(IndexOutOfBoundsException.class, () -> pair.second().sendmmsg(batch));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void anErrorMidwayIsToldByTheNextCall(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(3, 70_000)) {
      batch.length(0, 10).length(1, 70_000).length(2, 10).count(3);
      assertEquals(1, pair.first().sendmmsg(batch));
      NixioException failure =
          assertThrows(NixioException.class, () -> pair.first().sendmmsg(batch, 1));
      assertEquals(Errno.EMSGSIZE, failure.errno());
      assertEquals(1, pair.first().sendmmsg(batch, 2));
      assertEquals(0, pair.first().sendmmsg(batch, 3));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aBlockingStreamTakesTheWholeMessage(Link link, Threads threads) throws Exception {
    int size = 8 << 20;
    try (Pair pair = link.open();
        Batch sent = Batch.of(1, size);
        Batch received = Batch.of(1, 1 << 16)) {
      sent.buffer(0).copyFrom(Bytes.pattern(size));
      sent.length(0, size).count(1);
      Task<Long> task = threads.start(() -> pair.first().sendmsg(sent));
      long total = 0;
      while (total < size) {
        long n = pair.second().recvmsg(received);
        assertEquals(
            -1, received.data(0).mismatch(sent.buffer(0).asSlice(total, n)), "at " + total);
        total += n;
      }
      assertEquals(size, task.get());
      pair.first().shutdown(Shutdown.WR);
      assertEquals(Socket.EOF, pair.second().recvmsg(received));
      assertEquals(Socket.EOF, pair.second().recvmmsg(received));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aBlockingStreamTakesAllMessagesWhole(Link link, Threads threads) throws Exception {
    int size = 4 << 20;
    int count = 3;
    int all = count * size;
    try (Pair pair = link.open();
        Batch sent = Batch.of(count, size)) {
      for (int i = 0; i < count; i++) {
        sent.add(Bytes.pattern(size));
      }
      Task<Integer> task =
          threads.start(() -> {
            int n = 0;
            while (n < count) {
              n += pair.first().sendmmsg(sent, n);
            }
            pair.first().shutdown(Shutdown.WR);
            return n;
          });
      MemorySegment received = Bytes.room(all);
      assertEquals(all, pair.second().recvall(received));
      assertEquals(count, task.get());
      for (int i = 0; i < count; i++) {
        MemorySegment one = received.asSlice((long) i * size, size);
        assertEquals(-1, one.mismatch(Bytes.pattern(size)), "message " + i);
      }
      assertEquals(Socket.EOF, pair.second().recv(Bytes.room(1)));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void whatIsLeftOfAMessageTakesItsPlace(Link link, Threads threads) throws Exception {
    int size = 4 << 20;
    try (Pair pair = link.open();
        Batch sent = Batch.of(3, size)) {
      pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(50));
      sent.add(Bytes.of("abc")).add(Bytes.pattern(size)).add(Bytes.of("xyz"));
      if (link == Link.UNIX_STREAM) {
        sent.control(1).pass(pair.first());
      }
      assertEquals(1, threads.start(() -> pair.first().sendmmsg(sent)).get());
      long went = size - sent.length(1);
      assertTrue(went > 0, "some of it went");
      assertEquals("0 bytes of control data to be sent", sent.control(1).toString());
      SocketTimeoutException late =
          threads.start(() -> pair.first().sendmmsg(sent, 1)).failure(SocketTimeoutException.class);
      went += late.bytesTransferred;
      assertEquals(size - went, sent.length(1));
      pair.first().setblocking(false);
      MemorySegment received = Bytes.room(size + 6);
      long got = 0;
      for (int done = 1; done < 3 || got < size + 6; ) {
        got += Math.max(0, pair.second().recv(received.asSlice(got), Msg.DONTWAIT));
        done += Math.max(0, pair.first().sendmmsg(sent, done));
      }
      assertEquals("abc", Bytes.text(received.asSlice(0, 3)));
      assertEquals(-1, received.asSlice(3, size).mismatch(Bytes.pattern(size)));
      assertEquals("xyz", Bytes.text(received.asSlice(3 + size, 3)));
    }
  }

  @Test
  void emptyMessagesAreNotTheEnd() throws Exception {
    try (Pair pair = Link.UNIX_SEQPACKET.open();
        Batch sent = of("a", "", "b", "");
        Batch received = Batch.of(4, 16);
        Batch more = Batch.of(8, 16)) {
      assertEquals(4, pair.first().sendmmsg(sent));
      assertEquals(4, pair.second().recvmmsg(more), "there was room for more");
      assertEquals(0, more.length(1));
      assertEquals("b", text(more, 2));
      pair.first().sendmmsg(sent);
      assertEquals(3, pair.second().recvmmsg(received), "the last may be the end");
      assertEquals("b", text(received, 2));
      sent.clear().add(Bytes.of("")).control(0).pass(pair.first());
      pair.first().sendmsg(sent);
      pair.first().sendmsg(sent);
      assertEquals(0, pair.second().recvmsg(received), "a socket came with it");
      received.control(0).takeSocket(0).close();
      assertEquals(1, pair.second().recvmmsg(more));
      more.control(0).takeSocket(0).close();
      pair.first().send(Bytes.of("c"));
      pair.first().close();
      assertEquals(1, pair.second().recvmmsg(more));
      assertEquals(Socket.EOF, pair.second().recvmmsg(more));
      assertEquals(Socket.EOF, pair.second().recvmsg(more));
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UNIX_DGRAM})
  void aPlaceThatNothingCameToHasNoPeerAndNoData(Link link) throws Exception {
    try (Socket server = link.bound();
        Socket client = link.bound();
        Batch batch = Batch.of(2, 16)) {
      client.sendto(Bytes.of("a"), server.getsockname());
      client.sendto(Bytes.of("b"), server.getsockname());
      for (int n = 0; n < 2; ) {
        n += server.recvmmsg(batch);
      }
      assertEquals(Socket.WOULD_BLOCK, server.recvmmsg(batch, Msg.DONTWAIT));
      for (int i = 0; i < 2; i++) {
        assertEquals(0, batch.length(i));
        assertNull(batch.peer(i).address());
      }
    }
  }

  @OnBothThreads
  void theEndOfAConnectionIsNoMessage() throws Exception {
    try (Pair pair = Link.UNIX_SEQPACKET.open();
        Batch batch = Batch.of(8, 16)) {
      pair.first().send(Bytes.of("abc"));
      pair.first().send(Bytes.of("de"));
      pair.first().close();
      assertEquals(2, pair.second().recvmmsg(batch));
      assertEquals(2, batch.count());
      assertEquals(Socket.EOF, pair.second().recvmmsg(batch));
      assertEquals(0, batch.count());
    }
  }

  @OnBothThreads(links = Link.UDP)
  void aBatchOfWhichACallHasAPartIsNotClosed(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Batch batch = Batch.of(1, 16);
      MemorySegment part = batch.buffer(0);
      Task<Long> task = threads.start(() -> pair.second().recv(part)).awaitBlocked();
      if (threads == Threads.PLATFORM) { // a virtual thread's call has it only while it asks
        IllegalStateException refused = assertThrows(IllegalStateException.class, batch::close);
        assertTrue(refused.getMessage().startsWith("batch is in use"), refused::getMessage);
      }
      pair.first().send(Bytes.of("x"));
      assertEquals(1, task.get());
      assertEquals("x", Bytes.text(part.asSlice(0, 1)));
      batch.close();
      assertFalse(part.scope().isAlive());
    }
  }

  @OnBothThreads(links = {Link.UDP, Link.UNIX_DGRAM})
  void aBatchThatIsInUseIsNeitherClosedNorLent(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        Batch batch = Batch.of(8, 16)) {
      Task<Integer> task = threads.start(() -> pair.second().recvmmsg(batch)).awaitBlocked();
      assertThrows(IllegalStateException.class, batch::close);
      assertThrows(IllegalStateException.class, () -> pair.first().sendmmsg(batch));
      pair.first().send(Bytes.of("x"));
      assertEquals(1, task.get());
      assertEquals("x", text(batch, 0));
    }
  }

  @OnBothThreads
  void aClosedBatchIsRefusedAndItsMemoryIsGone() throws Exception {
    try (Pair pair = Link.UDP.open()) {
      Batch batch = of("a");
      MemorySegment buffer = batch.buffer(0);
      batch.close();
      batch.close();
      IllegalStateException refused =
          assertThrows(IllegalStateException.class, () -> pair.first().sendmmsg(batch));
      assertEquals("batch is closed", refused.getMessage());
      assertThrows(IllegalStateException.class, () -> pair.first().recvmsg(batch));
      assertThrows(IllegalStateException.class, () -> buffer.fill((byte) 0));
      assertThrows(IllegalStateException.class, () -> batch.length(0));
    }
  }

  @Test
  void aLostBatchIsFreed() throws Exception {
    MemorySegment[] buffer = new MemorySegment[1];
    WeakReference<Batch> lost = lose(buffer);
    Await.until(
        "freeing",
        () -> {
          System.gc();
          return lost.get() == null && !buffer[0].scope().isAlive();
        });
  }

  private static WeakReference<Batch> lose(MemorySegment[] buffer) {
    Batch batch = Batch.of(1, 1);
    buffer[0] = batch.buffer(0);
    return new WeakReference<>(batch);
  }

  @OnBothThreads(links = {Link.UDP, Link.UDP6})
  void aMessageIsCutIntoDatagramsAndTheyArePutTogether(Link link) throws Exception {
    try (Pair pair = link.open();
        Batch sent = Batch.of(2, 3000);
        Batch received = Batch.of(8, 4000)) {
      sent.buffer(0).copyFrom(Bytes.pattern(3000));
      sent.length(0, 2500).segmentSize(0, 1000).length(1, 10).count(2);
      assertEquals(2, pair.first().sendmmsg(sent));
      assertEquals(4, pair.second().recvmmsg(received));
      for (int i = 0; i < 4; i++) {
        assertEquals(new long[] {1000, 1000, 500, 10}[i], received.length(i));
        assertEquals(0, received.segmentSize(i));
      }
      assertEquals(-1, received.data(1).mismatch(sent.buffer(0).asSlice(1000, 1000)));

      pair.second().setopt(Option.UDP_GRO, true);
      assertEquals(2, pair.first().sendmmsg(sent));
      assertEquals(2, pair.second().recvmmsg(received), "one for each segmented message");
      assertEquals(2500, received.length(0));
      assertEquals(1000, received.segmentSize(0));
      assertFalse(received.isControlTruncated(0));
      assertEquals(-1, received.data(0).mismatch(sent.data(0)));
      assertEquals(10, received.length(1));
      assertEquals(0, received.segmentSize(1));
    }
  }

  @OnBothThreads(links = Link.UDP)
  void noRoomForTheSegmentSizeIsTold() throws Exception {
    try (Pair pair = Link.UDP.open();
        Batch sent = Batch.of(1, 3000);
        Batch received = Batch.of(1, 4000, 0)) {
      assertThrows(IndexOutOfBoundsException.class, () -> received.segmentSize(0, 1000));
      pair.second().setopt(Option.UDP_GRO, true);
      sent.length(0, 2500).segmentSize(0, 1000).count(1);
      pair.first().sendmsg(sent);
      assertEquals(2500, pair.second().recvmsg(received));
      assertTrue(received.isControlTruncated(0));
      assertEquals(0, received.segmentSize(0));
    }
  }

  @OnBothThreads(links = Link.UDP)
  void tooManySegmentsAreRefused() throws Exception {
    try (Pair pair = Link.UDP.open();
        Batch sent = Batch.of(1, 65_000)) {
      sent.length(0, 65_000).segmentSize(0, 1).count(1);
      NixioException failure = assertThrows(NixioException.class, () -> pair.first().sendmsg(sent));
      assertEquals(Errno.EINVAL, failure.errno());
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1,1", "-1,1,1", "1025,1,1", "1,-1,1", "1,2147483648,1", "1,1,-1"})
  void sizesThatCannotBeAreRefused(int messages, long bytes, long control) {
    assertThrows(IllegalArgumentException.class, () -> Batch.of(messages, bytes, control));
  }

  @Test
  void placesThatAreNotThereAreRefused() throws IOException {
    try (Batch batch = of("a");
        Pair pair = Link.UDP.open()) {
      assertThrows(IndexOutOfBoundsException.class, () -> batch.length(8));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.length(-1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.length(0, 17));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.buffer(8));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.count(9));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.add(Bytes.room(17)));
      assertThrows(IndexOutOfBoundsException.class, () -> pair.first().sendmmsg(batch, 2));
      assertThrows(IndexOutOfBoundsException.class, () -> pair.first().sendmmsg(batch, -1));
      assertThrows(IllegalArgumentException.class, () -> batch.segmentSize(0, 65536));
      assertEquals(1, batch.count());
      batch.clear();
      assertThrows(IndexOutOfBoundsException.class, () -> pair.first().sendmsg(batch));
      assertEquals(0, pair.first().sendmmsg(batch));
    }
  }
}
