package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import nixio.posix.gen.linux.linux_h;
import nixio.posix.gen.linux.sockaddr_in;
import nixio.posix.gen.linux.sockaddr_in6;
import nixio.posix.gen.linux.sockaddr_ll;
import nixio.posix.gen.linux.sockaddr_nl;
import nixio.posix.gen.linux.sockaddr_storage;
import nixio.posix.gen.linux.sockaddr_un;
import nixio.posix.gen.linux.sockaddr_vm;

/**
 * Socket addresses in memory: sockaddr_in, sockaddr_in6, sockaddr_un, sockaddr_ll, sockaddr_nl,
 * sockaddr_vm; see sockaddr(3type).
 */
public final class SockAddr {
  /** Bytes that hold an address of any family. */
  public static final int MAX = (int) sockaddr_storage.sizeof();

  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** All of sin_zero; a slice to fill would be an object. */
  private static final ValueLayout.OfLong ZERO = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;

  private SockAddr() {}

  /** The most bytes that the name of a UNIX socket has. */
  public static int unixNameMax() {
    return (int) sockaddr_un.sun_path$layout().byteSize();
  }

  /** The most bytes that a UNIX address has. */
  public static int unixMax() {
    return (int) sockaddr_un.sizeof();
  }

  /** The most bytes that a hardware address has. */
  public static int hardwareMax() {
    return (int) sockaddr_ll.sll_addr$layout().byteSize();
  }

  /** The family, AF_UNSPEC for an address of no length. */
  public static int family(MemorySegment address, int length) {
    return length < Short.BYTES ? linux_h.AF_UNSPEC() : sockaddr_in.sin_family(address);
  }

  /** Writes an IPv4 address; answers its length. */
  public static int putInet(MemorySegment into, byte[] address, int port) {
    sockaddr_in.sin_family(into, (short) linux_h.AF_INET());
    into.set(PORT, sockaddr_in.sin_port$offset(), (short) port);
    put(address, into, sockaddr_in.sin_addr$offset());
    into.set(ZERO, sockaddr_in.sin_zero$offset(), 0);
    return (int) sockaddr_in.sizeof();
  }

  /** Writes an IPv6 address; answers its length. */
  public static int putInet6(MemorySegment into, byte[] address, int port, int scope) {
    sockaddr_in6.sin6_family(into, (short) linux_h.AF_INET6());
    into.set(PORT, sockaddr_in6.sin6_port$offset(), (short) port);
    sockaddr_in6.sin6_flowinfo(into, 0);
    put(address, into, sockaddr_in6.sin6_addr$offset());
    sockaddr_in6.sin6_scope_id(into, scope);
    return (int) sockaddr_in6.sizeof();
  }

  /** Writes the IPv4 address that stands somewhere, with port 0; answers its length. */
  public static int putInet(MemorySegment into, MemorySegment from, long at) {
    sockaddr_in.sin_family(into, (short) linux_h.AF_INET());
    into.set(PORT, sockaddr_in.sin_port$offset(), (short) 0);
    into.set(
        ValueLayout.JAVA_INT,
        sockaddr_in.sin_addr$offset(),
        from.get(ValueLayout.JAVA_INT_UNALIGNED, at));
    into.set(ZERO, sockaddr_in.sin_zero$offset(), 0);
    return (int) sockaddr_in.sizeof();
  }

  /** Writes the IPv6 address that stands somewhere, with port 0; answers its length. */
  public static int putInet6(MemorySegment into, MemorySegment from, long at, int scope) {
    sockaddr_in6.sin6_family(into, (short) linux_h.AF_INET6());
    into.set(PORT, sockaddr_in6.sin6_port$offset(), (short) 0);
    sockaddr_in6.sin6_flowinfo(into, 0);
    long to = sockaddr_in6.sin6_addr$offset();
    into.set(LONG, to, from.get(LONG, at));
    into.set(LONG, to + Long.BYTES, from.get(LONG, at + Long.BYTES));
    sockaddr_in6.sin6_scope_id(into, scope);
    return (int) sockaddr_in6.sizeof();
  }

  /**
   * Copies a socket address that stands somewhere.
   *
   * @param room the bytes that are there
   * @return its length; 0 if there is none of IPv4 or IPv6
   */
  public static int copy(MemorySegment from, long at, long room, MemorySegment into) {
    if (room < Short.BYTES) {
      return 0;
    }
    int family = from.get(ValueLayout.JAVA_SHORT_UNALIGNED, at);
    long length =
        family == linux_h.AF_INET()
            ? sockaddr_in.sizeof()
            : family == linux_h.AF_INET6() ? sockaddr_in6.sizeof() : 0;
    if (length == 0 || length > room) {
      return 0;
    }
    MemorySegment.copy(from, at, into, 0, length);
    return (int) length;
  }

  /** The four bytes of an IPv4 address, as they stand in memory. */
  static int inetBits(MemorySegment address) {
    return address.get(ValueLayout.JAVA_INT, sockaddr_in.sin_addr$offset());
  }

  /** Copies the sixteen bytes of an IPv6 address. */
  static void copyInet6(MemorySegment address, MemorySegment into, long at) {
    long from = sockaddr_in6.sin6_addr$offset();
    into.set(LONG, at, address.get(LONG, from));
    into.set(LONG, at + Long.BYTES, address.get(LONG, from + Long.BYTES));
  }

