package nixio;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Objects;
import nixio.io.Parts;
import nixio.io.Turn;
import nixio.posix.Libc;

/**
 * Segments that are sent, or received into, by one call, one after the other, as if they were one:
 * gather and scatter; see readv(2). A header and its payload need not be copied together to be one
 * datagram. It is made once, and used again and again; calls allocate nothing, if no segment is on
 * the heap.
 *
 * {@snippet file="IovecExample.java" region="iovec"}
 *
 * <p><b>Memory.</b> The segments stay the caller's, and are held as long as they are in here. Like
 * those of {@link Socket#send(MemorySegment)} they must be accessible by the thread that sends or
 * receives, and their arenas open. Off the heap they may be of {@value #ARENAS} arenas at most:
 * take many segments of one. Those on the heap are copied, all of them, by each call: take them for
 * what is small.
 *
 * <p><b>Threads.</b> It is used by one call at a time: a second one, or a change meanwhile, is
 * refused with an IllegalStateException. Otherwise it is for one thread at a time.
 */
public final class Iovec {
  /** The most segments that the kernel takes at once: IOV_MAX. */
  public static final int MOST = 1024;

  /** Of how many arenas the segments off the heap may be at most. */
  public static final int ARENAS = Parts.ARENAS;

  private static final String NAME = "iovec";

  private final Turn turn = new Turn();
  private final MemorySegment[] segments;
  private int count;
  private long size;

  /** Whether any is on the heap, so that there are copies in each call. */
  private boolean copies;

  /** Whether the parts are those of the last call. */
  private boolean prepared;

  /** Of the copies, in a call; null if there are none. */
  private Arena scratch;

  /** What the kernel sees. */
  final Parts parts;

  private Iovec(int capacity) {
    Libc.require();
    segments = new MemorySegment[capacity];
    parts = new Parts(capacity);
  }

  /**
   * An empty one, with room for so many segments.
   *
   * @param capacity 1..{@value #MOST}
   */
  public static Iovec of(int capacity) {
    if (capacity < 1 || capacity > MOST) {
      throw new IllegalArgumentException(capacity + " segments are not 1.." + MOST);
    }
    return new Iovec(capacity);
  }

  /** One of these segments, 1..{@value #MOST}. */
  public static Iovec of(MemorySegment... segments) {
    Iovec iovec = of(segments.length);
    for (MemorySegment segment : segments) {
      iovec.add(segment);
    }
    return iovec;
  }

  /**
   * Adds a segment.
   *
   * @throws IndexOutOfBoundsException if there is no room for it
   * @throws IllegalStateException if a call is using them
   */
  public Iovec add(MemorySegment segment) {
    Objects.requireNonNull(segment, "segment");
    turn.take(NAME);
    try {
      segments[Objects.checkIndex(count, segments.length)] = segment;
      count++;
      size += segment.byteSize();
      prepared = false;
      return this;
    } finally {
      turn.giveBack();
    }
  }

  /**
   * Puts a segment in the place of another.
   *
   * @param index 0..{@link #count} - 1
   * @throws IllegalStateException if a call is using them
   */
  public Iovec set(int index, MemorySegment segment) {
    Objects.requireNonNull(segment, "segment");
    turn.take(NAME);
    try {
      size += segment.byteSize() - segments[Objects.checkIndex(index, count)].byteSize();
      segments[index] = segment;
      prepared = false;
      return this;
    } finally {
      turn.giveBack();
    }
  }

  /**
   * Forgets all segments.
   *
   * @throws IllegalStateException if a call is using them
   */
  public Iovec clear() {
    turn.take(NAME);
    try {
      Arrays.fill(segments, 0, count, null);
      count = 0;
      size = 0;
      parts.clear();
      prepared = false;
      return this;
    } finally {
      turn.giveBack();
    }
  }

  /** How many segments there are. */
  public int count() {
    return count;
  }

  /** A segment, as it was added. */
  public MemorySegment get(int index) {
    return segments[Objects.checkIndex(index, count)];
  }

  /** How many bytes all the segments have together. */
  public long byteSize() {
    return size;
  }

  // What the socket does before and after its calls

  /** How many bytes there are from one on. */
  long demandRest(long offset) {
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException("offset " + offset + " is not in 0.." + size);
    }
    return size - offset;
  }

  /** Takes it for a call; to be given back by {@link #leave}. */
  void enter(boolean writes) {
    turn.take(NAME);
    try {
      for (int i = 0; i < count; i++) {
        if (writes) {
          Segments.checkWritable(segments[i]);
        } else {
          Segments.check(segments[i]);
        }
      }
      if (!prepared) {
        prepare(writes);
      }
    } catch (Throwable t) { // there may be no memory for copies
      leave();
      throw t;
    }
  }

  private void prepare(boolean writes) {
    parts.clear();
    copies = false;
    for (int i = 0; i < count; i++) {
      MemorySegment segment = segments[i];
      if (!segment.isNative()) {
        copies = true;
        scratch = scratch == null ? Arena.ofConfined() : scratch;
        segment = Segments.allocate(scratch, segment.byteSize());
        if (!writes) {
          segment.copyFrom(segments[i]);
        }
      }
      if (!parts.add(segment)) {
        throw new IllegalArgumentException(
            "segment " + i + " is of one arena more than " + ARENAS + ": " + segments[i]);
      }
    }
    prepared = !copies;
  }

  /** Takes note of what was received, from an offset on. */
  void received(long offset, long bytes) {
    if (!copies) {
      return;
    }
    long start = 0;
    for (int i = 0; i < count; i++) {
      long length = segments[i].byteSize();
      long from = Math.max(0, offset - start);
      long to = Math.min(length, offset + bytes - start);
      if (!segments[i].isNative() && from < to) {
        MemorySegment.copy(parts.get(i), from, segments[i], from, to - from);
      }
      start += length;
    }
  }

  void leave() {
    if (scratch != null) {
      parts.clear();
      scratch.close();
      scratch = null;
    }
    turn.giveBack();
  }

  /** How many segments there are, and how many bytes. */
  @Override
  public String toString() {
    return NAME + " of " + count + " segments, " + size + " bytes";
  }
}
