package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What is sent, and the digest that must come out at the other end.
 *
 * @param data all of it
 * @param sha256 in hexadecimal digits
 */
record Payload(MemorySegment data, String sha256) {

  static Payload of(MemorySegment data) {
    Digest digest = new Digest();
    digest.add(data);
    return new Payload(data, digest.hex());
  }

  /** The file itself, up to a limit: the sockets read the page cache, nothing lies between. */
  static Payload map(Path file, long most, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = Math.min(channel.size(), most);
      return of(channel.map(MapMode.READ_ONLY, 0, size, arena));
    }
  }

  long size() {
    return data.byteSize();
  }

  Payload first(long most) {
    return size() <= most ? this : of(data.asSlice(0, most));
  }

  /** SHA-256 over segments of any size. */
  static final class Digest {
    /** A ByteBuffer holds no more than an int can count. */
    private static final long VIEW = 1L << 30;

    private final MessageDigest sha256;

    Digest() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("every Java platform has SHA-256", e);
      }
    }

    void add(MemorySegment data) {
      for (long at = 0; at < data.byteSize(); at += VIEW) {
        sha256.update(data.asSlice(at, Math.min(VIEW, data.byteSize() - at)).asByteBuffer());
      }
    }

    String hex() {
      return HexFormat.of().formatHex(sha256.digest());
    }
  }
}
