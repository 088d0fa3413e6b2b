package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.addrinfo;
import nixio.posix.gen.linux.fanout_args;
import nixio.posix.gen.linux.group_source_req;
import nixio.posix.gen.linux.icmp6_filter;
import nixio.posix.gen.linux.icmp_filter;
import nixio.posix.gen.linux.ifaddrs;
import nixio.posix.gen.linux.ip_mreq_source;
import nixio.posix.gen.linux.ip_mreqn;
import nixio.posix.gen.linux.ipv6_mreq;
import nixio.posix.gen.linux.linger;
import nixio.posix.gen.linux.packet_mreq;
import nixio.posix.gen.linux.pollfd;
import nixio.posix.gen.linux.sock_filter;
import nixio.posix.gen.linux.sock_fprog;
import nixio.posix.gen.linux.sock_txtime;
import nixio.posix.gen.linux.timeval;
import nixio.posix.gen.linux.tpacket_req3;
import nixio.posix.gen.linux.tpacket_stats_v3;
import nixio.posix.gen.linux.ucred;

/**
 * The other structs, as Java values: what is written answers its size. Sizes are asked for, so that
 * no layout is made before it is needed.
 */
public final class Structs {
  /** The bytes of an IPv4 address that means any. */
  private static final byte[] NO_ADDRESS = new byte[4];

  private Structs() {}

  /** Bytes of a struct linger. */
  public static int lingerSize() {
    return (int) linger.sizeof();
  }

  /** Bytes of a struct timeval. */
  public static int timevalSize() {
    return (int) timeval.sizeof();
  }

  /** Bytes of a struct sock_txtime. */
  public static int sockTxtimeSize() {
    return (int) sock_txtime.sizeof();
  }

  /** Bytes of a struct ucred. */
  public static int ucredSize() {
    return (int) ucred.sizeof();
  }

  /** Bytes of the largest struct that a multicast option takes. */
  public static int groupSourceReqSize() {
    return (int) group_source_req.sizeof();
  }

  /** Bytes of a struct pollfd. */
  public static int pollfdSize() {
    return (int) pollfd.sizeof();
  }

  /** Bytes of a struct addrinfo. */
  public static int addrinfoSize() {
    return (int) addrinfo.sizeof();
  }

  /** Bytes of a struct packet_mreq. */
  public static int packetMreqSize() {
    return (int) packet_mreq.sizeof();
  }

  /** Bytes of a struct fanout_args. */
  public static int fanoutArgsSize() {
    return (int) fanout_args.sizeof();
  }

  /** Bytes of a struct tpacket_stats_v3. */
  public static int tpacketStatsSize() {
    return (int) tpacket_stats_v3.sizeof();
  }

  /** Bytes of a struct tpacket_req3. */
  public static int tpacketReq3Size() {
    return (int) tpacket_req3.sizeof();
  }

  /** Bytes of a struct sock_filter. */
  public static int sockFilterSize() {
    return (int) sock_filter.sizeof();
  }

  /** Bytes of a struct sock_fprog, without the program. */
  public static int sockFprogSize() {
    return (int) sock_fprog.sizeof();
  }

  /** Bytes of a struct icmp_filter. */
  public static int icmpFilterSize() {
    return (int) icmp_filter.sizeof();
  }

  /** Bytes of a struct icmp6_filter. */
  public static int icmp6FilterSize() {
    return (int) icmp6_filter.sizeof();
  }

  /** struct linger, socket(7). */
  public static int putLinger(MemorySegment into, boolean on, int seconds) {
    linger.l_onoff(into, on ? 1 : 0);
    linger.l_linger(into, seconds);
    return lingerSize();
  }

  /** Whether to linger. */
  public static boolean lingers(MemorySegment value) {
    return linger.l_onoff(value) != 0;
  }

  /** How long to linger, in seconds. */
  public static int lingerSeconds(MemorySegment value) {
    return linger.l_linger(value);
  }

  /** struct sock_txtime, &lt;linux/net_tstamp.h&gt;. */
  public static int putSockTxtime(MemorySegment into, int clock, int flags) {
    sock_txtime.clockid(into, clock);
    sock_txtime.flags(into, flags);
    return sockTxtimeSize();
  }

  /** The clock of a struct sock_txtime. */
  public static int clock(MemorySegment value) {
    return sock_txtime.clockid(value);
  }

  /** The flags of a struct sock_txtime. */
  public static int txtimeFlags(MemorySegment value) {
    return sock_txtime.flags(value);
  }

