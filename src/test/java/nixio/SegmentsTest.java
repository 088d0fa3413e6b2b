package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Memory of every kind, where it may be used, and where it is refused. */
class SegmentsTest {
  private static final int SIZE = 600;

  /** Memory of SIZE bytes of every kind that there is. */
  private static Map<String, MemorySegment> everyKind(Arena arena, Path directory)
      throws IOException {
    ByteBuffer direct = ByteBuffer.allocateDirect(SIZE + 20).position(7).limit(SIZE + 7);
    ByteBuffer heap = ByteBuffer.wrap(new byte[SIZE + 20]).position(7).limit(SIZE + 7);
    Map<String, MemorySegment> kinds =
        new TreeMap<>(
            Map.of(
                "confined", arena.allocate(SIZE),
                "automatic", Arena.ofAuto().allocate(SIZE),
                "global", Arena.global().allocate(SIZE),
                "shared", Arena.ofShared().allocate(SIZE),
                "unaligned slice", arena.allocate(SIZE + 9).asSlice(3, SIZE),
                "direct ByteBuffer", MemorySegment.ofBuffer(direct),
                "heap ByteBuffer", MemorySegment.ofBuffer(heap),
                "view of a buffer",
                    MemorySegment.ofBuffer(ByteBuffer.allocateDirect(SIZE).asLongBuffer())));
    kinds.put("byte[]", MemorySegment.ofArray(new byte[SIZE]));
    kinds.put("slice of byte[]", MemorySegment.ofArray(new byte[SIZE + 9]).asSlice(5, SIZE));
    kinds.put("char[]", MemorySegment.ofArray(new char[SIZE / 2]));
    kinds.put("short[]", MemorySegment.ofArray(new short[SIZE / 2]));
    kinds.put("int[]", MemorySegment.ofArray(new int[SIZE / 4]));
    kinds.put("float[]", MemorySegment.ofArray(new float[SIZE / 4]));
    kinds.put("long[]", MemorySegment.ofArray(new long[SIZE / 8]));
    kinds.put("double[]", MemorySegment.ofArray(new double[SIZE / 8]));
    try (FileChannel file =
        FileChannel.open(
            directory.resolve("mapped"),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      kinds.put("mapped", file.map(FileChannel.MapMode.READ_WRITE, 0, SIZE, arena));
    }
    return kinds;
  }

  @OnBothThreads
  void everyKindOfMemoryIsReceivedIntoByEveryCall(Link link, @TempDir Path directory)
      throws Exception {
    try (Pair pair = link.open();
        Arena arena = Arena.ofConfined()) {
      Socket from = pair.first();
      Socket into = pair.second();
      MemorySegment data = Bytes.pattern(SIZE);
      AddressBuffer sender = new AddressBuffer();
      for (Map.Entry<String, MemorySegment> kind : everyKind(arena, directory).entrySet()) {
        MemorySegment memory = kind.getValue();
        List<Receiving> calls =
            List.of(
                into::recv,
                into::read,
                m -> into.recv(m, 0, SIZE),
                m -> into.read(m, 0, SIZE),
                m -> into.recv(m, Msg.NONE),
                m -> into.read(m, Msg.WAITALL),
                m -> into.recvfrom(m, sender),
                m -> into.recvfrom(m, sender, Msg.NONE),
                into::recvall,
                m -> into.recvall(m, Duration.ofMinutes(1)));
        for (Receiving call : calls) {
          from.send(data);
          memory.fill((byte) 0);
          assertEquals(SIZE, call.into(memory), kind::getKey);
          assertEquals(-1, data.mismatch(memory), kind::getKey);
        }
        from.send(data.asSlice(0, 5));
        memory.fill((byte) '.');
        assertEquals(5, into.recv(memory, 2, 9), kind::getKey);
        assertEquals("..", Bytes.text(memory, 2));
        assertEquals(-1, memory.asSlice(2, 5).mismatch(data.asSlice(0, 5)), kind::getKey);
        assertEquals("....", Bytes.text(memory.asSlice(7, 4)), kind::getKey);
      }
    }
  }

  private interface Receiving {
    long into(MemorySegment memory) throws IOException;
  }

  @OnBothThreads
  void everyKindOfMemoryIsSentByEveryCall(Link link, @TempDir Path directory) throws Exception {
    try (Pair pair = link.open();
        Arena arena = Arena.ofConfined()) {
      Socket from = pair.first();
      Address to = from.getpeername();
      boolean addressed = link != Link.UNIX_STREAM && link != Link.UNIX_SEQPACKET;
      MemorySegment data = Bytes.pattern(SIZE);
      MemorySegment received = Bytes.room(SIZE);
      for (Map.Entry<String, MemorySegment> kind : everyKind(arena, directory).entrySet()) {
        for (boolean readOnly : List.of(false, true)) {
          kind.getValue().copyFrom(data);
          MemorySegment memory = readOnly ? kind.getValue().asReadOnly() : kind.getValue();
          List<Sending> calls =
              List.of(
                  from::send,
                  from::write,
                  m -> from.send(m, 0),
                  m -> from.write(m, 0),
                  m -> from.send(m, 0, SIZE),
                  m -> from.write(m, 0, SIZE),
                  m -> from.send(m, Msg.NONE),
                  m -> from.write(m, Msg.DONTWAIT),
                  from::sendall,
                  m -> from.sendall(m, Duration.ofMinutes(1)),
                  m -> addressed ? from.sendto(m, to) : from.send(m),
                  m -> addressed ? from.sendto(m, to, Msg.NONE) : from.send(m),
                  m -> addressed ? from.sendto(m, new AddressBuffer().set(to)) : from.send(m),
                  m -> addressed ? from.sendto(m, to.host(), to.port()) : from.send(m));
          for (Sending call : calls) {
            assertEquals(SIZE, call.of(memory), kind::getKey);
            received.fill((byte) 0);
            assertEquals(SIZE, pair.second().recv(received, Msg.WAITALL), kind::getKey);
            assertEquals(-1, data.mismatch(received), kind::getKey);
          }
          assertEquals(4, from.send(memory, 3, 4), kind::getKey);
          assertEquals(4, pair.second().recv(received), kind::getKey);
          assertEquals(-1, received.asSlice(0, 4).mismatch(data.asSlice(3, 4)), kind::getKey);
        }
      }
    }
  }

  private interface Sending {
    long of(MemorySegment memory) throws IOException;
  }

  @OnBothThreads
  void everyAllocatorIsReceivedInto(Link link) throws Exception {
    try (Pair pair = link.open();
        Arena arena = Arena.ofConfined()) {
      List<SegmentAllocator> allocators =
          List.of(
              arena,
              Arena.ofAuto(),
              Arena.global(),
              SegmentAllocator.slicingAllocator(arena.allocate(100)),
              SegmentAllocator.prefixAllocator(arena.allocate(100)),
              SegmentAllocator.prefixAllocator(MemorySegment.ofArray(new byte[100])));
      for (SegmentAllocator allocator : allocators) {
        pair.first().send(Bytes.of("abc"));
        assertEquals("abc", Bytes.text(pair.second().recv(allocator, 20)));
        pair.first().send(Bytes.of("de"));
        assertEquals("de", Bytes.text(pair.second().recvfrom(allocator, 20).data()));
      }
    }
  }

  /** Every call that receives. */
  private static List<Executable> receiving(Socket socket, MemorySegment memory) {
    return List.of(
        () -> socket.recv(memory),
        () -> socket.recv(memory, 0, 1),
        () -> socket.recv(memory, Msg.DONTWAIT),
        () -> socket.recv(memory, Msg.WAITALL),
        () -> socket.read(memory),
        () -> socket.recvfrom(memory, new AddressBuffer()),
        () -> socket.recvfrom(memory, new AddressBuffer(), Msg.DONTWAIT),
        () -> socket.recvall(memory),
        () -> socket.recvall(memory, Duration.ZERO));
  }

  /** Every call that sends. */
  private static List<Executable> sending(Socket socket, MemorySegment memory, Address to) {
    return List.of(
        () -> socket.send(memory),
        () -> socket.send(memory, 0),
        () -> socket.send(memory, 0, 1),
        () -> socket.send(memory, Msg.DONTWAIT),
        () -> socket.write(memory),
        () -> socket.sendto(memory, to),
        () -> socket.sendto(memory, to, Msg.DONTWAIT),
        () -> socket.sendto(memory, new AddressBuffer().set(to)),
        () -> socket.sendto(memory, to.host(), 9),
        () -> socket.sendto(memory, to.host(), 9, 0, 1),
        () -> socket.sendall(memory),
        () -> socket.sendall(memory, Duration.ZERO));
  }

  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, List<Executable> calls) {
    for (Executable call : calls) {
      RuntimeException refused = assertThrows(type, call);
      String told = String.valueOf(refused.getMessage());
      assertTrue(told.contains(message), () -> refused + " does not tell " + message);
    }
  }