  /** Writes a UNIX address, without a NUL of its own; answers its length. */
  public static int putUnix(MemorySegment into, byte[] name) {
    sockaddr_un.sun_family(into, (short) linux_h.AF_UNIX());
    long offset = sockaddr_un.sun_path$offset();
    put(name, into, offset);
    return (int) offset + name.length;
  }

  /** The port of an IPv4 or IPv6 address. */
  public static int port(MemorySegment address) {
    return Short.toUnsignedInt(address.get(PORT, sockaddr_in.sin_port$offset()));
  }

  /** The four bytes of an IPv4 address. */
  public static byte[] inet(MemorySegment address) {
    return bytes(address, sockaddr_in.sin_addr$offset(), 4);
  }

  /** The sixteen bytes of an IPv6 address. */
  public static byte[] inet6(MemorySegment address) {
    return bytes(address, sockaddr_in6.sin6_addr$offset(), 16);
  }

  /** The scope of an IPv6 address: an interface's index, or 0. */
  public static int scope(MemorySegment address) {
    return sockaddr_in6.sin6_scope_id(address);
  }

  /**
   * The name of a UNIX address: empty if it has none, with a leading NUL if it is abstract. Linux
   * counts the NUL that it writes behind a path into the length; a path of 108 bytes has none.
   */
  public static byte[] unixName(MemorySegment address, int length) {
    long offset = sockaddr_un.sun_path$offset();
    long size = Math.clamp(length - offset, 0, unixNameMax());
    byte[] name = address.asSlice(offset, size).toArray(ValueLayout.JAVA_BYTE);
    if (name.length == 0 || name[0] == 0) {
      return name;
    }
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Arrays.copyOf(name, end);
  }

  /** Writes a packet address; answers its length. */
  public static int putPacket(
      MemorySegment into, int protocol, int index, int hardwareType, int kind, byte[] hardware) {
    sockaddr_ll.sll_family(into, (short) linux_h.AF_PACKET());
    into.set(PORT, sockaddr_ll.sll_protocol$offset(), (short) protocol);
    sockaddr_ll.sll_ifindex(into, index);
    sockaddr_ll.sll_hatype(into, (short) hardwareType);
    sockaddr_ll.sll_pkttype(into, (byte) kind);
    sockaddr_ll.sll_halen(into, (byte) hardware.length);
    into.set(ZERO, sockaddr_ll.sll_addr$offset(), 0);
    put(hardware, into, sockaddr_ll.sll_addr$offset());
    return (int) sockaddr_ll.sizeof();
  }

  /** The protocol of a packet address, one of Ethernet's. */
  public static int protocol(MemorySegment address) {
    return Short.toUnsignedInt(address.get(PORT, sockaddr_ll.sll_protocol$offset()));
  }

  /** The interface's index, of a packet address. */
  public static int index(MemorySegment address) {
    return sockaddr_ll.sll_ifindex(address);
  }

  /** The type of hardware (ARPHRD_), of a packet address. */
  public static int hardwareType(MemorySegment address) {
    return Short.toUnsignedInt(sockaddr_ll.sll_hatype(address));
  }

  /** The kind of the packet (PACKET_HOST and others), of a packet address. */
  public static int kind(MemorySegment address) {
    return Byte.toUnsignedInt(sockaddr_ll.sll_pkttype(address));
  }

  /** The hardware address, of a packet address. */
  public static byte[] hardware(MemorySegment address) {
    int length = Math.min(Byte.toUnsignedInt(sockaddr_ll.sll_halen(address)), hardwareMax());
    return address.asSlice(sockaddr_ll.sll_addr$offset(), length).toArray(ValueLayout.JAVA_BYTE);
  }

  /** Writes a netlink address; answers its length. */
  public static int putNetlink(MemorySegment into, int port, int groups) {
    into.asSlice(0, sockaddr_nl.sizeof()).fill((byte) 0);
    sockaddr_nl.nl_family(into, (short) linux_h.AF_NETLINK());
    sockaddr_nl.nl_pid(into, port);
    sockaddr_nl.nl_groups(into, groups);
    return (int) sockaddr_nl.sizeof();
  }

  /** The port of a netlink address. */
  public static int netlinkPort(MemorySegment address) {
    return sockaddr_nl.nl_pid(address);
  }

  /** The groups of a netlink address, a bit for each. */
  public static int netlinkGroups(MemorySegment address) {
    return sockaddr_nl.nl_groups(address);
  }

  /** Writes a vsock address; answers its length. */
  public static int putVsock(MemorySegment into, int cid, int port) {
    into.asSlice(0, sockaddr_vm.sizeof()).fill((byte) 0);
    sockaddr_vm.svm_family(into, (short) linux_h.AF_VSOCK());
    sockaddr_vm.svm_port(into, port);
    sockaddr_vm.svm_cid(into, cid);
    return (int) sockaddr_vm.sizeof();
  }

  /** The machine of a vsock address. */
  public static int cid(MemorySegment address) {
    return sockaddr_vm.svm_cid(address);
  }

  /** The port of a vsock address. */
  public static int vsockPort(MemorySegment address) {
    return sockaddr_vm.svm_port(address);
  }

  static byte[] bytes(MemorySegment from, long offset, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    return bytes;
  }

  private static void put(byte[] bytes, MemorySegment into, long offset) {
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, offset, bytes.length);
  }
}
