package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.addrinfo;
import nixio.posix.gen.linux.group_source_req;
import nixio.posix.gen.linux.ifaddrs;
import nixio.posix.gen.linux.ip_mreq_source;
import nixio.posix.gen.linux.ip_mreqn;
import nixio.posix.gen.linux.ipv6_mreq;
import nixio.posix.gen.linux.linger;
import nixio.posix.gen.linux.pollfd;
import nixio.posix.gen.linux.sockaddr_ll;
import nixio.posix.gen.linux.timeval;
import nixio.posix.gen.linux.ucred;

/** The other structs, as Java values: what is written answers its size. */
public final class Structs {
  /** Bytes of a struct linger. */
  public static final int LINGER = (int) linger.sizeof();

  /** Bytes of a struct timeval. */
  public static final int TIMEVAL = (int) timeval.sizeof();

  /** Bytes of a struct ucred. */
  public static final int UCRED = (int) ucred.sizeof();

  /** Bytes of the largest struct that a multicast option takes. */
  public static final int GROUP_SOURCE_REQ = (int) group_source_req.sizeof();

  /** Bytes of a struct pollfd. */
  public static final int POLLFD = (int) pollfd.sizeof();

  /** Bytes of a struct addrinfo. */
  public static final int ADDRINFO = (int) addrinfo.sizeof();

  /** The bytes of an IPv4 address that means any. */
  private static final byte[] NO_ADDRESS = new byte[4];

  private Structs() {}

  /** struct linger, socket(7). */
  public static int putLinger(MemorySegment into, boolean on, int seconds) {
    linger.l_onoff(into, on ? 1 : 0);
    linger.l_linger(into, seconds);
    return LINGER;
  }

  /** Whether to linger. */
  public static boolean lingers(MemorySegment value) {
    return linger.l_onoff(value) != 0;
  }

  /** How long to linger, in seconds. */
  public static int lingerSeconds(MemorySegment value) {
    return linger.l_linger(value);
  }

  /** struct timeval. */
  public static int putTimeval(MemorySegment into, long seconds, long microseconds) {
    timeval.tv_sec(into, seconds);
    timeval.tv_usec(into, microseconds);
    return TIMEVAL;
  }

  /** Seconds of a struct timeval. */
  public static long seconds(MemorySegment value) {
    return timeval.tv_sec(value);
  }

  /** Microseconds of a struct timeval, without the seconds. */
  public static long microseconds(MemorySegment value) {
    return timeval.tv_usec(value);
  }

  /** struct ip_mreqn, ip(7); {@code group} and {@code address} may be null for none. */
  public static int putIpMreqn(MemorySegment into, byte[] group, byte[] address, int index) {
    put(group, into, ip_mreqn.imr_multiaddr$offset());
    put(address, into, ip_mreqn.imr_address$offset());
    ip_mreqn.imr_ifindex(into, index);
    return (int) ip_mreqn.sizeof();
  }

  /** struct ip_mreq_source, ip(7); {@code address} may be null for none. */
  public static int putIpMreqSource(
      MemorySegment into, byte[] group, byte[] source, byte[] address) {
    put(group, into, ip_mreq_source.imr_multiaddr$offset());
    put(source, into, ip_mreq_source.imr_sourceaddr$offset());
    put(address, into, ip_mreq_source.imr_interface$offset());
    return (int) ip_mreq_source.sizeof();
  }

  /** struct ipv6_mreq, ipv6(7). */
  public static int putIpv6Mreq(MemorySegment into, byte[] group, int index) {
    put(group, into, ipv6_mreq.ipv6mr_multiaddr$offset());
    ipv6_mreq.ipv6mr_interface(into, index);
    return (int) ipv6_mreq.sizeof();
  }

  /** struct group_source_req (RFC 3678), for IPv6. */
  public static int putGroupSourceReq(MemorySegment into, byte[] group, byte[] source, int index) {
    into.asSlice(0, group_source_req.sizeof()).fill((byte) 0);
    group_source_req.gsr_interface(into, index);
    SockAddr.putInet6(group_source_req.gsr_group(into), group, 0, 0);
    SockAddr.putInet6(group_source_req.gsr_source(into), source, 0, 0);
    return (int) group_source_req.sizeof();
  }

  /** The process of a struct ucred. */
  public static int pid(MemorySegment value) {
    return ucred.pid(value);
  }

  /** The user of a struct ucred. */
  public static int uid(MemorySegment value) {
    return ucred.uid(value);
  }

  /** The group of a struct ucred. */
  public static int gid(MemorySegment value) {
    return ucred.gid(value);
  }

