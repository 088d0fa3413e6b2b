package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.Objects;
import nixio.io.Arrivals;
import nixio.io.Closing;
import nixio.posix.Cmsg;
import nixio.posix.CmsgData;
import nixio.posix.Constants;
import nixio.posix.Recent;
import nixio.posix.SockAddr;

/**
 * The control messages of one message of a {@link Batch}, in their place: what the kernel told of a
 * message that was received, or is to do with one that is sent; see cmsg(3).
 *
 * {@snippet file="MessagesExample.java" region="destination"}
 *
 * <p><b>Received.</b> The kernel tells what an {@link Option} of the socket asks for, and what
 * there is room for: {@link Batch#isControlTruncated} otherwise. {@link #NONE} or null stands for
 * what it did not tell. Reading allocates nothing, but for the methods that answer objects.
 *
 * <p><b>To be sent.</b> What is written replaces what was received, and what was written of the
 * same kind. It stays until it is replaced, and goes with every call that sends the message. The
 * kernel passes over what is for another domain, so {@link #ttl(int)} and {@link
 * #trafficClass(int)} write for IPv4 and for IPv6.
 *
 * <p><b>Room.</b> It is the batch's, {@link Batch#of(int, long, long)}; {@link #space} tells how
 * much a control message takes. Each method that writes is an {@link IndexOutOfBoundsException},
 * which tells what is needed, if there is not room enough.
 *
 * <p><b>Descriptors</b> that were received belong to the batch until they are taken. Those that
 * nobody takes are closed when the message's place is received into again, written to or cleared,
 * and when the batch is closed or lost.
 *
 * <p>Like the batch, it is for one thread at a time, and not to be used while a call has the batch.
 */
public final class Control {
  /** What is answered for a number that the kernel did not tell. */
  public static final int NONE = -1;

  /** The most descriptors in one message; see unix(7), SCM_MAX_FD. */
  public static final int MOST_DESCRIPTORS = Recent.SCM_MAX_FD;

  private static final int MOST_TTL = 255;
  private static final int MOST_SEGMENT = 0xffff;
  private static final int ECN = 3;

  private final Batch batch;
  private final int slot;

  /** All the room for them. */
  final MemorySegment memory;

  /** How much of the memory is used. */
  private long length;

  /** Whether it was received, and is not to be sent. */
  private boolean received;

  /** What is to be passed as duplicates that are made for each call, or null. */
  private Socket[] passed;

  private int[] duplicates;

  Control(Batch batch, int slot, MemorySegment memory) {
    this.batch = batch;
    this.slot = slot;
    this.memory = memory;
  }

  /**
   * The bytes that a control message takes, CMSG_SPACE, to add up how much room a batch needs.
   *
   * @param data the bytes of its data, such as 4 for an int, 4 for each descriptor
   */
  public static long space(long data) {
    if (data < 0 || data > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(data + " bytes are not 0.." + Integer.MAX_VALUE);
    }
    return Cmsg.space(data);
  }

  private long find(int level, int type, long least) {
    return Cmsg.find(memory, length, level, type, least);
  }

  private int find(int level, int type) {
    long at = find(level, type, Integer.BYTES);
    return at == Cmsg.NONE ? NONE : CmsgData.number(memory, at);
  }

  private long findUnsigned(int level, int type) {
    long at = find(level, type, Integer.BYTES);
    return at == Cmsg.NONE ? NONE : Integer.toUnsignedLong(CmsgData.number(memory, at));
  }

  // Of IP

  /**
   * How many hops the message had left, {@link Option#IP_RECVTTL}, {@link
   * Option#IPV6_RECVHOPLIMIT}.
   *
   * @return 0..255, or {@link #NONE}
   */
  public int ttl() {
    int ttl = find(Constants.IPPROTO_IP, Constants.IP_TTL);
    return ttl != NONE ? ttl : find(Constants.IPPROTO_IPV6, Constants.IPV6_HOPLIMIT);
  }

  /**
   * Sends with that time to live or hop limit; takes {@code 2 * space(4)} bytes.
   *
   * @param hops 1..255
   */
  public Control ttl(int hops) {
    if (hops < 1 || hops > MOST_TTL) {
      throw new IllegalArgumentException("time to live " + hops + " is not 1.." + MOST_TTL);
    }
    return both("a time to live", Constants.IP_TTL, Constants.IPV6_HOPLIMIT, hops);
  }