  @OnBothThreads
  void readOnlyMemoryIsNotReceivedInto(Link link) throws Exception {
    try (Pair pair = link.open()) {
      pair.second().send(Bytes.of("abc"));
      for (MemorySegment memory :
          List.of(
              Bytes.room(8).asReadOnly(),
              MemorySegment.ofArray(new byte[8]).asReadOnly(),
              MemorySegment.ofBuffer(ByteBuffer.allocateDirect(8).asReadOnlyBuffer()))) {
        assertRefused(IllegalArgumentException.class, "read-only", receiving(pair.first(), memory));
        assertEquals(-1, memory.mismatch(MemorySegment.ofArray(new byte[8])));
      }
      assertEquals(3, pair.first().recv(Bytes.room(8)), "nothing was taken");
    }
  }

  @OnBothThreads
  void memoryOfAClosedArenaIsRefused(Link link) throws Exception {
    for (boolean shared : List.of(false, true)) {
      Arena arena = shared ? Arena.ofShared() : Arena.ofConfined();
      MemorySegment memory = arena.allocate(8);
      AddressBuffer address = new AddressBuffer(arena).set(link.anyAddress());
      arena.close();
      try (Pair pair = link.open()) {
        pair.second().send(Bytes.of("abc"));
        Socket socket = pair.first();
        assertRefused(IllegalStateException.class, "losed", receiving(socket, memory));
        assertRefused(
            IllegalStateException.class, "losed", sending(socket, memory, link.anyAddress()));
        assertRefused(
            IllegalStateException.class,
            "losed",
            List.of(
                () -> socket.sendto(Bytes.room(8), address),
                () -> socket.recvfrom(Bytes.room(8), address),
                () -> socket.recv(arena, 8),
                () -> socket.recvfrom(arena, 8)));
        assertEquals(3, socket.recv(Bytes.room(8)), "nothing was taken");
        assertEquals(
            Socket.WOULD_BLOCK, pair.second().recv(Bytes.room(8), Msg.DONTWAIT), "nor sent");
      }
    }
  }

