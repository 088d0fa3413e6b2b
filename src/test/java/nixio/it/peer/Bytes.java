package nixio.it.peer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.Codec;

/** An option's value as it stands in memory. */
final class Bytes implements Codec<byte[]> {
  private static final int MOST = 512;

  @Override
  public Class<byte[]> type() {
    return byte[].class;
  }

  @Override
  public int size() {
    return MOST;
  }

  @Override
  public byte[] read(MemorySegment value) {
    return value.toArray(ValueLayout.JAVA_BYTE);
  }

  @Override
  public int write(byte[] value, MemorySegment into) {
    MemorySegment.copy(value, 0, into, ValueLayout.JAVA_BYTE, 0, value.length);
    return value.length;
  }
}
