package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.cmsghdr;

/**
 * Control messages in memory, cmsg(3), without pointers: an offset of one, a negative one for none.
 * No length that stands in memory is believed before it was compared with what is there.
 */
public final class Cmsg {
  private static final long ALIGNMENT = Long.BYTES;
  private static final long HEADER = align(cmsghdr.sizeof());

  /** The offset of no control message. */
  public static final long NONE = -1;

  private Cmsg() {}

  private static long align(long length) {
    return (length + ALIGNMENT - 1) & -ALIGNMENT;
  }

  /** CMSG_SPACE: the bytes that a control message with that many bytes of data takes. */
  public static long space(long data) {
    return HEADER + align(data);
  }

  /** CMSG_FIRSTHDR. */
  public static long first(MemorySegment control, long length) {
    return checked(control, length, 0);
  }

  /** CMSG_NXTHDR. */
  public static long next(MemorySegment control, long length, long at) {
    return checked(control, length, at + align(rawLength(control, at)));
  }

  /**
   * Where the data of a control message begin, of a level and a type, with so many bytes of data at
   * least; {@link #NONE} if there is none.
   */
  public static long find(MemorySegment control, long length, int level, int type, long least) {
    for (long at = first(control, length); at != NONE; at = next(control, length, at)) {
      if (type(control, at) == type
          && level(control, at) == level
          && dataLength(control, at) >= least) {
        return data(at);
      }
    }
    return NONE;
  }

  /** Whether a whole control message stands at an offset. */
  public static boolean isAt(MemorySegment control, long length, long at) {
    return at % ALIGNMENT == 0 && checked(control, length, at) != NONE;
  }

  /** The bytes that one takes, with what fills it up. */
  public static long space(MemorySegment control, long at) {
    return align(rawLength(control, at));
  }

  /** The offset, if a whole control message stands there. */
  private static long checked(MemorySegment control, long length, long at) {
    long end = Math.min(length, control.byteSize());
    if (at < 0 || end - at < HEADER) {
      return NONE;
    }
    long raw = rawLength(control, at);
    return raw < HEADER || raw > end - at ? NONE : at;
  }

  private static long rawLength(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_LONG, at + cmsghdr.cmsg_len$offset());
  }

  /** The level, such as SOL_SOCKET. */
  public static int level(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + cmsghdr.cmsg_level$offset());
  }

  /** The type, such as SCM_RIGHTS. */
  public static int type(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + cmsghdr.cmsg_type$offset());
  }

  /** CMSG_DATA: where the data begin. */
  public static long data(long at) {
    return at + HEADER;
  }

  /** Where the control message begins that has its data there. */
  public static long head(long data) {
    return data - HEADER;
  }

  /** How many bytes of data there are. */
  public static long dataLength(MemorySegment control, long at) {
    return rawLength(control, at) - HEADER;
  }

  /** Writes the head of a control message; the data are to be put at {@link #data}. */
  public static void put(MemorySegment control, long at, int level, int type, long data) {
    control.set(ValueLayout.JAVA_LONG, at + cmsghdr.cmsg_len$offset(), HEADER + data);
    control.set(ValueLayout.JAVA_INT, at + cmsghdr.cmsg_level$offset(), level);
    control.set(ValueLayout.JAVA_INT, at + cmsghdr.cmsg_type$offset(), type);
  }
}
