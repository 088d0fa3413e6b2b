package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.iovec;
import nixio.posix.gen.linux.mmsghdr;
import nixio.posix.gen.linux.msghdr;

/**
 * Messages in memory: an array of struct mmsghdr, each with one struct iovec; see recvmsg(2) and
 * recvmmsg(2). Each method is about the {@code at}th of the array.
 */
public final class MsgHdr {
  /** Bytes of a struct mmsghdr. */
  public static final long SIZE = mmsghdr.sizeof();

  /** Bytes of a struct iovec. */
  public static final long IOVEC = iovec.sizeof();

  /** Where in a struct mmsghdr the length of the address is. */
  public static final long NAME_LENGTH = mmsghdr.msg_hdr$offset() + msghdr.msg_namelen$offset();

  private static final long HEADER = mmsghdr.msg_hdr$offset();
  private static final long NAME = HEADER + msghdr.msg_name$offset();
  private static final long VECTOR = HEADER + msghdr.msg_iov$offset();
  private static final long VECTOR_LENGTH = HEADER + msghdr.msg_iovlen$offset();
  private static final long CONTROL = HEADER + msghdr.msg_control$offset();
  private static final long CONTROL_LENGTH = HEADER + msghdr.msg_controllen$offset();
  private static final long FLAGS = HEADER + msghdr.msg_flags$offset();
  private static final long LENGTH = mmsghdr.msg_len$offset();

  private MsgHdr() {}

  /** Lets a message point to its parts. The control data may be of no size. */
  public static void point(
      MemorySegment array,
      long at,
      MemorySegment name,
      MemorySegment vector,
      int vectorLength,
      MemorySegment control) {
    long header = at * SIZE;
    array.set(ValueLayout.JAVA_LONG, header + NAME, name.address());
    array.set(ValueLayout.JAVA_LONG, header + VECTOR, vector.address());
    array.set(ValueLayout.JAVA_LONG, header + VECTOR_LENGTH, vectorLength);
    array.set(
        ValueLayout.JAVA_LONG, header + CONTROL, control.byteSize() == 0 ? 0 : control.address());
  }

  /** Lets the {@code at}th iovec point to memory. */
  public static void putIovec(MemorySegment vector, long at, long address, long length) {
    vector.set(ValueLayout.JAVA_LONG, at * IOVEC + iovec.iov_base$offset(), address);
    vector.set(ValueLayout.JAVA_LONG, at * IOVEC + iovec.iov_len$offset(), length);
  }

  /** Sets how many bytes an iovec is for. */
  public static void iovecLength(MemorySegment vector, long at, long length) {
    vector.set(ValueLayout.JAVA_LONG, at * IOVEC + iovec.iov_len$offset(), length);
  }

  /** The bytes that were moved, or are to be. */
  public static long length(MemorySegment array, long at) {
    return Integer.toUnsignedLong(array.get(ValueLayout.JAVA_INT, at * SIZE + LENGTH));
  }

  public static void length(MemorySegment array, long at, long length) {
    array.set(ValueLayout.JAVA_INT, at * SIZE + LENGTH, (int) length);
  }

  /** The length of the address: before a receive the room for it. */
  public static void nameLength(MemorySegment array, long at, int length) {
    array.set(ValueLayout.JAVA_INT, at * SIZE + NAME_LENGTH, length);
  }

  /** The length of the control data: before a receive the room for them. */
  public static long controlLength(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_LONG, at * SIZE + CONTROL_LENGTH);
  }

  public static void controlLength(MemorySegment array, long at, long length) {
    array.set(ValueLayout.JAVA_LONG, at * SIZE + CONTROL_LENGTH, length);
  }

  /** What the kernel told of a message that it received: MSG_TRUNC, MSG_CTRUNC and others. */
  public static int flags(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_INT, at * SIZE + FLAGS);
  }
}
