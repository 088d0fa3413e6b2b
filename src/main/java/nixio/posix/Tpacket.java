package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import nixio.posix.gen.linux.sockaddr_ll;
import nixio.posix.gen.linux.tpacket2_hdr;
import nixio.posix.gen.linux.tpacket3_hdr;
import nixio.posix.gen.linux.tpacket_bd_header_u;
import nixio.posix.gen.linux.tpacket_block_desc;
import nixio.posix.gen.linux.tpacket_hdr_v1;
import nixio.posix.gen.linux.tpacket_hdr_variant1;

/**
 * What stands in the memory of a packet ring: {@code <linux/if_packet.h>}. Every method takes the
 * whole ring and an offset into it, as a slice would be an object.
 */
public final class Tpacket {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
  private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
  private static final ValueLayout.OfShort NETWORK_SHORT = SHORT.withOrder(ByteOrder.BIG_ENDIAN);
  private static final VarHandle STATUS = ValueLayout.JAVA_INT.varHandle();

  // Blocks of TPACKET_V3
  private static final long BLOCK =
      tpacket_block_desc.hdr$offset() + tpacket_bd_header_u.bh1$offset();
  private static final long BLOCK_STATUS = BLOCK + tpacket_hdr_v1.block_status$offset();
  private static final long BLOCK_PACKETS = BLOCK + tpacket_hdr_v1.num_pkts$offset();
  private static final long BLOCK_FIRST = BLOCK + tpacket_hdr_v1.offset_to_first_pkt$offset();

  /** Bytes of a struct tpacket_block_desc. */
  public static final int BLOCK_HEADER = (int) tpacket_block_desc.sizeof();

  // Frames of TPACKET_V3
  private static final long NEXT = tpacket3_hdr.tp_next_offset$offset();
  private static final long SECONDS = tpacket3_hdr.tp_sec$offset();
  private static final long NANOSECONDS = tpacket3_hdr.tp_nsec$offset();
  private static final long CAPTURED = tpacket3_hdr.tp_snaplen$offset();
  private static final long LENGTH = tpacket3_hdr.tp_len$offset();
  private static final long FRAME_STATUS = tpacket3_hdr.tp_status$offset();
  private static final long MAC = tpacket3_hdr.tp_mac$offset();
  private static final long NET = tpacket3_hdr.tp_net$offset();
  private static final long HASH =
      tpacket3_hdr.hv1$offset() + tpacket_hdr_variant1.tp_rxhash$offset();
  private static final long VLAN =
      tpacket3_hdr.hv1$offset() + tpacket_hdr_variant1.tp_vlan_tci$offset();
  private static final long VLAN_PROTOCOL =
      tpacket3_hdr.hv1$offset() + tpacket_hdr_variant1.tp_vlan_tpid$offset();
  private static final long SENDER = align(tpacket3_hdr.sizeof());

  /** Bytes of a frame's header, its address included. */
  public static final int FRAME_HEADER = (int) (SENDER + sockaddr_ll.sizeof());

  /** Where the packet begins in a frame to send of TPACKET_V2. */
  public static final int SENT = (int) align(tpacket2_hdr.sizeof());

  private Tpacket() {}

  /** TPACKET_ALIGN. */
  private static long align(long size) {
    return (size + Constants.TPACKET_ALIGNMENT - 1) & -Constants.TPACKET_ALIGNMENT;
  }

  /** Whether a block is the user's; what the kernel wrote into it can be read then. */
  public static boolean isUsers(MemorySegment ring, long block) {
    return ((int) STATUS.getAcquire(ring, block + BLOCK_STATUS) & Constants.TP_STATUS_USER) != 0;
  }

  /** Gives a block back to the kernel, after whatever was read of it. */
  public static void giveBack(MemorySegment ring, long block) {
    STATUS.setRelease(ring, block + BLOCK_STATUS, Constants.TP_STATUS_KERNEL);
  }

  /** How many packets a block has. */
  public static int packets(MemorySegment ring, long block) {
    return ring.get(INT, block + BLOCK_PACKETS);
  }

  /** Where the first frame of a block begins in it. */
  public static long first(MemorySegment ring, long block) {
    return Integer.toUnsignedLong(ring.get(INT, block + BLOCK_FIRST));
  }

  /** Where the next frame begins, counted from this one. */
  public static long next(MemorySegment ring, long frame) {
    return Integer.toUnsignedLong(ring.get(INT, frame + NEXT));
  }

  /** The seconds of a packet's time. */
  public static long seconds(MemorySegment ring, long frame) {
    return Integer.toUnsignedLong(ring.get(INT, frame + SECONDS));
  }

  /** The nanoseconds of a packet's time. */
  public static int nanoseconds(MemorySegment ring, long frame) {
    return ring.get(INT, frame + NANOSECONDS);
  }

  /** How many bytes of a packet are in the ring. */
  public static int captured(MemorySegment ring, long frame) {
    return ring.get(INT, frame + CAPTURED);
  }

  /** How many bytes a packet had. */
  public static int length(MemorySegment ring, long frame) {
    return ring.get(INT, frame + LENGTH);
  }

  /** The bits of TP_STATUS_ of a packet. */
  public static int status(MemorySegment ring, long frame) {
    return ring.get(INT, frame + FRAME_STATUS);
  }

  /** Where a packet begins in its frame. */
  public static int mac(MemorySegment ring, long frame) {
    return Short.toUnsignedInt(ring.get(SHORT, frame + MAC));
  }

  /** Where a packet's network header begins in its frame. */
  public static int net(MemorySegment ring, long frame) {
    return Short.toUnsignedInt(ring.get(SHORT, frame + NET));
  }

  /** The hash of a packet's flow. */
  public static int hash(MemorySegment ring, long frame) {
    return ring.get(INT, frame + HASH);
  }

  /** The VLAN tag that was taken out of a packet. */
  public static int vlan(MemorySegment ring, long frame) {
    return ring.get(INT, frame + VLAN);
  }

  /** The protocol of that tag. */
  public static int vlanProtocol(MemorySegment ring, long frame) {
    return Short.toUnsignedInt(ring.get(SHORT, frame + VLAN_PROTOCOL));
  }

  /** The protocol of a packet, one of Ethernet's. */
  public static int protocol(MemorySegment ring, long frame) {
    return Short.toUnsignedInt(
        ring.get(NETWORK_SHORT, frame + SENDER + sockaddr_ll.sll_protocol$offset()));
  }

  /** The index of the interface that a packet came by. */
  public static int index(MemorySegment ring, long frame) {
    return ring.get(INT, frame + SENDER + sockaddr_ll.sll_ifindex$offset());
  }

  /** The kind of a packet (PACKET_HOST and others). */
  public static int kind(MemorySegment ring, long frame) {
    return Byte.toUnsignedInt(
        ring.get(ValueLayout.JAVA_BYTE, frame + SENDER + sockaddr_ll.sll_pkttype$offset()));
  }

  /** Who has a frame to send of TPACKET_V2: the bits of TP_STATUS_. */
  public static int sendStatus(MemorySegment ring, long frame) {
    return (int) STATUS.getAcquire(ring, frame + tpacket2_hdr.tp_status$offset());
  }

  /** Gives a frame of TPACKET_V2 to the kernel, to be sent. */
  public static void requestSend(MemorySegment ring, long frame, int length) {
    ring.set(INT, frame + tpacket2_hdr.tp_len$offset(), length);
    STATUS.setRelease(
        ring, frame + tpacket2_hdr.tp_status$offset(), Constants.TP_STATUS_SEND_REQUEST);
  }
}
