package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.in6_pktinfo;
import nixio.posix.gen.linux.in_pktinfo;
import nixio.posix.gen.linux.scm_timestamping;
import nixio.posix.gen.linux.sock_extended_err;
import nixio.posix.gen.linux.timespec;
import nixio.posix.gen.linux.timeval;
import nixio.posix.gen.linux.tpacket_auxdata;
import nixio.posix.gen.linux.ucred;

/**
 * The structs in control messages, in place: {@code at} is where the data begin, as {@link
 * Cmsg#find} answers it for data of the size that is named here.
 */
public final class CmsgData {
  /** Bytes of a struct in_pktinfo, ip(7). */
  public static final int PKTINFO = (int) in_pktinfo.sizeof();

  /** Bytes of a struct in6_pktinfo, ipv6(7). */
  public static final int PKTINFO6 = (int) in6_pktinfo.sizeof();

  /** Bytes of a struct timespec. */
  public static final int TIMESPEC = (int) timespec.sizeof();

  /** Bytes of a struct timeval. */
  public static final int TIMEVAL = (int) timeval.sizeof();

  /** Bytes of a struct scm_timestamping. */
  public static final int TIMESTAMPING = (int) scm_timestamping.sizeof();

  /** Bytes of a struct ucred, unix(7). */
  public static final int UCRED = (int) ucred.sizeof();

  /** Bytes of a struct sock_extended_err, ip(7); the offender's address is behind it. */
  public static final int EXTENDED_ERR = (int) sock_extended_err.sizeof();

  /** Bytes of a struct tpacket_auxdata, packet(7). */
  public static final int AUXDATA = (int) tpacket_auxdata.sizeof();

  private static final long NANOS = 1_000_000_000;
  private static final long NANOS_PER_MICRO = 1_000;

  /** SCM_TIMESTAMPING has three: the software's, one that is not used, and the hardware's. */
  private static final long HARDWARE = 2L * TIMESPEC;

  private static final int LINK_LOCAL = 0xfe80;
  private static final int LINK_LOCAL_MASK = 0xffc0;
  private static final int MULTICAST = 0xff00;

  /** In a multicast address: the highest bits of its scope; it is the link's, or narrower. */
  private static final int MULTICAST_SCOPE = 0xff0c;

  private CmsgData() {}