  /**
   * The type of service or traffic class, {@link Option#IP_RECVTOS}, {@link
   * Option#IPV6_RECVTCLASS}: DSCP and ECN.
   *
   * @return 0..255, or {@link #NONE}
   */
  public int trafficClass() {
    long at = find(Constants.IPPROTO_IP, Constants.IP_TOS, Byte.BYTES); // the kernel writes a byte
    return at != Cmsg.NONE
        ? Byte.toUnsignedInt(memory.get(ValueLayout.JAVA_BYTE, at))
        : find(Constants.IPPROTO_IPV6, Constants.IPV6_TCLASS);
  }

  /**
   * The mark of congestion in {@link #trafficClass()}, RFC 3168: 0 not able, 1 and 2 able, 3
   * congestion was met.
   *
   * @return 0..3, or {@link #NONE}
   */
  public int ecn() {
    int all = trafficClass();
    return all == NONE ? NONE : all & ECN;
  }

  /**
   * Sends with that type of service or traffic class; takes {@code 2 * space(4)} bytes.
   *
   * @param value 0..255: DSCP times four, and ECN
   */
  public Control trafficClass(int value) {
    if (value < 0 || value > 0xff) {
      throw new IllegalArgumentException("traffic class " + value + " is not 0..255");
    }
    return both("a traffic class", Constants.IP_TOS, Constants.IPV6_TCLASS, value);
  }

  private Control both(String what, int type, int type6, int value) {
    long needed = 2 * Cmsg.space(Integer.BYTES);
    long has = spaceOf(Constants.IPPROTO_IP, type) + spaceOf(Constants.IPPROTO_IPV6, type6);
    demandRoom(what, needed - has, needed);
    putInt(what, Constants.IPPROTO_IP, type, value);
    return putInt(what, Constants.IPPROTO_IPV6, type6, value);
  }

  /**
   * The index of the interface that the message came by, {@link Option#IP_PKTINFO}, {@link
   * Option#IPV6_RECVPKTINFO}.
   *
   * @return 1 or more, or {@link #NONE}
   */
  public int interfaceIndex() {
    long at = find(Constants.IPPROTO_IP, Constants.IP_PKTINFO, CmsgData.PKTINFO);
    if (at != Cmsg.NONE) {
      return CmsgData.index(memory, at);
    }
    at = find(Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO, CmsgData.PKTINFO6);
    return at == Cmsg.NONE ? NONE : CmsgData.index6(memory, at);
  }

  /**
   * The address that the message was sent to, without a port, {@link Option#IP_PKTINFO}, {@link
   * Option#IPV6_RECVPKTINFO}; it may be a group's, or broadcast.
   *
   * @return whether the kernel told it
   */
  public boolean destination(AddressBuffer into) {
    long at = find(Constants.IPPROTO_IP, Constants.IP_PKTINFO, CmsgData.PKTINFO);
    if (at != Cmsg.NONE) {
      into.length(CmsgData.destination(memory, at, into.address));
      return true;
    }
    at = find(Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO, CmsgData.PKTINFO6);
    if (at != Cmsg.NONE) {
      into.length(CmsgData.destination6(memory, at, into.address));
      return true;
    }
    into.clear();
    return false;
  }

  /** {@link #destination(AddressBuffer)} as an object, or null. */
  public Address destination() {
    return address(this::destination);
  }

  /** What writes an address, if there is one. */
  @FunctionalInterface
  private interface Reading {
    boolean into(AddressBuffer buffer);
  }

