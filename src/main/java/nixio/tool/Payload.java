package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** What is sent, and the digest that must come out at the other end. */
final class Payload {
  private final MemorySegment data;
  private final byte[] digest;

  private Payload(MemorySegment data, byte[] digest) {
    this.data = data;
    this.digest = digest;
  }

  static Payload of(MemorySegment data) {
    Sha256 sha256 = new Sha256();
    sha256.add(data);
    return new Payload(data, sha256.digest());
  }

  /** The file itself, up to a limit: the sockets read the page cache, nothing lies between. */
  static Payload map(Path file, long most, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = Math.min(channel.size(), most);
      return of(channel.map(MapMode.READ_ONLY, 0, size, arena));
    }
  }

  MemorySegment data() {
    return data;
  }

  long size() {
    return data.byteSize();
  }

  Payload first(long most) {
    return size() <= most ? this : of(data.asSlice(0, most));
  }

  boolean hasDigest(byte[] other) {
    return java.security.MessageDigest.isEqual(digest, other);
  }

  String hex() {
    return HexFormat.of().formatHex(digest);
  }
}