  /** An int. */
  public static int number(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at);
  }

  /** Writes an int. */
  public static void putNumber(MemorySegment control, long at, int value) {
    control.set(ValueLayout.JAVA_INT, at, value);
  }

  // struct in_pktinfo, struct in6_pktinfo

  /** The interface's index, of a struct in_pktinfo. */
  public static int index(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + in_pktinfo.ipi_ifindex$offset());
  }

  /** The interface's index, of a struct in6_pktinfo. */
  public static int index6(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + in6_pktinfo.ipi6_ifindex$offset());
  }

  /** Writes the destination of a struct in_pktinfo as a socket address; answers its length. */
  public static int destination(MemorySegment control, long at, MemorySegment into) {
    return SockAddr.putInet(into, control, at + in_pktinfo.ipi_addr$offset());
  }

  /**
   * Writes the destination of a struct in6_pktinfo as a socket address, with the interface as its
   * scope where it is of a link; answers its length.
   */
  public static int destination6(MemorySegment control, long at, MemorySegment into) {
    long address = at + in6_pktinfo.ipi6_addr$offset();
    int begin =
        Byte.toUnsignedInt(control.get(ValueLayout.JAVA_BYTE, address)) << 8
            | Byte.toUnsignedInt(control.get(ValueLayout.JAVA_BYTE, address + 1));
    boolean isOfLink =
        (begin & LINK_LOCAL_MASK) == LINK_LOCAL || (begin & MULTICAST_SCOPE) == MULTICAST;
    return SockAddr.putInet6(into, control, address, isOfLink ? index6(control, at) : 0);
  }

  /** Writes a struct in_pktinfo to send with; {@code address}, a socket's, may be null for any. */
  public static void putPktinfo(MemorySegment control, long at, MemorySegment address, int index) {
    control.set(ValueLayout.JAVA_INT, at + in_pktinfo.ipi_ifindex$offset(), index);
    int source = address == null ? 0 : SockAddr.inetBits(address);
    control.set(ValueLayout.JAVA_INT, at + in_pktinfo.ipi_spec_dst$offset(), source);
    control.set(ValueLayout.JAVA_INT, at + in_pktinfo.ipi_addr$offset(), 0);
  }

  /** Writes a struct in6_pktinfo to send with; {@code address}, a socket's, may be null for any. */
  public static void putPktinfo6(MemorySegment control, long at, MemorySegment address, int index) {
    control.set(ValueLayout.JAVA_INT, at + in6_pktinfo.ipi6_ifindex$offset(), index);
    long to = at + in6_pktinfo.ipi6_addr$offset();
    if (address == null) {
      control.set(ValueLayout.JAVA_LONG_UNALIGNED, to, 0);
      control.set(ValueLayout.JAVA_LONG_UNALIGNED, to + Long.BYTES, 0);
    } else {
      SockAddr.copyInet6(address, control, to);
    }
  }

  // Timestamps

  /** Nanoseconds of a struct timespec. */
  public static long nanos(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_LONG, at + timespec.tv_sec$offset()) * NANOS
        + control.get(ValueLayout.JAVA_LONG, at + timespec.tv_nsec$offset());
  }

  /** Nanoseconds of a struct timeval. */
  public static long nanosOfTimeval(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_LONG, at + timeval.tv_sec$offset()) * NANOS
        + control.get(ValueLayout.JAVA_LONG, at + timeval.tv_usec$offset()) * NANOS_PER_MICRO;
  }

  /** Nanoseconds of the device's clock in a struct scm_timestamping, 0 for none. */
  public static long hardwareNanos(MemorySegment control, long at) {
    return nanos(control, at + HARDWARE);
  }

  // struct ucred

  /** The process. */
  public static int pid(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + ucred.pid$offset());
  }

  /** The user. */
  public static int uid(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + ucred.uid$offset());
  }

  /** The group. */
  public static int gid(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + ucred.gid$offset());
  }

  /** Writes a struct ucred. */
  public static void putUcred(MemorySegment control, long at, int pid, int uid, int gid) {
    control.set(ValueLayout.JAVA_INT, at + ucred.pid$offset(), pid);
    control.set(ValueLayout.JAVA_INT, at + ucred.uid$offset(), uid);
    control.set(ValueLayout.JAVA_INT, at + ucred.gid$offset(), gid);
  }

  // struct sock_extended_err

  /** The errno. */
  public static int errorNumber(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + sock_extended_err.ee_errno$offset());
  }

  /** Who said it, SO_EE_ORIGIN_. */
  public static int errorOrigin(MemorySegment control, long at) {
    return Byte.toUnsignedInt(
        control.get(ValueLayout.JAVA_BYTE, at + sock_extended_err.ee_origin$offset()));
  }

  /** ICMP's type. */
  public static int errorType(MemorySegment control, long at) {
    return Byte.toUnsignedInt(
        control.get(ValueLayout.JAVA_BYTE, at + sock_extended_err.ee_type$offset()));
  }

  /** ICMP's code, or another by the origin. */
  public static int errorCode(MemorySegment control, long at) {
    return Byte.toUnsignedInt(
        control.get(ValueLayout.JAVA_BYTE, at + sock_extended_err.ee_code$offset()));
  }

  /** What the origin and the errno tell more. */
  public static long errorInfo(MemorySegment control, long at) {
    return Integer.toUnsignedLong(
        control.get(ValueLayout.JAVA_INT, at + sock_extended_err.ee_info$offset()));
  }

  /** What the origin tells more. */
  public static long errorData(MemorySegment control, long at) {
    return Integer.toUnsignedLong(
        control.get(ValueLayout.JAVA_INT, at + sock_extended_err.ee_data$offset()));
  }

  // struct tpacket_auxdata

  /** The bits of TP_STATUS_. */
  public static int status(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + tpacket_auxdata.tp_status$offset());
  }

  /** How many bytes the packet had. */
  public static int wireLength(MemorySegment control, long at) {
    return control.get(ValueLayout.JAVA_INT, at + tpacket_auxdata.tp_len$offset());
  }

  /** Where the network header begins. */
  public static int net(MemorySegment control, long at) {
    return Short.toUnsignedInt(
        control.get(ValueLayout.JAVA_SHORT, at + tpacket_auxdata.tp_net$offset()));
  }

  /** The VLAN tag. */
  public static int vlan(MemorySegment control, long at) {
    return Short.toUnsignedInt(
        control.get(ValueLayout.JAVA_SHORT, at + tpacket_auxdata.tp_vlan_tci$offset()));
  }

  /** The protocol of the VLAN tag. */
  public static int vlanProtocol(MemorySegment control, long at) {
    return Short.toUnsignedInt(
        control.get(ValueLayout.JAVA_SHORT, at + tpacket_auxdata.tp_vlan_tpid$offset()));
  }
}