  private static Address address(Reading reading) {
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer buffer = new AddressBuffer(arena);
      return reading.into(buffer) ? buffer.address() : null;
    }
  }

  /**
   * The address that the message was sent to, with its port, before a firewall sent it here, {@link
   * Option#IP_RECVORIGDSTADDR}, {@link Option#IPV6_RECVORIGDSTADDR}.
   *
   * @return whether the kernel told it
   */
  public boolean originalDestination(AddressBuffer into) {
    return socketAddress(Constants.IPPROTO_IP, Constants.IP_ORIGDSTADDR, 0, into)
        || socketAddress(Constants.IPPROTO_IPV6, Constants.IPV6_ORIGDSTADDR, 0, into);
  }

  /** {@link #originalDestination(AddressBuffer)} as an object, or null. */
  public Address originalDestination() {
    return address(this::originalDestination);
  }

  private boolean socketAddress(int level, int type, int behind, AddressBuffer into) {
    into.clear();
    long at = at(level, type);
    if (at != Cmsg.NONE) {
      long room = Cmsg.dataLength(memory, at) - behind;
      into.length(SockAddr.copy(memory, Cmsg.data(at) + behind, room, into.address));
    }
    return into.length() > 0;
  }

  /**
   * Sends from an address of this machine, whose port is of no consequence; takes {@code space(12)}
   * bytes for IPv4, {@code space(20)} for IPv6. EINVAL if the address is not this machine's.
   */
  public Control source(Address address) {
    return source(address, Interface.ANY);
  }

  /** Sends by an interface, for IPv4 and IPv6; takes {@code space(12) + space(20)} bytes. */
  public Control source(Interface via) {
    int index = index(via);
    String what = "a source";
    long needed = Cmsg.space(CmsgData.PKTINFO) + Cmsg.space(CmsgData.PKTINFO6);
    demandRoom(what, needed - spaceOfSources(), needed);
    removeSources();
    CmsgData.putPktinfo(memory, addPktinfo(what), null, index);
    CmsgData.putPktinfo6(memory, addPktinfo6(what), null, index);
    return this;
  }

  /** Sends from an address of this machine, by an interface. */
  public Control source(Address address, Interface via) {
    Objects.requireNonNull(address, "address");
    int index = index(via);
    if (!(address instanceof Address.Inet inet)) {
      throw new IllegalArgumentException(address + " is not an address of IPv4 or IPv6");
    }
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer buffer = new AddressBuffer(arena).set(address);
      return source(buffer, index == 0 ? inet.scope() : index);
    }
  }

  /**
   * Sends from an address of this machine, such as {@link #destination(AddressBuffer)} answered;
   * allocates nothing.
   *
   * @param interfaceIndex the interface to send by, as {@link #interfaceIndex} answered; 0 for any
   */
  public Control source(AddressBuffer address, int interfaceIndex) {
    if (interfaceIndex < 0) {
      throw new IllegalArgumentException("interface index " + interfaceIndex + " is negative");
    }
    String what = "a source";
    int family = address.family();
    if (family == Constants.AF_INET) {
      replaceSources(what, CmsgData.PKTINFO);
      CmsgData.putPktinfo(memory, addPktinfo(what), address.address, interfaceIndex);
    } else if (family == Constants.AF_INET6) {
      replaceSources(what, CmsgData.PKTINFO6);
      CmsgData.putPktinfo6(memory, addPktinfo6(what), address.address, interfaceIndex);
    } else {
      throw new IllegalArgumentException(address + " is not an address of IPv4 or IPv6");
    }
    return this;
  }

  private static int index(Interface via) {
    Objects.requireNonNull(via, "via");
    if (via.index() == 0 && !via.isAny()) {
      throw new IllegalArgumentException(
          "interface " + via + " is known by its address alone: one by index or name is needed");
    }
    return via.index();
  }

  private long spaceOfSources() {
    return spaceOf(Constants.IPPROTO_IP, Constants.IP_PKTINFO)
        + spaceOf(Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO);
  }

  private void replaceSources(String what, long data) {
    demandRoom(what, Cmsg.space(data) - spaceOfSources(), Cmsg.space(data));
    removeSources();
  }

  private void removeSources() {
    begin();
    remove(Constants.IPPROTO_IP, Constants.IP_PKTINFO);
    remove(Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO);
  }

  private long addPktinfo(String what) {
    return put(what, Constants.IPPROTO_IP, Constants.IP_PKTINFO, CmsgData.PKTINFO);
  }

  private long addPktinfo6(String what) {
    return put(what, Constants.IPPROTO_IPV6, Constants.IPV6_PKTINFO, CmsgData.PKTINFO6);
  }

  // Of sockets

  /**
   * When the kernel had the message: {@link Option#SO_TIMESTAMPNS}, {@link Option#SO_TIMESTAMP}, or
   * the software's of {@link Option#SO_TIMESTAMPING}, also that of a sent message in the queue of
   * errors.
   *
   * @return nanoseconds since 1970, of the system's clock; or {@link #NONE}
   */
  public long timestamp() {
    long at = find(Constants.SOL_SOCKET, Constants.SCM_TIMESTAMPNS, CmsgData.TIMESPEC);
    if (at != Cmsg.NONE) {
      return CmsgData.nanos(memory, at);
    }
    at = find(Constants.SOL_SOCKET, Constants.SCM_TIMESTAMPING, CmsgData.TIMESTAMPING);
    if (at != Cmsg.NONE) {
      long nanos = CmsgData.nanos(memory, at);
      return nanos == 0 ? NONE : nanos;
    }
    at = find(Constants.SOL_SOCKET, Constants.SCM_TIMESTAMP, CmsgData.TIMEVAL);
    return at == Cmsg.NONE ? NONE : CmsgData.nanosOfTimeval(memory, at);
  }

  /**
   * When the device had the message, {@link Option#SO_TIMESTAMPING}.
   *
   * @return nanoseconds of the device's clock; or {@link #NONE}
   */
  public long hardwareTimestamp() {
    long at = find(Constants.SOL_SOCKET, Constants.SCM_TIMESTAMPING, CmsgData.TIMESTAMPING);
    long nanos = at == Cmsg.NONE ? 0 : CmsgData.hardwareNanos(memory, at);
    return nanos == 0 ? NONE : nanos;
  }

  /**
   * How many messages the socket has dropped as its queue was full, since it was opened, {@link
   * Option#SO_RXQ_OVFL}. The kernel tells it after the first one.
   *
   * @return 0..2^32-1, or {@link #NONE}
   */
  public long dropped() {
    return findUnsigned(Constants.SOL_SOCKET, Constants.SO_RXQ_OVFL);
  }

  /**
   * The mark that the message has, as of a firewall, {@link Option#SO_RCVMARK}.
   *
   * @return 0..2^32-1, or {@link #NONE}
   */
  public long mark() {
    return findUnsigned(Constants.SOL_SOCKET, Constants.SO_MARK);
  }

  /** Sends with a mark, for routing and firewalls; takes {@code space(4)}. Right: CAP_NET_ADMIN. */
  public Control mark(int mark) {
    return putInt("a mark", Constants.SOL_SOCKET, Constants.SO_MARK, mark);
  }

  /**
   * The size of the datagrams that a message was put together of, {@link Option#UDP_GRO}, or is to
   * be cut into; the last may be shorter.
   *
   * @return bytes; 0 if the message is one datagram
   */
  public int segmentSize() {
    int size = find(Constants.SOL_UDP, Constants.UDP_GRO);
    if (size != NONE) {
      return size;
    }
    long at = find(Constants.SOL_UDP, Constants.UDP_SEGMENT, Short.BYTES);
    return at == Cmsg.NONE ? 0 : Short.toUnsignedInt(memory.get(ValueLayout.JAVA_SHORT, at));
  }

  /**
   * Lets the kernel, or the device, cut the message into datagrams of that size; the last may be
   * shorter. At most 64 datagrams (128 since Linux 6.9), 65,507 bytes in all on IPv4; see udp(7).
   * {@link Interface#segments} tells whether a device will. Takes {@code space(2)}.
   *
   * @param bytes 1..65535; 0 for a message that is not to be cut
   */
  public Control segmentSize(int bytes) {
    if (bytes < 0 || bytes > MOST_SEGMENT) {
      throw new IllegalArgumentException("segment size " + bytes + " is not 0.." + MOST_SEGMENT);
    }
    if (bytes == 0) {
      begin();
      remove(Constants.SOL_UDP, Constants.UDP_SEGMENT);
      return this;
    }
    long at = put("a segment size", Constants.SOL_UDP, Constants.UDP_SEGMENT, Short.BYTES);
    memory.set(ValueLayout.JAVA_SHORT, at, (short) bytes);
    return this;
  }

  /**
   * Sends at a time, {@link Option#SO_TXTIME}; takes {@code space(8)}. Without a queueing
   * discipline that knows of it, such as tc-etf(8), it is sent at once.
   *
   * @param nanos of the clock that the option names
   */
  public Control transmitTime(long nanos) {
    long at = put("a time", Constants.SOL_SOCKET, Constants.SCM_TXTIME, Long.BYTES);
    memory.set(ValueLayout.JAVA_LONG, at, nanos);
    return this;
  }

  // Of packet sockets, as nixio.packet.Packet has it in a ring

  private long auxdataAt() {
    return find(Constants.SOL_PACKET, Constants.PACKET_AUXDATA, CmsgData.AUXDATA);
  }

  private boolean hasStatus(int bit) {
    long at = auxdataAt();
    return at != Cmsg.NONE && (CmsgData.status(memory, at) & bit) != 0;
  }

  /**
   * How many bytes the packet had, {@link Option#PACKET_AUXDATA}; more than {@link Batch#length} if
   * there was no room for all, or a filter has cut it off.
   *
   * @return 0 or more, or {@link #NONE}
   */
  public int wireLength() {
    long at = auxdataAt();
    return at == Cmsg.NONE ? NONE : CmsgData.wireLength(memory, at) & Integer.MAX_VALUE;
  }

  /**
   * Where the packet's network header begins: behind the hardware's, {@link Option#PACKET_AUXDATA}.
   *
   * @return 0..65535, or {@link #NONE}
   */
  public int networkOffset() {
    long at = auxdataAt();
    return at == Cmsg.NONE ? NONE : CmsgData.net(memory, at);
  }

  /**
   * Whether a VLAN tag was taken out of the packet: {@link #vlan} and {@link #vlanProtocol} have
   * it, {@link Option#PACKET_AUXDATA}. The kernel tells it to sockets that are bound to {@link
   * Address.Packet#ALL}, and forgets it before it looks for those of a protocol.
   */
  public boolean hasVlan() {
    return hasStatus(Constants.TP_STATUS_VLAN_VALID);
  }

  /**
   * The VLAN tag: priority and number, the number in the lowest 12 bits.
   *
   * @return 0..65535, or {@link #NONE} without a tag
   */
  public int vlan() {
    return hasVlan() ? CmsgData.vlan(memory, auxdataAt()) : NONE;
  }

  /**
   * The protocol of the VLAN tag, 0x8100 for 802.1Q.
   *
   * @return 0..65535, or {@link #NONE} without a tag
   */
  public int vlanProtocol() {
    if (!hasVlan()) {
      return NONE;
    }
    return hasStatus(Constants.TP_STATUS_VLAN_TPID_VALID)
        ? CmsgData.vlanProtocol(memory, auxdataAt())
        : Constants.ETH_P_8021Q;
  }

  /** Whether the packet's checksum is known to be right, {@link Option#PACKET_AUXDATA}. */
  public boolean isChecksumValid() {
    return hasStatus(Constants.TP_STATUS_CSUM_VALID);
  }

  /**
   * Whether the packet's checksum is not in it yet: this machine sends it, and the device is to
   * write it, {@link Option#PACKET_AUXDATA}.
   */
  public boolean isChecksumMissing() {
    return hasStatus(Constants.TP_STATUS_CSUMNOTREADY);
  }

  // Of UNIX sockets

  private long credentialsAt() {
    return find(Constants.SOL_SOCKET, Constants.SCM_CREDENTIALS, CmsgData.UCRED);
  }

  /** The process that sent the message, {@link Option#SO_PASSCRED}; or {@link #NONE}. */
  public int pid() {
    long at = credentialsAt();
    return at == Cmsg.NONE ? NONE : CmsgData.pid(memory, at);
  }

  /** The user of the process that sent the message; or {@link #NONE}. */
  public int uid() {
    long at = credentialsAt();
    return at == Cmsg.NONE ? NONE : CmsgData.uid(memory, at);
  }

  /** The group of the process that sent the message; or {@link #NONE}. */
  public int gid() {
    long at = credentialsAt();
    return at == Cmsg.NONE ? NONE : CmsgData.gid(memory, at);
  }

  /** Who sent the message, as an object, {@link Option#SO_PASSCRED}; or null. */
  public Credentials credentials() {
    long at = credentialsAt();
    return at == Cmsg.NONE
        ? null
        : new Credentials(
            CmsgData.pid(memory, at), CmsgData.uid(memory, at), CmsgData.gid(memory, at));
  }

  /**
   * Sends with credentials; takes {@code space(12)}. EPERM if they are not this process's: another
   * pid needs CAP_SYS_ADMIN, another uid CAP_SETUID, another gid CAP_SETGID.
   */
  public Control credentials(Credentials credentials) {
    Objects.requireNonNull(credentials, "credentials");
    long at = put("credentials", Constants.SOL_SOCKET, Constants.SCM_CREDENTIALS, CmsgData.UCRED);
    CmsgData.putUcred(memory, at, credentials.pid(), credentials.uid(), credentials.gid());
    return this;
  }

  /** How many descriptors came with the message, those that were taken too. */
  public int descriptors() {
    return batch.arrivals.count(slot);
  }

  /**
   * The number of a descriptor that came with the message, which stays the batch's.
   *
   * @param index 0..{@link #descriptors}-1
   * @throws IllegalStateException if it was taken
   */
  public int descriptor(int index) {
    int fd = batch.arrivals.get(slot, Objects.checkIndex(index, descriptors()));
    if (fd == Arrivals.TAKEN) {
      throw new IllegalStateException("descriptor " + index + " was taken already");
    }
    return fd;
  }

  /**
   * Takes a descriptor that came with the message: open, close-on-exec, and the caller's from now
   * on, to {@link Nixio#close} or to hand on.
   *
   * @param index 0..{@link #descriptors}-1
   * @throws IllegalStateException if it was taken
   */
  public int take(int index) {
    try {
      descriptor(index);
      return batch.arrivals.take(slot, index);
    } finally {
      Reference.reachabilityFence(batch);
    }
  }

  /**
   * Takes a socket that came with the message; see {@link Socket#adopt}.
   *
   * @param index 0..{@link #descriptors}-1
   * @throws IllegalStateException if it was taken
   * @throws NixioException ENOTSOCK if the descriptor is another thing; it stays the batch's then
   */
  public Socket takeSocket(int index) throws IOException {
    try {
      Socket socket = Socket.adopt(descriptor(index));
      batch.arrivals.take(slot, index);
      return socket;
    } finally {
      Reference.reachabilityFence(batch);
    }
  }

  /**
   * Passes descriptors to the receiver, SCM_RIGHTS: it gets further ones for the same open things.
   * They must stay open until the message is sent. Takes {@code space(4 * fds.length)}. On a stream
   * the message must have a byte of data.
   *
   * @param fds 1..{@value #MOST_DESCRIPTORS} of them
   */
  public Control pass(int... fds) {
    demandDescriptors(fds.length);
    for (int fd : fds) {
      if (fd < 0) {
        throw new IllegalArgumentException("descriptor " + fd + " is negative");
      }
    }
    long at = putDescriptors(fds.length);
    for (int i = 0; i < fds.length; i++) {
      CmsgData.putNumber(memory, at + (long) i * Integer.BYTES, fds[i]);
    }
    return this;
  }

  /**
   * Passes sockets to the receiver, SCM_RIGHTS: it gets further descriptors for the same sockets.
   * Each call that sends them makes duplicates, so that nobody can close them meanwhile; it ends
   * with EBADF if one is closed before. Takes {@code space(4 * sockets.length)}. On a stream the
   * message must have a byte of data.
   *
   * @param sockets 1..{@value #MOST_DESCRIPTORS} of them
   */
  public Control pass(Socket... sockets) {
    demandDescriptors(sockets.length);
    Socket[] all = sockets.clone();
    for (Socket socket : all) {
      Objects.requireNonNull(socket, "socket");
    }
    putDescriptors(all.length);
    passed = all;
    return this;
  }

  private static void demandDescriptors(int count) {
    if (count < 1 || count > MOST_DESCRIPTORS) {
      throw new IllegalArgumentException(
          count + " descriptors are not 1.." + MOST_DESCRIPTORS + ": use several messages");
    }
  }

  private long putDescriptors(int count) {
    long at =
        put(
            count == 1 ? "a descriptor" : count + " descriptors",
            Constants.SOL_SOCKET,
            Constants.SCM_RIGHTS,
            (long) count * Integer.BYTES);
    passed = null;
    return at;
  }

  // The queue of errors

  private long errorAt() {
    long at = find(Constants.IPPROTO_IP, Constants.IP_RECVERR, CmsgData.EXTENDED_ERR);
    return at != Cmsg.NONE
        ? at
        : find(Constants.IPPROTO_IPV6, Constants.IPV6_RECVERR, CmsgData.EXTENDED_ERR);
  }

  /**
   * Whether the message tells of one that was sent: it came from the queue of errors, by {@link
   * Msg#ERRQUEUE}; {@link Option#IP_RECVERR}, {@link Option#IPV6_RECVERR}. Its data are those that
   * were sent, and {@link Batch#peer} whom they were for.
   */
  public boolean hasError() {
    return errorAt() != Cmsg.NONE;
  }

  /** The errno; 0 where it is none, as with timestamps; {@link #NONE} without an error. */
  public int errorNumber() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorNumber(memory, at);
  }

  /** Who said it, the number of a {@link QueuedError.Origin}; or {@link #NONE}. */
  public int errorOrigin() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorOrigin(memory, at);
  }

  /** The type of the ICMP message, 0..255; or {@link #NONE}. */
  public int errorType() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorType(memory, at);
  }

  /** The code of the ICMP message, or another by the origin, 0..255; or {@link #NONE}. */
  public int errorCode() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorCode(memory, at);
  }

  /**
   * More: with EMSGSIZE the path's MTU; of a timestamp where it was taken, {@link QueuedError#SENT}
   * and others; of MSG_ZEROCOPY the first of the sends that are done.
   *
   * @return 0..2^32-1, or {@link #NONE}
   */
  public long errorInfo() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorInfo(memory, at);
  }

  /**
   * More: of a timestamp which send it is of, where SO_TIMESTAMPING counts them; of MSG_ZEROCOPY
   * the last of the sends that are done.
   *
   * @return 0..2^32-1, or {@link #NONE}
   */
  public long errorData() {
    long at = errorAt();
    return at == Cmsg.NONE ? NONE : CmsgData.errorData(memory, at);
  }

  /**
   * The host that said it, without a port.
   *
   * @return whether the kernel told one
   */
  public boolean offender(AddressBuffer into) {
    int behind = CmsgData.EXTENDED_ERR;
    return socketAddress(Constants.IPPROTO_IP, Constants.IP_RECVERR, behind, into)
        || socketAddress(Constants.IPPROTO_IPV6, Constants.IPV6_RECVERR, behind, into);
  }

  /** {@link #offender(AddressBuffer)} as an object, or null. */
  public Address offender() {
    return address(this::offender);
  }

  /** All that is told of a message that was sent, as an object; or null. */
  public QueuedError error() {
    long at = errorAt();
    if (at == Cmsg.NONE) {
      return null;
    }
    int number = CmsgData.errorNumber(memory, at);
    return new QueuedError(
        Errno.of(number),
        number,
        QueuedError.Origin.of(CmsgData.errorOrigin(memory, at)),
        CmsgData.errorType(memory, at),
        CmsgData.errorCode(memory, at),
        CmsgData.errorInfo(memory, at),
        CmsgData.errorData(memory, at),
        offender());
  }

  // Any other

  /**
   * Where the first control message stands, of those that were received or are to be sent; {@link
   * #NONE} if there is none.
   *
   * {@snippet file="MessagesExample.java" region="raw"}
   */
  public int first() {
    return (int) Cmsg.first(memory, length);
  }

  /** Where the next one stands; {@link #NONE} if there is none. */
  public int next(int at) {
    return (int) Cmsg.next(memory, length, demand(at));
  }

  /** The level of the one that stands there, such as SOL_SOCKET. */
  public int level(int at) {
    return Cmsg.level(memory, demand(at));
  }

  /** The type of the one that stands there. */
  public int type(int at) {
    return Cmsg.type(memory, demand(at));
  }

  /** The data of the one that stands there, read-only; they go with the batch. */
  public MemorySegment data(int at) {
    return memory.asSlice(Cmsg.data(demand(at)), Cmsg.dataLength(memory, at)).asReadOnly();
  }

  private long demand(int at) {
    if (!Cmsg.isAt(memory, length, at)) {
      throw new IndexOutOfBoundsException("there is no control message at " + at);
    }
    return at;
  }

  /**
   * Sends with any control message; the data are copied. It replaces one of the same level and
   * type. Takes {@code space(data.byteSize())}.
   *
   * @throws IllegalArgumentException if it is of descriptors: {@link #pass(int...)} is for those
   */
  public Control add(int level, int type, MemorySegment data) {
    if (level == Constants.SOL_SOCKET && type == Constants.SCM_RIGHTS) {
      throw new IllegalArgumentException("descriptors are for pass(int...) or pass(Socket...)");
    }
    Objects.requireNonNull(data, "data");
    String what = "type " + type + " of level " + level;
    long at = put(what, level, type, data.byteSize());
    MemorySegment.copy(data, 0, memory, at, data.byteSize());
    return this;
  }

  /** Forgets what was received, whose descriptors are closed, or is to be sent. */
  public Control clear() {
    try {
      batch.arrivals.close(slot);
      length = 0;
      received = false;
      passed = null;
      return this;
    } finally {
      Reference.reachabilityFence(batch);
    }
  }

  /** What is to be sent begins with nothing, and not with what was received. */
  private void begin() {
    if (received) {
      clear();
    }
  }

  private Control putInt(String what, int level, int type, int value) {
    CmsgData.putNumber(memory, put(what, level, type, Integer.BYTES), value);
    return this;
  }

  /** Makes room for the data of a control message, which replaces the same; answers where. */
  private long put(String what, int level, int type, long data) {
    long needed = Cmsg.space(data);
    demandRoom(what, needed - spaceOf(level, type), needed);
    begin();
    long at = at(level, type);
    if (at != Cmsg.NONE && Cmsg.dataLength(memory, at) == data) {
      return Cmsg.data(at);
    }
    remove(level, type);
    Cmsg.put(memory, length, level, type, data);
    long begin = Cmsg.data(length);
    length += needed;
    return begin;
  }

  private void demandRoom(String what, long more, long needed) {
    long used = received ? 0 : length; // what was received gives way
    if (used + more > memory.byteSize()) {
      throw new IndexOutOfBoundsException(
          "the batch has room for %d bytes of control data in a message, %d of them used; %s needs %d"
              .formatted(memory.byteSize(), used, what, needed));
    }
  }

  private long at(int level, int type) {
    long data = find(level, type, 0);
    return data == Cmsg.NONE ? Cmsg.NONE : Cmsg.head(data);
  }

  private long spaceOf(int level, int type) {
    long at = received ? Cmsg.NONE : at(level, type);
    return at == Cmsg.NONE ? 0 : Cmsg.space(memory, at);
  }

  private void remove(int level, int type) {
    long at = at(level, type);
    if (at != Cmsg.NONE) {
      long end = at + Cmsg.space(memory, at);
      MemorySegment.copy(memory, end, memory, at, length - end);
      length -= end - at;
    }
  }

  // What the batch does before and after calls

  /** Answers all the room, to receive into; what was there before is gone. */
  long expect() {
    if (length > 0) {
      clear();
    }
    if (memory.byteSize() >= Long.BYTES) {
      memory.set(ValueLayout.JAVA_LONG, 0, 0); // where no receive writes, nothing old is believed
    }
    return memory.byteSize();
  }

  /** Takes note of what was received. */
  void received(long bytes, boolean mayHaveDescriptors) {
    length = Math.min(bytes, memory.byteSize());
    received = true;
    if (mayHaveDescriptors) {
      own();
    }
  }

  private void own() {
    for (long at = Cmsg.first(memory, length);
        at != Cmsg.NONE;
        at = Cmsg.next(memory, length, at)) {
      if (Cmsg.level(memory, at) == Constants.SOL_SOCKET) {
        int type = Cmsg.type(memory, at);
        if (type == Constants.SCM_RIGHTS) {
          ownAll(Cmsg.data(at), Cmsg.dataLength(memory, at) / Integer.BYTES);
        } else if (type == Recent.SCM_PIDFD && Cmsg.dataLength(memory, at) >= Integer.BYTES) {
          ownAll(Cmsg.data(at), 1);
        }
      }
    }
  }

  private void ownAll(long at, long count) {
    for (long i = 0; i < count; i++) {
      int fd = CmsgData.number(memory, at + i * Integer.BYTES);
      if (fd >= 0) {
        batch.arrivals.add(slot, fd);
      }
    }
  }

  /** Answers how many bytes are to be sent, with duplicates of the sockets that are passed. */
  long prepare() throws NixioException {
    if (received) {
      return 0;
    }
    if (passed != null) {
      lend();
    }
    return length;
  }

  private void lend() throws NixioException {
    long at = find(Constants.SOL_SOCKET, Constants.SCM_RIGHTS, 0);
    duplicates = new int[passed.length];
    Arrays.fill(duplicates, NONE);
    for (int i = 0; i < passed.length; i++) {
      if (!passed[i].isOpen()) {
        throw new NixioException(
            "dup",
            null,
            Constants.EBADF,
            0,
            "socket " + i + " that message " + slot + " passes is closed");
      }
      duplicates[i] = passed[i].lend();
      CmsgData.putNumber(memory, at + (long) i * Integer.BYTES, duplicates[i]);
    }
  }

  /** Whether {@link #prepare} makes duplicates. */
  boolean passesSockets() {
    return passed != null;
  }

  /** Whether {@link #takeBack} has something to do. */
  boolean isLending() {
    return duplicates != null;
  }

  /** Closes the duplicates. */
  void takeBack() {
    for (int fd : duplicates) {
      if (fd != NONE) {
        Closing.abandon(fd);
      }
    }
    duplicates = null;
  }

  /** How much there is, and where it comes from. */
  @Override
  public String toString() {
    return length + " bytes of control data " + (received ? "received" : "to be sent");
  }
}
