package nixio.tool;

import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 over segments of any size. */
final class Sha256 {
  /** A ByteBuffer holds no more than an int can count. */
  private static final long VIEW = 1L << 30;

  private final MessageDigest digest;

  Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  void add(MemorySegment data) {
    for (long at = 0; at < data.byteSize(); at += VIEW) {
      digest.update(data.asSlice(at, Math.min(VIEW, data.byteSize() - at)).asByteBuffer());
    }
  }

  byte[] digest() {
    return digest.digest();
  }
}
