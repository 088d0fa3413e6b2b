package nixio.stress;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A stream with one sender at a time and any number of receivers, whose calls all take what is
 * there, or all wait for the whole. Each gets a piece; in the end the pieces must be the stream,
 * from its first byte on, without a gap.
 */
final class OrderedFlow extends Flow {
  private final AtomicBoolean sending = new AtomicBoolean();
  private final Queue<byte[]> pieces = new ConcurrentLinkedQueue<>();

  private final boolean receivesWhole;

  OrderedFlow(long seed, boolean receivesWhole) {
    super(seed);
    this.receivesWhole = receivesWhole;
  }

  @Override
  boolean receivesWhole() {
    return receivesWhole;
  }

  @Override
  Chunk claim(MemorySegment into) {
    if (!sending.compareAndSet(false, true)) {
      return null;
    }
    Pattern.write(into, key, sent.get());
    return new Chunk(sent.get(), into.byteSize());
  }

  @Override
  void sent(Chunk chunk, long bytes) {
    super.sent(chunk, bytes);
    sending.set(false);
  }

  @Override
  void received(byte[] bytes) {
    super.received(bytes);
    if (bytes.length > 0) {
      pieces.add(bytes);
    }
  }

  /** A piece, and where it belongs; -1 for one that is too short to tell. */
  @SuppressWarnings("ArrayRecordComponent") // nobody compares them
  private record Piece(byte[] bytes, long position) {}

  @Override
  String verify(boolean all) {
    List<Piece> known = new ArrayList<>();
    List<byte[]> shorts = new ArrayList<>();
    for (byte[] bytes : pieces) {
      long position = Pattern.locate(bytes, key);
      if (position >= 0) {
        known.add(new Piece(bytes, position));
      } else if (bytes.length >= 15) {
        return bytes.length + " bytes from elsewhere";
      } else {
        shorts.add(bytes);
      }
    }
    known.sort(Comparator.comparingLong(Piece::position));
    long position = 0;
    for (Piece piece : known) {
      if (piece.position < position) {
        return "received twice, or corrupt: " + piece.position + ", up to " + position;
      }
      if (!fill(shorts, position, piece.position)) {
        return "missing: %,d..%,d of %,d".formatted(position, piece.position, sent.get());
      }
      int length = piece.bytes.length;
      int right = Pattern.matching(piece.bytes, 0, length, key, piece.position);
      if (right < length) {
        return "corrupt at " + (piece.position + right);
      }
      position = piece.position + length;
    }
    long rest = shorts.stream().mapToLong(bytes -> bytes.length).sum();
    if (!fill(shorts, position, position + rest)) {
      return "missing, or corrupt: some of " + rest + " bytes from " + position;
    }
    if (position + rest > sent.get()) {
      return "received %,d bytes of %,d sent".formatted(position + rest, sent.get());
    }
    return all && position + rest < sent.get()
        ? "the end came after %,d bytes of %,d sent".formatted(position + rest, sent.get())
        : null;
  }

  /** Takes those away that are exactly the bytes from a position to another. */
  private boolean fill(List<byte[]> shorts, long from, long to) {
    if (from == to) {
      return true;
    }
    for (int i = 0; i < shorts.size(); i++) {
      byte[] bytes = shorts.get(i);
      int n = bytes.length;
      if (from + n <= to && Pattern.matching(bytes, 0, n, key, from) == n) {
        shorts.remove(i);
        if (fill(shorts, from + n, to)) {
          return true;
        }
        shorts.add(i, bytes);
      }
    }
    return false;
  }
}
