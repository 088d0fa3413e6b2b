package nixio.io;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import nixio.posix.MsgHdr;
import nixio.posix.Uio;

/**
 * Segments that one call moves together, in their order: a message of many parts, without address
 * and control data. It is used by one call at a time.
 */
public final class Parts {
  /** How many arenas may be closed by other threads, meanwhile, of those that the parts are of. */
  public static final int ARENAS = Uio.KEPT;

  private static final long ALIGNMENT = 64;

  private final MemorySegment header;
  private final MemorySegment vector;
  private final MemorySegment[] parts;
  private final MemorySegment[] kept = new MemorySegment[ARENAS];
  private int count;
  private int arenas;

  final Call sending =
      (f, fd, b, o, n, flags, a, al) -> Uio.sendmsg(f.errno, fd, from(o), flags, kept);

  final Call receiving =
      (f, fd, b, o, n, flags, a, al) -> Uio.recvmsg(f.errno, fd, from(o), flags, kept);

  /** With room for so many. */
  public Parts(int capacity) {
    MemorySegment all = Arena.ofAuto().allocate(ALIGNMENT + capacity * MsgHdr.IOVEC, ALIGNMENT);
    header = all.asSlice(0, MsgHdr.SIZE);
    vector = all.asSlice(MsgHdr.SIZE);
    parts = new MemorySegment[capacity];
    clear();
  }

  /** Forgets all. */
  public void clear() {
    Arrays.fill(parts, 0, count, null);
    Arrays.fill(kept, MemorySegment.NULL);
    count = 0;
    arenas = 0;
  }

  /**
   * Adds one off the heap.
   *
   * @return whether it could be: not if it is of one arena too many
   */
  public boolean add(MemorySegment part) {
    if (!keep(part)) {
      return false;
    }
    parts[count++] = part;
    return true;
  }

  /** One of them. */
  public MemorySegment get(int index) {
    return parts[index];
  }

  /** Whoever closes the arena of a segment that is an argument of a call is refused. */
  private boolean keep(MemorySegment part) {
    for (int i = 0; i < arenas; i++) {
      if (kept[i].scope().equals(part.scope())) {
        return true;
      }
    }
    if (arenas == ARENAS) {
      return false;
    }
    kept[arenas++] = part;
    return true;
  }

  /** The message from a byte on. */
  private MemorySegment from(long offset) {
    long skipped = offset;
    int used = 0;
    for (int i = 0; i < count; i++) {
      long size = parts[i].byteSize();
      if (skipped < size) {
        MsgHdr.putIovec(vector, used++, parts[i].address() + skipped, size - skipped);
        skipped = 0;
      } else {
        skipped -= size; // and empty ones are nothing to the kernel
      }
    }
    MsgHdr.point(header, 0, MemorySegment.NULL, vector, used, MemorySegment.NULL);
    return header;
  }
}
