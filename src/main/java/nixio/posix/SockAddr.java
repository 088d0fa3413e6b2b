package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import nixio.posix.gen.linux.linux_h;
import nixio.posix.gen.linux.sockaddr_in;
import nixio.posix.gen.linux.sockaddr_in6;
import nixio.posix.gen.linux.sockaddr_storage;
import nixio.posix.gen.linux.sockaddr_un;

/** Socket addresses in memory: sockaddr_in, sockaddr_in6, sockaddr_un; see sockaddr(3type). */
public final class SockAddr {
  /** Bytes that hold an address of any family. */
  public static final int MAX = (int) sockaddr_storage.sizeof();

  /** The most bytes that the name of a UNIX socket has. */
  public static final int UNIX_NAME_MAX = (int) sockaddr_un.sun_path$layout().byteSize();

  /** The most bytes that a UNIX address has. */
  public static final int UNIX_MAX = (int) sockaddr_un.sizeof();

  private static final ValueLayout.OfShort PORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  /** All of sin_zero; a slice to fill would be an object. */
  private static final ValueLayout.OfLong ZERO = ValueLayout.JAVA_LONG_UNALIGNED;

  private static final long UNIX_NAME = sockaddr_un.sun_path$offset();

  private SockAddr() {}

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

  /** Writes a UNIX address, without a NUL of its own; answers its length. */
  public static int putUnix(MemorySegment into, byte[] name) {
    sockaddr_un.sun_family(into, (short) linux_h.AF_UNIX());
    put(name, into, UNIX_NAME);
    return (int) UNIX_NAME + name.length;
  }

  /** The port of an IPv4 or IPv6 address. */
  public static int port(MemorySegment address) {
    return Short.toUnsignedInt(address.get(PORT, sockaddr_in.sin_port$offset()));
  }

  /** The four bytes of an IPv4 address. */
  public static byte[] inet(MemorySegment address) {
    return sockaddr_in.sin_addr(address).toArray(ValueLayout.JAVA_BYTE);
  }

  /** The sixteen bytes of an IPv6 address. */
  public static byte[] inet6(MemorySegment address) {
    return sockaddr_in6.sin6_addr(address).toArray(ValueLayout.JAVA_BYTE);
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
    long size = Math.clamp(length - UNIX_NAME, 0, UNIX_NAME_MAX);
    byte[] name = address.asSlice(UNIX_NAME, size).toArray(ValueLayout.JAVA_BYTE);
    if (name.length == 0 || name[0] == 0) {
      return name;
    }
    int end = 0;
    while (end < name.length && name[end] != 0) {
      end++;
    }
    return Arrays.copyOf(name, end);
  }

  private static void put(byte[] bytes, MemorySegment into, long offset) {
    MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, offset, bytes.length);
  }
}
