package nixio.tool;

import java.lang.foreign.MemorySegment;

/** A segment cut up beforehand, so that sending and receiving the pieces makes no objects. */
final class Slices {
  private Slices() {}

  static MemorySegment[] of(MemorySegment whole, int size) {
    MemorySegment[] slices =
        new MemorySegment[Math.toIntExact(Math.ceilDiv(whole.byteSize(), (long) size))];
    for (int i = 0; i < slices.length; i++) {
      long at = (long) i * size;
      slices[i] = whole.asSlice(at, Math.min(size, whole.byteSize() - at));
    }
    return slices;
  }
}
