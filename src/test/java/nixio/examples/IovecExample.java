package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import nixio.Domain;
import nixio.Iovec;
import nixio.Nixio;
import nixio.Pair;
import nixio.Socket;
import nixio.Type;

/** Segments that go together. */
final class IovecExample {
  private IovecExample() {}

  static void iovec(PrintStream out) throws IOException {
    // @start region="iovec"
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.DGRAM)) {
      MemorySegment header = arena.allocateFrom(ValueLayout.JAVA_INT, 7);
      Iovec message = Iovec.of(header, arena.allocateFrom("payload"));
      out.println(pair.first().sendv(message)); // 12

      MemorySegment payload = arena.allocate(100);
      out.println(pair.second().recvv(Iovec.of(header, payload))); // 12
      out.println(payload.getString(0)); // payload
    }
    // @end
  }

  static void allocator(PrintStream out) throws IOException {
    // @start region="allocator"
    try (Arena arena = Arena.ofConfined()) {
      SegmentAllocator allocator = Nixio.allocator(arena);
      MemorySegment small = allocator.allocate(1500);
      MemorySegment large = allocator.allocate(1 << 20);
      out.println(small.address() % 64); // 0
      out.println(large.address() % 4096); // 0
    }
    // @end
  }
}
