package nixio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/** Checks that the linker does not make, and copies off the heap. */
final class Segments {
  private static final long ALIGNMENT = 64;

  private Segments() {}

  static void checkWritable(MemorySegment segment) {
    if (Objects.requireNonNull(segment, "buffer").isReadOnly()) {
      throw new IllegalArgumentException("read-only segment to receive into: " + segment);
    }
    check(segment);
  }

  static void check(MemorySegment segment) {
    if (!Objects.requireNonNull(segment, "data").isAccessibleBy(Thread.currentThread())) {
      throw new WrongThreadException(
          "segment of another thread's confined arena, used by "
              + Thread.currentThread().getName()
              + ": "
              + segment);
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("segment of a closed arena: " + segment);
    }
  }

  static MemorySegment copy(MemorySegment heap, Arena arena) {
    MemorySegment copy = arena.allocate(heap.byteSize(), ALIGNMENT);
    return copy.copyFrom(heap);
  }
}
