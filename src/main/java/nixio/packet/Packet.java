package nixio.packet;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;
import nixio.Interface;
import nixio.posix.Constants;
import nixio.posix.Tpacket;

/**
 * A packet in a ring: read in place, nothing is copied. There is one object for each ring, which
 * {@link RxRing#next} moves from packet to packet; between a packet's block being given back and
 * the next packet it shows none, and every method throws IllegalStateException; so does everything
 * that reads it when the ring is closed, whoever closes it.
 *
 * <p>For the thread that called {@code next}. Numbers of more than a byte are in network order.
 */
public final class Packet {
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private static final int NONE = -1;

  private final Mapping mapping;
  private final MemorySegment ring;
  private final long blockSize;

  private long block;
  private long frame;
  private long start;
  private int length = NONE;

  /** Of the block, if it was asked for. */
  private MemorySegment view;

  private Arena viewArena;

  Packet(Mapping mapping, long blockSize) {
    this.mapping = mapping;
    this.ring = mapping.memory;
    this.blockSize = blockSize;
  }

  // Where it is

  /**
   * Moves to a frame of a block, whose header was found good.
   *
   * @return null, or what is wrong with it
   */
  String moveTo(long newBlock, long newFrame) {
    long end = newBlock + blockSize;
    if (newFrame < newBlock + Tpacket.BLOCK_HEADER || newFrame > end - Tpacket.FRAME_HEADER) {
      length = NONE;
      return "begins outside of its block";
    }
    int mac = Tpacket.mac(ring, newFrame);
    int captured = Tpacket.captured(ring, newFrame);
    long begin = newFrame + mac;
    if (mac < Tpacket.FRAME_HEADER || captured < 0 || begin + captured > end) {
      length = NONE;
      return "has " + Integer.toUnsignedString(captured) + " bytes from " + mac + " on";
    }
    block = newBlock;
    frame = newFrame;
    start = begin;
    length = captured;
    return null;
  }

  /** Shows none any more; the views of the block end. */
  void leave() {
    length = NONE;
    if (viewArena != null) {
      viewArena.close();
      viewArena = null;
      view = null;
    }
  }

  /** At a close: this thread's views end; those of another keep the memory. */
  void endViews() {
    MemorySegment own = view;
    if (own != null && own.isAccessibleBy(Thread.currentThread())) {
      leave();
    }
  }

  /**
   * By checkIndex, which the compiler knows: in a loop over the packet it checks once. Of its two
   * forms that of int: for a long the compiler nests two loops, which a small packet does not pay
   * for.
   */
  private long at(long offset, int size) {
    int index = (int) offset;
    if (index != offset) {
      throw outside(offset, size);
    }
    try {
      return start + Objects.checkIndex(index, length - size + 1);
    } catch (IndexOutOfBoundsException e) {
      throw outside(offset, size);
    }
  }

  private long frame() {
    if (length == NONE) {
      throw gone();
    }
    return frame;
  }

  private RuntimeException outside(long offset, int size) {
    return length == NONE
        ? gone()
        : new IndexOutOfBoundsException(
            size + " bytes at " + offset + " of a packet that has " + length);
  }

  private static IllegalStateException gone() {
    return new IllegalStateException(
        "no packet: its block went back to the kernel, or next() was not called");
  }

  // What is in it

  /** How many of its bytes are in the ring. */
  public int length() {
    frame();
    return length;
  }

  /** How many bytes it had; more than {@link #length} if it was cut off. */
  public int wireLength() {
    return Tpacket.length(ring, frame());
  }

  /** A byte. */
  public byte byteAt(long offset) {
    return ring.get(ValueLayout.JAVA_BYTE, at(offset, Byte.BYTES));
  }

  /** Two bytes. */
  public short shortAt(long offset) {
    return ring.get(SHORT, at(offset, Short.BYTES));
  }

  /** Four bytes. */
  public int intAt(long offset) {
    return ring.get(INT, at(offset, Integer.BYTES));
  }

  /** Eight bytes. */
  public long longAt(long offset) {
    return ring.get(LONG, at(offset, Long.BYTES));
  }

  /** Copies bytes out of it. */
  public void copyTo(long offset, MemorySegment target, long targetOffset, int count) {
    if (count < 0) {
      throw new IndexOutOfBoundsException("count " + count + " is negative");
    }
    MemorySegment.copy(ring, at(offset, count), target, targetOffset, count);
  }

  /**
   * Its bytes, in place: a segment for this thread, which can be read, and handed to a system call,
   * until the packet's block goes back, and is closed then. It costs an object a packet, and an
   * arena a block. While there is one, a close of the ring by another thread leaves the memory
   * mapped, until this thread calls next or close.
   */
  public MemorySegment segment() {
    frame();
    if (view == null) {
      Arena arena = Arena.ofConfined();
      view = mapping.view(block, blockSize, arena);
      viewArena = arena;
    }
    return view.asSlice(start - block, length);
  }

  // What the kernel tells of it

  /** When it came, in whole seconds since 1970; the rest are {@link #nanoseconds}. */
  public long seconds() {
    return Tpacket.seconds(ring, frame());
  }

  /** The nanoseconds of when it came, 0..999999999. */
  public int nanoseconds() {
    return Tpacket.nanoseconds(ring, frame());
  }

  /** Whether the time is of the device's clock, and not of the kernel's. */
  public boolean isHardwareTime() {
    return has(Constants.TP_STATUS_TS_RAW_HARDWARE);
  }

  /** Where the network header begins: behind the hardware's. */
  public int networkOffset() {
    return Tpacket.net(ring, frame()) - (int) (start - frame);
  }

  /** The protocol, one of Ethernet's, such as 0x0800. */
  public int protocol() {
    return Tpacket.protocol(ring, frame());
  }

  /** {@link nixio.Address.Packet#HOST}, {@link nixio.Address.Packet#OUTGOING} and so on. */
  public int kind() {
    return Tpacket.kind(ring, frame());
  }

  /** The index of the interface that it came by; see {@link Interface#of(int)}. */
  public int interfaceIndex() {
    return Tpacket.index(ring, frame());
  }

  /** Whether a VLAN tag was taken out of it: {@link #vlan} and {@link #vlanProtocol} have it. */
  public boolean hasVlan() {
    return has(Constants.TP_STATUS_VLAN_VALID);
  }

  /** The VLAN tag: priority and number. */
  public int vlan() {
    return Tpacket.vlan(ring, frame());
  }

  /** The protocol of the VLAN tag, 0x8100 for 802.1Q. */
  public int vlanProtocol() {
    return has(Constants.TP_STATUS_VLAN_TPID_VALID)
        ? Tpacket.vlanProtocol(ring, frame())
        : Constants.ETH_P_8021Q;
  }

  /** Whether the checksum is known to be right. */
  public boolean isChecksumValid() {
    return has(Constants.TP_STATUS_CSUM_VALID);
  }

  /**
   * Whether the checksum is not in it yet: this machine sends it, and the device is to write it.
   */
  public boolean isChecksumMissing() {
    return has(Constants.TP_STATUS_CSUMNOTREADY);
  }

  private boolean has(int bit) {
    return (Tpacket.status(ring, frame()) & bit) != 0;
  }

  /** Its length and its time. */
  @Override
  public String toString() {
    return length == NONE
        ? "no packet"
        : "packet of %d bytes at %d.%09d".formatted(wireLength(), seconds(), nanoseconds());
  }
}