  /** Writes the {@code at}th struct pollfd, with no events found. */
  public static void putPollfd(MemorySegment array, long at, int fd, int events) {
    array.set(ValueLayout.JAVA_INT, at * POLLFD + pollfd.fd$offset(), fd);
    array.set(ValueLayout.JAVA_SHORT, at * POLLFD + pollfd.events$offset(), (short) events);
    array.set(ValueLayout.JAVA_SHORT, at * POLLFD + pollfd.revents$offset(), (short) 0);
  }

  /** What poll(2) found for the {@code at}th struct pollfd. */
  public static int revents(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_SHORT, at * POLLFD + pollfd.revents$offset());
  }

  /** The hints of getaddrinfo(3). */
  public static void putHints(MemorySegment into, int flags, int family, int type, int protocol) {
    into.asSlice(0, ADDRINFO).fill((byte) 0);
    addrinfo.ai_flags(into, flags);
    addrinfo.ai_family(into, family);
    addrinfo.ai_socktype(into, type);
    addrinfo.ai_protocol(into, protocol);
  }

  private static void put(byte[] bytes, MemorySegment into, long offset) {
    byte[] from = bytes == null ? NO_ADDRESS : bytes;
    MemorySegment.copy(from, 0, into, ValueLayout.JAVA_BYTE, offset, from.length);
  }

  /** An entry of getaddrinfo(3)'s list, which lives until freeaddrinfo(3). */
  public record AddrInfo(MemorySegment entry) {
    /** The entry that a pointer points to, or null. */
    public static AddrInfo at(MemorySegment pointer) {
      MemorySegment entry = pointer.get(ValueLayout.ADDRESS, 0);
      return entry.address() == 0 ? null : new AddrInfo(entry.reinterpret(ADDRINFO));
    }

    /** The next entry, or null. */
    public AddrInfo next() {
      return at(entry.asSlice(addrinfo.ai_next$offset()));
    }

    /** The family. */
    public int family() {
      return addrinfo.ai_family(entry);
    }

    /** The type. */
    public int type() {
      return addrinfo.ai_socktype(entry);
    }

    /** The protocol. */
    public int protocol() {
      return addrinfo.ai_protocol(entry);
    }

    /** The address, of exactly its length. */
    public MemorySegment address() {
      return addrinfo.ai_addr(entry).reinterpret(Integer.toUnsignedLong(length()));
    }

    /** The bytes of the address. */
    public int length() {
      return addrinfo.ai_addrlen(entry);
    }
  }

  /** An entry of getifaddrs(3)'s list, which lives until freeifaddrs(3). */
  public record IfAddrs(MemorySegment entry) {
    /** The entry that a pointer points to, or null. */
    public static IfAddrs at(MemorySegment pointer) {
      MemorySegment entry = pointer.get(ValueLayout.ADDRESS, 0);
      return entry.address() == 0 ? null : new IfAddrs(entry.reinterpret(ifaddrs.sizeof()));
    }

    /** The next entry, or null. */
    public IfAddrs next() {
      return at(entry.asSlice(ifaddrs.ifa_next$offset()));
    }

    /** The interface's name. */
    public String name() {
      return ifaddrs.ifa_name(entry).reinterpret(Long.MAX_VALUE).getString(0);
    }

    /** The interface's flags, netdevice(7). */
    public int flags() {
      return ifaddrs.ifa_flags(entry);
    }

    /** The address, or null. */
    public MemorySegment address() {
      return sockaddr(ifaddrs.ifa_addr(entry));
    }

    /** The netmask, or null. */
    public MemorySegment netmask() {
      return sockaddr(ifaddrs.ifa_netmask(entry));
    }

    /** The broadcast address, or that of the other end, or null. */
    public MemorySegment other() {
      return sockaddr(entry.get(ValueLayout.ADDRESS, ifaddrs.ifa_ifu$offset()));
    }

    private static MemorySegment sockaddr(MemorySegment pointer) {
      return pointer.address() == 0 ? null : pointer.reinterpret(SockAddr.MAX);
    }
  }

  /** The interface's index, of a sockaddr_ll. */
  public static int linkIndex(MemorySegment address) {
    return sockaddr_ll.sll_ifindex(address);
  }

  /** The kind of hardware (ARPHRD_), of a sockaddr_ll. */
  public static int linkType(MemorySegment address) {
    return Short.toUnsignedInt(sockaddr_ll.sll_hatype(address));
  }

  /** The hardware address, of a sockaddr_ll. */
  public static byte[] linkAddress(MemorySegment address) {
    int length = Math.min(Byte.toUnsignedInt(sockaddr_ll.sll_halen(address)), 8);
    return address.asSlice(sockaddr_ll.sll_addr$offset(), length).toArray(ValueLayout.JAVA_BYTE);
  }
}
