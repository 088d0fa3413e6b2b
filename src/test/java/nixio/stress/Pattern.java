package nixio.stress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Bytes that tell where they stand: each eight of them are their number, in the disguise of a key.
 */
final class Pattern {
  private static final ValueLayout.OfLong WORD =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final long MOST_WORDS = 1L << 32;

  private Pattern() {}

  /** A key that no other numbers have. */
  static long key(long one, long other) {
    long z = one * 0x9E3779B97F4A7C15L + other * 0xD1342543DE82EF95L + 0x2545F4914F6CDD1DL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  private static byte at(long key, long position) {
    return (byte) ((key ^ (position >>> 3)) >>> ((position & 7) << 3));
  }

  /** Writes the bytes from a position on. */
  static void write(MemorySegment into, long key, long position) {
    long size = into.byteSize();
    long i = 0;
    for (; i < size && ((position + i) & 7) != 0; i++) {
      into.set(ValueLayout.JAVA_BYTE, i, at(key, position + i));
    }
    for (; i + 8 <= size; i += 8) {
      into.set(WORD, i, key ^ ((position + i) >>> 3));
    }
    for (; i < size; i++) {
      into.set(ValueLayout.JAVA_BYTE, i, at(key, position + i));
    }
  }

  /** How many of the bytes from {@code offset} on are those from a position on. */
  static int matching(byte[] bytes, int offset, int most, long key, long position) {
    int n = 0;
    while (n < most && bytes[offset + n] == at(key, position + n)) {
      n++;
    }
    return n;
  }

  /** The position of the bytes; -1 if they are too few to tell, or from elsewhere. */
  static long locate(byte[] bytes, long key) {
    MemorySegment segment = MemorySegment.ofArray(bytes);
    for (int before = 0; before < 8 && before + 8 <= bytes.length; before++) {
      long word = segment.get(WORD, before) ^ key;
      if (word >= 0 && word < MOST_WORDS && word * 8 >= before) {
        return word * 8 - before;
      }
    }
    return -1;
  }
}
