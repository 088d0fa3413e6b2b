package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Segments that go together: sendv, recvv. */
class IovecTest {
  private static final long SEED = Long.getLong("test.seed", System.nanoTime());

  @OnBothThreads
  void segmentsAreSentAndReceivedAsOne(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Iovec sent = Iovec.of(Bytes.of("head"), Bytes.of(""), Bytes.of("and tail"));
      assertEquals(12, pair.first().sendv(sent));
      MemorySegment first = Bytes.room(3);
      MemorySegment second = Bytes.room(100);
      assertEquals(12, pair.second().recvv(Iovec.of(first, second)));
      assertEquals("hea", Bytes.text(first, 3));
      assertEquals("dand tail", Bytes.text(second, 9));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UDP, Link.UNIX_STREAM})
  void segmentsMayBeOfAnyKind(Link link) throws Exception {
    try (Pair pair = link.open();
        Arena confined = Arena.ofConfined();
        Arena shared = Arena.ofShared()) {
      List<MemorySegment> kinds =
          List.of(
              MemorySegment.ofArray(new byte[] {1, 2}),
              confined.allocate(2).fill((byte) 3),
              shared.allocate(2).fill((byte) 4),
              Arena.ofAuto().allocate(2).fill((byte) 5),
              Arena.global().allocate(2).fill((byte) 6),
              MemorySegment.ofArray(new long[] {7}),
              MemorySegment.ofBuffer(ByteBuffer.allocateDirect(2)).fill((byte) 8));
      Iovec all = Iovec.of(kinds.toArray(MemorySegment[]::new));
      assertEquals(20, all.byteSize());
      for (int round = 0; round < 3; round++) {
        assertEquals(20, pair.first().sendv(all));
        for (MemorySegment one : kinds) {
          one.fill((byte) 0);
        }
        assertEquals(20, pair.second().recvv(all));
        assertEquals(2, kinds.get(0).get(ValueLayout.JAVA_BYTE, 1));
        assertEquals(3, kinds.get(1).get(ValueLayout.JAVA_BYTE, 1));
        assertEquals(4, kinds.get(2).get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(5, kinds.get(3).get(ValueLayout.JAVA_BYTE, 0));
        assertEquals(6, kinds.get(4).get(ValueLayout.JAVA_BYTE, 1));
        assertEquals(7, kinds.get(5).get(ValueLayout.JAVA_LONG_UNALIGNED, 0));
        assertEquals(8, kinds.get(6).get(ValueLayout.JAVA_BYTE, 1));
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aBlockingStreamTakesEverything(Link link, Threads threads) throws Exception {
    int size = 3_000_000;
    try (Pair pair = link.open()) {
      Iovec data = cut(Bytes.pattern(size), new Random(1), 50);
      Task<Long> sending = threads.start(() -> pair.first().sendv(data));
      Iovec into = cut(Bytes.room(size), new Random(2), 70);
      assertEquals(size, pair.second().recvv(into, 0, Msg.WAITALL));
      assertEquals(size, sending.get());
      assertPattern(into, size);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aPartialTransferGoesOnFromItsOffset(Link link) throws Exception {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    int size = 2_000_000;
    try (Pair pair = link.open()) {
      pair.first().setblocking(false);
      pair.second().setblocking(false);
      MemorySegment heap = MemorySegment.ofArray(new byte[size]);
      Iovec data = cut(Bytes.pattern(size), random, 40);
      Iovec into = cut(heap, random, 30);
      long sent = 0;
      long received = 0;
      int partial = 0;
      while (received < size) {
        long n = pair.first().sendv(data, sent);
        if (n < size - sent) {
          partial++;
        }
        sent += Math.max(0, n);
        long got = pair.second().recvv(into, received);
        received += Math.max(0, got);
      }
      assertEquals(size, sent);
      assertTrue(partial > 0, "nothing went in parts");
      assertEquals(0, pair.first().sendv(data, size));
      assertPattern(Iovec.of(heap), size);
    }
  }

  private static Iovec cut(MemorySegment whole, Random random, int most) {
    List<MemorySegment> parts = new ArrayList<>();
    long at = 0;
    for (int i = 1; i < most && at < whole.byteSize(); i++) {
      long length = random.nextLong(0, 2 * whole.byteSize() / most);
      length = Math.min(length, whole.byteSize() - at);
      parts.add(whole.asSlice(at, length));
      at += length;
    }
    parts.add(whole.asSlice(at));
    return Iovec.of(parts.toArray(MemorySegment[]::new));
  }

  private static void assertPattern(Iovec iovec, long size) {
    long place = 0;
    for (int i = 0; i < iovec.count(); i++) {
      MemorySegment part = iovec.get(i);
      for (long j = 0; j < part.byteSize(); j++, place++) {
        if (part.get(ValueLayout.JAVA_BYTE, j) != Bytes.at(place)) {
          throw new AssertionError("wrong byte at " + place);
        }
      }
    }
    assertEquals(size, place);
  }

  @OnBothThreads(links = {Link.UDP, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void aDatagramIsOneAndItsEndIsLostWithoutRoom(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().sendv(Iovec.of(Bytes.of("abc"), Bytes.of("def")));
      Iovec small = Iovec.of(Bytes.room(2), Bytes.room(2));
      assertEquals(6, pair.second().recvv(small, 0, Msg.TRUNC));
      assertEquals("cd", Bytes.text(small.get(1)));
      assertEquals(Socket.WOULD_BLOCK, pair.second().recvv(small, 0, Msg.DONTWAIT));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void theEndIsTold(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.first().close();
      assertEquals(Socket.EOF, pair.second().recvv(Iovec.of(Bytes.room(1), Bytes.room(1))));
      assertEquals(0, pair.second().recvv(Iovec.of(Bytes.room(0))));
    }
  }

  @OnBothThreads(links = Link.TCP)
  void anArenaCantBeClosedMeanwhile(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Arena arena = Arena.ofShared();
      Iovec into = Iovec.of(Bytes.room(1), arena.allocate(10));
      Task<Long> task = threads.start(() -> pair.second().recvv(into)).awaitBlocked();
      assertThrows(IllegalStateException.class, () -> pair.first().sendv(into));
      if (threads == Threads.PLATFORM) {
        assertThrows(IllegalStateException.class, arena::close);
        pair.first().send(Bytes.of("abc"));
        assertEquals(3, task.get());
        arena.close();
      } else { // between two system calls it can be closed: then there is no second one
        arena.close();
        pair.first().send(Bytes.of("abc"));
        task.failure(IllegalStateException.class);
        assertEquals(3, pair.second().recv(Bytes.room(3)));
      }
      assertThrows(IllegalStateException.class, () -> pair.first().sendv(into));
      assertEquals(1, pair.first().sendv(into.clear().add(Bytes.of("x"))));
    }
  }

  @Test
  void segmentsOfTooManyArenasAreRefused() throws Exception {
    try (Pair pair = Link.UDP.open()) {
      List<Arena> arenas = new ArrayList<>();
      Iovec iovec = Iovec.of(100);
      for (int i = 0; i < Iovec.ARENAS; i++) {
        Arena arena = Arena.ofShared();
        arenas.add(arena);
        iovec.add(arena.allocate(1)).add(arena.allocate(1));
      }
      assertEquals(2 * Iovec.ARENAS, pair.first().sendv(iovec));
      iovec.add(Arena.ofAuto().allocate(1));
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> pair.first().sendv(iovec));
      assertTrue(e.getMessage().startsWith("segment " + 2 * Iovec.ARENAS), e::getMessage);
      iovec.set(2 * Iovec.ARENAS, MemorySegment.ofArray(new byte[2]));
      assertThrows(IllegalArgumentException.class, () -> pair.first().sendv(iovec));
      iovec.set(0, iovec.get(2)).set(1, iovec.get(2));
      assertEquals(2 * Iovec.ARENAS + 2, pair.first().sendv(iovec));
      arenas.forEach(Arena::close);
    }
  }

  @OnBothThreads(links = Link.TCP)
  void itIsNotChangedWhileACallUsesIt(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment room = Bytes.room(8);
      Iovec iovec = Iovec.of(2).add(room);
      Task<Long> receiving = threads.start(() -> pair.second().recvv(iovec)).awaitBlocked();
      assertThrows(IllegalStateException.class, iovec::clear);
      assertThrows(IllegalStateException.class, () -> iovec.add(room));
      assertThrows(IllegalStateException.class, () -> iovec.set(0, room));
      pair.first().send(Bytes.of("abc"));
      assertEquals(3, receiving.get());
      assertEquals("abc", Bytes.text(room, 3));
      assertEquals(0, iovec.clear().count());
    }
  }

  @Test
  void badInputIsRefused() throws Exception {
    try (Pair pair = Link.UDP.open();
        Arena confined = Arena.ofConfined()) {
      MemorySegment fixed = Bytes.of("abc").asReadOnly();
      Iovec iovec = Iovec.of(fixed);
      assertEquals(3, pair.first().sendv(iovec));
      assertThrows(IllegalArgumentException.class, () -> pair.second().recvv(iovec));
      assertThrows(IndexOutOfBoundsException.class, () -> pair.first().sendv(iovec, 4));
      assertThrows(IndexOutOfBoundsException.class, () -> pair.first().sendv(iovec, -1));
      assertThrows(IndexOutOfBoundsException.class, () -> iovec.add(fixed));
      assertThrows(IndexOutOfBoundsException.class, () -> iovec.set(1, fixed));
      assertThrows(IndexOutOfBoundsException.class, () -> iovec.get(1));
      assertThrows(NullPointerException.class, () -> iovec.set(0, null));
      assertThrows(IllegalArgumentException.class, () -> Iovec.of(0));
      assertThrows(IllegalArgumentException.class, () -> Iovec.of(Iovec.MOST + 1));
      Iovec theirs = Iovec.of(confined.allocate(1));
      Threads.PLATFORM.start(() -> pair.first().sendv(theirs)).failure(WrongThreadException.class);
      assertEquals(1, pair.first().sendv(theirs));
      assertEquals(3, pair.second().recv(Bytes.room(9)));
      assertEquals(1, pair.second().recv(Bytes.room(9)));
    }
  }

  @Test
  void asManySegmentsGoAsTheKernelTakes() throws Exception {
    try (Pair pair = Link.UDP.open()) {
      MemorySegment memory = Bytes.pattern(Iovec.MOST);
      Iovec iovec = Iovec.of(Iovec.MOST);
      for (int i = 0; i < Iovec.MOST; i++) {
        iovec.add(memory.asSlice(i, 1));
      }
      assertEquals(Iovec.MOST, pair.first().sendv(iovec));
      MemorySegment into = Bytes.room(2 * Iovec.MOST);
      assertEquals(Iovec.MOST, pair.second().recv(into));
      assertEquals(-1, memory.mismatch(into.asSlice(0, Iovec.MOST)));
    }
  }
}
