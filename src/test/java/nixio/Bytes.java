package nixio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Memory with something in it. */
final class Bytes {
  private Bytes() {}

  /** Native memory with a text, without a NUL. */
  static MemorySegment of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return Arena.ofAuto()
        .allocate(Math.max(1, bytes.length))
        .asSlice(0, bytes.length)
        .copyFrom(MemorySegment.ofArray(bytes));
  }

  /** Native memory. */
  static MemorySegment room(long size) {
    return Arena.ofAuto().allocate(size, 64);
  }

  /** Native memory with a pattern that tells each place from its neighbours. */
  static MemorySegment pattern(long size) {
    MemorySegment memory = room(size);
    for (long i = 0; i < size; i++) {
      memory.set(ValueLayout.JAVA_BYTE, i, at(i));
    }
    return memory;
  }

  /** The pattern's byte at a place. */
  static byte at(long place) {
    return (byte) (place * 31 + (place >> 8) * 7 + (place >> 16));
  }

  /** The first bytes as a text. */
  static String text(MemorySegment segment, long length) {
    byte[] bytes = segment.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  static String text(MemorySegment segment) {
    return text(segment, segment.byteSize());
  }
}
