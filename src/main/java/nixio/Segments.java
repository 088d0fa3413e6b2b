package nixio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Objects;

/** Checks that the linker does not make, and memory that the kernel copies to and from fast. */
final class Segments {
  /** A line of the cache: less costs dear at some places of a page. */
  private static final long LINE = 64;

  /** What large blocks begin with. */
  private static final long PAGE = 4096;

  private static final long LARGE = 1 << 16;

  private Segments() {}

  /** How memory of that size is to be aligned. */
  static long alignment(long size) {
    return size >= LARGE ? PAGE : LINE;
  }

  static MemorySegment allocate(SegmentAllocator allocator, long size) {
    return allocator.allocate(size, alignment(size));
  }

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
              + Thread.currentThread()
              + ": "
              + segment);
    }
    if (!segment.scope().isAlive()) {
      throw new IllegalStateException("segment of a closed arena: " + segment);
    }
  }

  static MemorySegment copy(MemorySegment heap, Arena arena) {
    return allocate(arena, heap.byteSize()).copyFrom(heap);
  }
}