  /** struct timeval. */
  public static int putTimeval(MemorySegment into, long seconds, long microseconds) {
    timeval.tv_sec(into, seconds);
    timeval.tv_usec(into, microseconds);
    return timevalSize();
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

  /** struct packet_mreq, packet(7). */
  public static int putPacketMreq(MemorySegment into, int index, int kind, byte[] hardware) {
    packet_mreq.mr_ifindex(into, index);
    packet_mreq.mr_type(into, (short) kind);
    packet_mreq.mr_alen(into, (short) hardware.length);
    put(hardware, into, packet_mreq.mr_address$offset());
    return packetMreqSize();
  }

  /** struct fanout_args, of which the kernel takes what packet(7) has as an int. */
  public static int putFanout(MemorySegment into, int group, int mode) {
    fanout_args.id(into, (short) group);
    fanout_args.type_flags(into, (short) mode);
    return Integer.BYTES;
  }

  /** The group of a struct fanout_args. */
  public static int fanoutGroup(MemorySegment value) {
    return Short.toUnsignedInt(value.get(ValueLayout.JAVA_SHORT, fanout_args.id$offset()));
  }

  /** Mode and flags of a struct fanout_args. */
  public static int fanoutMode(MemorySegment value) {
    return Short.toUnsignedInt(value.get(ValueLayout.JAVA_SHORT, fanout_args.type_flags$offset()));
  }

  /** The packets of a struct tpacket_stats_v3. */
  public static long packets(MemorySegment value) {
    return Integer.toUnsignedLong(
        value.get(ValueLayout.JAVA_INT, tpacket_stats_v3.tp_packets$offset()));
  }

  /** The drops of a struct tpacket_stats_v3. */
  public static long drops(MemorySegment value) {
    return Integer.toUnsignedLong(
        value.get(ValueLayout.JAVA_INT, tpacket_stats_v3.tp_drops$offset()));
  }

  /** The freezes of a struct tpacket_stats_v3; 0 in a struct tpacket_stats, which ends before. */
  public static long freezes(MemorySegment value) {
    return value.byteSize() < tpacketStatsSize()
        ? 0
        : Integer.toUnsignedLong(tpacket_stats_v3.tp_freeze_q_cnt(value));
  }

  /** struct tpacket_req3, which begins as struct tpacket_req. */
  public static int putTpacketReq3(
      MemorySegment into, int blockSize, int blocks, int frameSize, int retireMillis) {
    tpacket_req3.tp_block_size(into, blockSize);
    tpacket_req3.tp_block_nr(into, blocks);
    tpacket_req3.tp_frame_size(into, frameSize);
    tpacket_req3.tp_frame_nr(into, Math.multiplyExact(blockSize / frameSize, blocks));
    tpacket_req3.tp_retire_blk_tov(into, retireMillis);
    return tpacketReq3Size();
  }

  /** struct sock_fprog, with its program behind it: the two live and die together. */
  public static int putSockFprog(MemorySegment into, int instructions) {
    sock_fprog.len(into, (short) instructions);
    sock_fprog.filter(into, into.asSlice(sockFprogSize()));
    return sockFprogSize();
  }

  /** The {@code at}th struct sock_filter behind a struct sock_fprog. */
  public static void putSockFilter(
      MemorySegment program, int at, int code, int whenTrue, int whenFalse, int operand) {
    MemorySegment instruction =
        program.asSlice(sockFprogSize() + (long) at * sockFilterSize(), sockFilterSize());
    sock_filter.code(instruction, (short) code);
    sock_filter.jt(instruction, (byte) whenTrue);
    sock_filter.jf(instruction, (byte) whenFalse);
    sock_filter.k(instruction, operand);
  }

  /** struct icmp_filter, raw(7). */
  public static int putIcmpFilter(MemorySegment into, int blocked) {
    icmp_filter.data(into, blocked);
    return icmpFilterSize();
  }

  /** The blocked types of a struct icmp_filter. */
  public static int icmpFilter(MemorySegment value) {
    return icmp_filter.data(value);
  }

  /** struct icmp6_filter, RFC 3542. */
  public static int putIcmp6Filter(MemorySegment into, int[] blocked) {
    long offset = icmp6_filter.data$offset();
    MemorySegment.copy(blocked, 0, into, ValueLayout.JAVA_INT, offset, blocked.length);
    return icmp6FilterSize();
  }

  /** The blocked types of a struct icmp6_filter. */
  public static int[] icmp6Filter(MemorySegment value) {
    return icmp6_filter.data(value).toArray(ValueLayout.JAVA_INT);
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
    array.set(ValueLayout.JAVA_INT, at * pollfdSize() + pollfd.fd$offset(), fd);
    array.set(ValueLayout.JAVA_SHORT, at * pollfdSize() + pollfd.events$offset(), (short) events);
    array.set(ValueLayout.JAVA_SHORT, at * pollfdSize() + pollfd.revents$offset(), (short) 0);
  }

  /** What poll(2) found for the {@code at}th struct pollfd. */
  public static int revents(MemorySegment array, long at) {
    return array.get(ValueLayout.JAVA_SHORT, at * pollfdSize() + pollfd.revents$offset());
  }

  /** The hints of getaddrinfo(3). */
  public static void putHints(MemorySegment into, int flags, int family, int type, int protocol) {
    into.asSlice(0, addrinfoSize()).fill((byte) 0);
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
      return entry.address() == 0 ? null : new AddrInfo(entry.reinterpret(addrinfoSize()));
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
}