  @OnBothThreads
  void memoryOfAnotherThreadsConfinedArenaIsRefused(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocate(8);
      AddressBuffer address = new AddressBuffer(arena).set(link.anyAddress());
      pair.second().send(Bytes.of("abc"));
      Socket socket = pair.first();
      threads
          .start(() -> {
            assertRefused(WrongThreadException.class, "", receiving(socket, memory));
            assertRefused(
                WrongThreadException.class, "", sending(socket, memory, link.anyAddress()));
            assertRefused(
                WrongThreadException.class,
                "",
                List.of(
                    () -> socket.sendto(Bytes.room(8), address),
                    () -> socket.recvfrom(Bytes.room(8), address),
                    () -> socket.recv(arena, 8)));
            return null;
          })
          .get();
      assertEquals(3, socket.recv(memory), "nothing was taken");
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(memory, Msg.DONTWAIT), "nor sent");
    }
  }

  @OnBothThreads
  void rangesOutsideOfTheSegmentAreRefused(Link link) throws Exception {
    long[][] ranges = {
      {-1, 1}, {0, -1}, {0, 9}, {9, 0}, {8, 1}, {1, Long.MAX_VALUE}, {Long.MIN_VALUE, 1}
    };
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      Address to = link.anyAddress();
      pair.second().send(Bytes.of("abc"));
      for (MemorySegment memory : List.of(Bytes.room(8), MemorySegment.ofArray(new byte[8]))) {
        for (long[] range : ranges) {
          long offset = range[0];
          long length = range[1];
          assertRefused(
              IndexOutOfBoundsException.class,
              Long.toString(length == 0 || offset < 0 ? offset : length),
              List.of(
                  () -> socket.recv(memory, offset, length),
                  () -> socket.read(memory, offset, length),
                  () -> socket.send(memory, offset, length),
                  () -> socket.write(memory, offset, length),
                  () -> socket.sendto(memory, to.host(), 9, offset, length)));
        }
        for (long offset : new long[] {-1, 9, Long.MAX_VALUE, Long.MIN_VALUE}) {
          assertRefused(
              IndexOutOfBoundsException.class,
              Long.toString(offset),
              List.of(() -> socket.send(memory, offset), () -> socket.write(memory, offset)));
        }
      }
      assertRefused(
          IndexOutOfBoundsException.class,
          "-1",
          List.of(
              () -> socket.recv(Arena.ofAuto(), -1),
              () -> socket.read(Arena.ofAuto(), -1),
              () -> socket.recvfrom(Arena.ofAuto(), -1)));
      assertEquals(3, socket.recv(Bytes.room(8)), "nothing was taken");
      assertEquals(Socket.WOULD_BLOCK, pair.second().recv(Bytes.room(8), Msg.DONTWAIT), "nor sent");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_DGRAM})
  void anArenaOutlivesTheCallThatUsesIt(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Arena arena = Arena.ofShared();
      MemorySegment memory = arena.allocate(8);
      Task<Long> receiving = Threads.PLATFORM.start(() -> pair.first().recv(memory)).awaitBlocked();
      assertThrows(IllegalStateException.class, arena::close);
      pair.second().send(Bytes.of("abc"));
      assertEquals(3, receiving.get());
      assertEquals("abc", Bytes.text(memory, 3));
      arena.close();
    }
  }

  /** A parked thread holds nothing: the arena may be closed, but its memory is not written to. */
  @OnBothThreads
  void anArenaClosedUnderAParkedThreadIsNotWrittenTo(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Arena arena = Arena.ofShared();
      MemorySegment memory = arena.allocate(8);
      Task<Long> receiving = Threads.VIRTUAL.start(() -> pair.first().recv(memory)).awaitBlocked();
      boolean closed;
      try {
        arena.close();
        closed = true;
      } catch (IllegalStateException e) {
        closed = false;
      }
      pair.second().send(Bytes.of("abc"));
      if (closed) {
        receiving.failure(IllegalStateException.class);
        assertEquals(3, pair.first().recv(Bytes.room(8)), "nothing was taken");
      } else {
        assertEquals(3, receiving.get());
      }
    }
  }

  @OnBothThreads
  void anAddressBufferIsNativeMemory() {
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () ->
                new AddressBuffer(
                    (size, alignment) -> MemorySegment.ofArray(new long[(int) size / 8 + 1])));
    assertTrue(refused.getMessage().contains("off-heap"), refused::getMessage);
  }

  @Test
  void anAllocatorRefusesWhatIsNoAlignment() {
    SegmentAllocator allocator = Nixio.allocator(Arena.ofAuto());
    for (long alignment : new long[] {0, 3, 48, -8, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> allocator.allocate(1, alignment));
    }
    assertEquals(0, allocator.allocate(1, 256).address() % 256);
  }
}
