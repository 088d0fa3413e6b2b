package nixio;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.net.HostAndPort;
import com.google.common.primitives.UnsignedInts;
import java.lang.foreign.MemorySegment;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import nixio.posix.Constants;
import nixio.posix.Netdb;
import nixio.posix.SockAddr;

/**
 * Where a socket is or goes to: an IPv4 or IPv6 address with a port, the name of a UNIX socket; an
 * interface and its neighbour, a part of the kernel, or a virtual machine. Addresses are immutable
 * values.
 *
 * {@snippet file="AddressExample.java" region="address"}
 */
public abstract sealed class Address
    permits Address.Inet, Address.Unix, Address.Packet, Address.Netlink, Address.Vsock {
  /**
   * Writes the address as the kernel wants it, and answers its length: without a capture per call.
   */
  final ToIntFunction<MemorySegment> writer = new Writer(this);

  private record Writer(Address address) implements ToIntFunction<MemorySegment> {
    @Override
    public int applyAsInt(MemorySegment into) {
      return address.write(into);
    }
  }

  private Address() {}

  /**
   * The address of one of the JDK's.
   *
   * @throws IllegalArgumentException if it is of another kind, or an unresolved name
   */
  public static Address of(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return Inet.of(inet);
    }
    if (address instanceof UnixDomainSocketAddress unix) {
      return unix.getPath().toString().isEmpty() ? Unix.UNNAMED : Unix.of(unix.getPath());
    }
    throw new IllegalArgumentException(
        "unsupported address "
            + address
            + ": supported are InetSocketAddress and UnixDomainSocketAddress");
  }

  /**
   * The address of a text: {@code 192.0.2.1:80}, {@code [2001:db8::1]:80}, {@code
   * [fe80::1%eth0]:80}, {@code /a/path} or {@code @abstract}; {@code
   * packet:eth0:0x0800:02:00:00:00:00:01}, {@code netlink:0:0x1} or {@code vsock:2:1024}.
   *
   * @throws IllegalArgumentException for any other text; names of hosts are not resolved here
   */
  public static Address parse(String text) {
    if (Objects.requireNonNull(text, "text").startsWith("/")) {
      return Unix.of(text.getBytes(StandardCharsets.UTF_8));
    }
    if (text.startsWith("@")) {
      return Unix.of(("\0" + text.substring(1)).getBytes(StandardCharsets.UTF_8));
    }
    int colon = text.indexOf(':');
    String rest = text.substring(colon + 1);
    return switch (text.substring(0, Math.max(0, colon))) {
      case "packet" -> Packet.parsed(rest);
      case "netlink" -> Netlink.parsed(rest);
      case "vsock" -> Vsock.parsed(rest);
      default -> parseHost(text);
    };
  }

  private static Address parseHost(String text) {
    try {
      HostAndPort parts = HostAndPort.fromString(text);
      return Inet.of(parts.getHost(), parts.getPort());
    } catch (IllegalStateException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "\""
              + text
              + "\" is no address such as 192.0.2.1:80, [fe80::1%eth0]:80, /path or @abstract",
          e);
    }
  }

  /** A number in decimal or with 0x, or * for the other one. */
  private static int number(String text, int any) {
    return text.equals("*") ? any : UnsignedInts.decode(text);
  }

  static int checkPort(int port) {
    if (port < 0 || port > 65535) {
      throw new IllegalArgumentException("port " + port + " is not in 0..65535");
    }
    return port;
  }

  /** The address in memory that the kernel wrote; null if it wrote none. */
  static Address read(MemorySegment address, int length) {
    int family = SockAddr.family(address, length);
    if (family == Constants.AF_INET) {
      return new Inet(SockAddr.inet(address), SockAddr.port(address), 0);
    }
    if (family == Constants.AF_INET6) {
      return new Inet(SockAddr.inet6(address), SockAddr.port(address), SockAddr.scope(address));
    }
    if (family == Constants.AF_UNIX) {
      return new Unix(SockAddr.unixName(address, length));
    }
    if (family == Constants.AF_PACKET) {
      return Packet.read(address);
    }
    if (family == Constants.AF_NETLINK) {
      return new Netlink(SockAddr.netlinkPort(address), SockAddr.netlinkGroups(address));
    }
    return family == Constants.AF_VSOCK
        ? new Vsock(SockAddr.cid(address), SockAddr.vsockPort(address))
        : null;
  }

  abstract int write(MemorySegment into);

  /** The domain of the sockets that it is for. */
  public abstract Domain domain();

  /**
   * What inet_ntop(3) writes, with {@code %scope} if there is one; or the path of a UNIX socket, as
   * UTF-8, with a leading NUL if it is abstract, empty if it has none; or a hardware address; or a
   * virtual machine's number; or {@code kernel} or a netlink port.
   */
  public abstract String host();

  /** The port; 0 for an address without one. A vsock's has 32 bits, without a sign. */
  public abstract int port();

  /**
   * The same address as the JDK has it.
   *
   * @throws UnsupportedOperationException for an abstract name, and for addresses of packets,
   *     netlink and vsock, which the JDK does not have
   */
  public abstract SocketAddress toSocketAddress();

  /** An IPv4 or IPv6 address and a port. An IPv4-mapped IPv6 address stays an IPv6 address. */
  public static final class Inet extends Address {
    private final byte[] bytes;
    private final int port;
    private final int scope;

    private Inet(byte[] bytes, int port, int scope) {
      this.bytes = bytes;
      this.port = port;
      this.scope = scope;
    }

    /**
     * An address by its bytes.
     *
     * @param bytes four or sixteen, in network order
     * @param port 0..65535
     * @param scope the index of the interface that a link-local address is on, else 0
     * @throws IllegalArgumentException if the bytes are not as many, the port is out of range, or
     *     an IPv4 address has a scope
     */
    public static Inet of(byte[] bytes, int port, int scope) {
      if (bytes.length != 4 && bytes.length != 16) {
        throw new IllegalArgumentException(
            bytes.length + " bytes are no address: IPv4 has 4, IPv6 has 16");
      }
      if (scope != 0 && bytes.length == 4) {
        throw new IllegalArgumentException("scope " + scope + " on an IPv4 address");
      }
      return new Inet(bytes.clone(), checkPort(port), scope);
    }

    /** An address of the JDK's, with a port. */
    public static Inet of(InetAddress address, int port) {
      int scope = address instanceof Inet6Address six ? six.getScopeId() : 0;
      return of(address.getAddress(), port, scope);
    }

    /**
     * An address of the JDK's.
     *
     * @throws IllegalArgumentException if it is unresolved
     */
    public static Inet of(InetSocketAddress address) {
      if (address.isUnresolved()) {
        throw new IllegalArgumentException(address + " is unresolved");
      }
      return of(address.getAddress(), address.getPort());
    }

    /**
     * A literal address: {@code 192.0.2.1}, {@code 2001:db8::1}, {@code fe80::1%eth0}.
     *
     * @throws IllegalArgumentException if it is none, or the interface behind {@code %} does not
     *     exist
     */
    public static Inet of(String literal, int port) {
      int percent = literal.indexOf('%');
      String host = percent < 0 ? literal : literal.substring(0, percent);
      byte[] bytes = bytes(host);
      if (bytes == null) {
        throw new IllegalArgumentException(
            "\"" + literal + "\" is not a literal address, such as 192.0.2.1 or fe80::1%eth0");
      }
      return of(bytes, port, percent < 0 ? 0 : Interface.scope(literal.substring(percent + 1)));
    }

    /** The bytes of a literal address without a scope, or null if it is none. */
    static byte[] bytes(String host) {
      if (host.indexOf('\0') >= 0) {
        return null;
      }
      return Netdb.inetPton(host.indexOf(':') < 0 ? Constants.AF_INET : Constants.AF_INET6, host);
    }

    @Override
    int write(MemorySegment into) {
      return bytes.length == 4
          ? SockAddr.putInet(into, bytes, port)
          : SockAddr.putInet6(into, bytes, port, scope);
    }

    @Override
    public Domain domain() {
      return bytes.length == 4 ? Domain.INET : Domain.INET6;
    }

    /** The address, without port and scope, in network order. */
    public byte[] bytes() {
      return bytes.clone();
    }

    @Override
    public String host() {
      String text = Netdb.inetNtop(domain().number(), bytes);
      return scope == 0 ? text : text + "%" + Interface.name(scope);
    }

    @Override
    public int port() {
      return port;
    }

    /** The index of the interface that a link-local address is on, or 0. */
    public int scope() {
      return scope;
    }

    /** The address alone; the JDK makes an IPv4 address of an IPv4-mapped one. */
    public InetAddress address() {
      try {
        return scope == 0
            ? InetAddress.getByAddress(bytes)
            : Inet6Address.getByAddress(null, bytes, scope);
      } catch (UnknownHostException e) {
        throw new IllegalStateException(e); // for a wrong number of bytes only
      }
    }

    @Override
    public InetSocketAddress toSocketAddress() {
      return new InetSocketAddress(address(), port);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Inet that
          && that.port == port
          && that.scope == scope
          && Arrays.equals(that.bytes, bytes);
    }

    @Override
    public int hashCode() {
      return Objects.hash(Arrays.hashCode(bytes), port, scope);
    }

    /** {@code 192.0.2.1:80} or {@code [2001:db8::1]:80}, which {@link Address#parse} takes. */
    @Override
    public String toString() {
      return bytes.length == 4 ? host() + ":" + port : "[" + host() + "]:" + port;
    }
  }

  /** The name of a UNIX socket: a path, an abstract name, or none; see unix(7). */
  public static final class Unix extends Address {
    /** No name: what an unbound socket has, and what to bind to for one of the kernel's choice. */
    public static final Unix UNNAMED = new Unix(new byte[0]);

    private static final Charset PATHS =
        Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));

    private final byte[] name;

    private Unix(byte[] name) {
      this.name = name;
    }

    /**
     * The name of these bytes, in any encoding: a path, or an abstract name if the first is NUL.
     *
     * @throws IllegalArgumentException if there are more than 108, or a path has a NUL in it
     */
    public static Unix of(byte[] name) {
      if (name.length > SockAddr.unixNameMax()) {
        throw new IllegalArgumentException(
            String.format(
                "the name \"%s\" has %d bytes: a UNIX socket's has at most %d",
                new String(name, StandardCharsets.UTF_8), name.length, SockAddr.unixNameMax()));
      }
      if (name.length > 0 && name[0] != 0) {
        for (int i = 0; i < name.length; i++) {
          if (name[i] == 0) {
            throw new IllegalArgumentException(
                String.format(
                    "the path \"%s\" has a NUL at %d",
                    new String(name, StandardCharsets.UTF_8).replace("\0", "\\0"), i));
          }
        }
      }
      return new Unix(name.clone());
    }

    /**
     * The name of this text, in UTF-8: a path, or an abstract name if it begins with NUL.
     *
     * @throws IllegalArgumentException if it has more than 108 bytes, or a path has a NUL in it
     */
    public static Unix of(String name) {
      return of(name.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * A path, in the encoding of the file system.
     *
     * @throws IllegalArgumentException if it has more than 108 bytes
     */
    public static Unix of(Path path) {
      return of(path.toString().getBytes(PATHS));
    }

    /**
     * An abstract name, which is no file, and is gone with its socket; Linux only.
     *
     * @param name without the leading NUL, in UTF-8
     * @throws IllegalArgumentException if it has more than 107 bytes
     */
    public static Unix ofAbstract(String name) {
      return of("\0" + name);
    }

    @Override
    int write(MemorySegment into) {
      return SockAddr.putUnix(into, name);
    }

    @Override
    public Domain domain() {
      return Domain.UNIX;
    }

    /** The name's bytes, with a leading NUL if it is abstract. */
    public byte[] bytes() {
      return name.clone();
    }

    /** Whether the name is abstract. */
    public boolean isAbstract() {
      return name.length > 0 && name[0] == 0;
    }

    /** Whether there is no name. */
    public boolean isUnnamed() {
      return name.length == 0;
    }

    /**
     * The path.
     *
     * @throws UnsupportedOperationException if the name is abstract or there is none
     */
    public Path path() {
      if (isAbstract() || isUnnamed()) {
        throw new UnsupportedOperationException(this + " is no path");
      }
      return Path.of(new String(name, PATHS));
    }

    @Override
    public String host() {
      return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public UnixDomainSocketAddress toSocketAddress() {
      if (isAbstract()) {
        throw new UnsupportedOperationException("the JDK has no abstract names: " + this);
      }
      return UnixDomainSocketAddress.of(isUnnamed() ? Path.of("") : path());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unix that && Arrays.equals(that.name, name);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(name);
    }

    /** The path; {@code @name} for an abstract one, with {@code \0} for further NULs. */
    @Override
    public String toString() {
      if (isUnnamed()) {
        return "(unnamed)";
      }
      return isAbstract() ? "@" + host().substring(1).replace("\0", "\\0") : host();
    }
  }

  /**
   * Where a packet came from or goes to: an interface, the packet's protocol, and a neighbour's
   * hardware address; see packet(7). To bind, interface and protocol count; to send, the interface,
   * and on a {@link Type#DGRAM} socket protocol and hardware address.
   */
  public static final class Packet extends Address {
    /** The protocol that stands for all. */
    public static final int ALL = Constants.ETH_P_ALL;

    /** The kind of packets to this machine. */
    public static final int HOST = Constants.PACKET_HOST;

    /** The kind of packets to everybody. */
    public static final int BROADCAST = Constants.PACKET_BROADCAST;

    /** The kind of packets to a group. */
    public static final int MULTICAST = Constants.PACKET_MULTICAST;

    /** The kind of packets to others, which a promiscuous interface hears. */
    public static final int OTHERHOST = Constants.PACKET_OTHERHOST;

    /** The kind of packets that this machine sends. */
    public static final int OUTGOING = Constants.PACKET_OUTGOING;

    private final int index;
    private final int protocol;
    private final byte[] hardware;
    private final int hardwareType;
    private final int kind;

    private Packet(int index, int protocol, byte[] hardware, int hardwareType, int kind) {
      this.index = index;
      this.protocol = protocol;
      this.hardware = hardware;
      this.hardwareType = hardwareType;
      this.kind = kind;
    }

    /**
     * An address to bind to.
     *
     * @param via the interface, {@link Interface#ANY} for all
     * @param protocol one of Ethernet's, such as 0x0800, or {@link #ALL}
     * @throws IllegalArgumentException if the protocol has more than 16 bits, or the interface is
     *     known by an IPv4 address alone
     */
    public static Packet of(Interface via, int protocol) {
      return of(via, protocol, new byte[0]);
    }

    /**
     * An address to send to.
     *
     * @param hardware the neighbour's hardware address, at most 8 bytes
     */
    public static Packet of(Interface via, int protocol, byte[] hardware) {
      if (protocol < 0 || protocol > 0xFFFF) {
        throw new IllegalArgumentException("protocol " + protocol + " is not in 0..65535");
      }
      if (hardware.length > SockAddr.hardwareMax()) {
        throw new IllegalArgumentException(
            hardware.length + " bytes are no hardware address: it has at most 8");
      }
      if (via.index() == 0 && !via.isAny()) {
        throw new IllegalArgumentException(
            "interface " + via + ": packets know interfaces by index or name");
      }
      return new Packet(via.index(), protocol, hardware.clone(), 0, HOST);
    }

    private static Packet parsed(String text) {
      List<String> parts = Splitter.on(':').limit(3).splitToList(text);
      try {
        String name = parts.getFirst();
        return of(
            Interface.of(name.equals("*") ? 0 : Interface.scope(name)),
            parts.size() < 2 ? ALL : number(parts.get(1), ALL),
            parts.size() < 3
                ? new byte[0]
                : Interfaces.HEX.decode(Ascii.toLowerCase(parts.get(2))));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "\"packet:" + text + "\" is not such as packet:eth0:0x0800:02:00:00:00:00:01", e);
      }
    }

    private static Packet read(MemorySegment address) {
      return new Packet(
          SockAddr.index(address),
          SockAddr.protocol(address),
          SockAddr.hardware(address),
          SockAddr.hardwareType(address),
          SockAddr.kind(address));
    }

    @Override
    int write(MemorySegment into) {
      return SockAddr.putPacket(into, protocol, index, hardwareType, kind, hardware);
    }

    @Override
    public Domain domain() {
      return Domain.PACKET;
    }

    /** The interface. */
    public Interface via() {
      return Interface.of(index);
    }

    /** The protocol, one of Ethernet's. */
    public int protocol() {
      return protocol;
    }

    /** {@link #HOST}, {@link #BROADCAST} and so on, of a packet that was received. */
    public int kind() {
      return kind;
    }

    /**
     * The type of the interface's hardware as ARP numbers it, where it was received; 1: Ethernet.
     */
    public int hardwareType() {
      return hardwareType;
    }

    /** The neighbour's hardware address; empty if there is none. */
    public byte[] bytes() {
      return hardware.clone();
    }

    /** The hardware address, such as {@code 02:00:00:00:00:01}. */
    @Override
    public String host() {
      return Interfaces.HEX.encode(hardware);
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public SocketAddress toSocketAddress() {
      throw new UnsupportedOperationException("the JDK has no addresses of packets: " + this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Packet that
          && that.index == index
          && that.protocol == protocol
          && that.kind == kind
          && that.hardwareType == hardwareType
          && Arrays.equals(that.hardware, hardware);
    }

    @Override
    public int hashCode() {
      return Objects.hash(index, protocol, kind, hardwareType, Arrays.hashCode(hardware));
    }

    /** {@code packet:eth0:0x0800:02:00:00:00:00:01}: what one can bind or send to. */
    @Override
    public String toString() {
      return "packet:%s:0x%04x%s"
          .formatted(
              index == 0 ? "*" : Interface.name(index),
              protocol,
              hardware.length == 0 ? "" : ":" + host());
    }
  }

  /** A part of the kernel, or a socket that talks with it; see netlink(7). */
  public static final class Netlink extends Address {
    /** The kernel; to bind, a port of its choice and no group. */
    public static final Netlink KERNEL = new Netlink(0, 0);

    private final int port;
    private final int groups;

    private Netlink(int port, int groups) {
      this.port = port;
      this.groups = groups;
    }

    /**
     * An address by its numbers.
     *
     * @param port the socket's, of 32 bits; 0 for the kernel, and to bind for one of its choice
     * @param groups the groups to hear, a bit for each
     */
    public static Netlink of(int port, int groups) {
      return new Netlink(port, groups);
    }

    private static Netlink parsed(String text) {
      try {
        List<String> parts = Splitter.on(':').limit(2).splitToList(text);
        return of(number(parts.get(0), 0), parts.size() < 2 ? 0 : number(parts.get(1), 0));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "\"netlink:" + text + "\" is not such as netlink:0:0x1", e);
      }
    }

    @Override
    int write(MemorySegment into) {
      return SockAddr.putNetlink(into, port, groups);
    }

    @Override
    public Domain domain() {
      return Domain.NETLINK;
    }

    /** {@code kernel}, or the port. */
    @Override
    public String host() {
      return port == 0 ? "kernel" : Integer.toUnsignedString(port);
    }

    @Override
    public int port() {
      return port;
    }

    /** The groups, a bit for each. */
    public int groups() {
      return groups;
    }

    @Override
    public SocketAddress toSocketAddress() {
      throw new UnsupportedOperationException("the JDK has no addresses of netlink: " + this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Netlink that && that.port == port && that.groups == groups;
    }

    @Override
    public int hashCode() {
      return Objects.hash(port, groups);
    }

    /** {@code netlink:0:0x1}. */
    @Override
    public String toString() {
      return "netlink:%s:0x%x".formatted(Integer.toUnsignedString(port), groups);
    }
  }

  /** A port of a virtual machine or its host; see vsock(7). Its numbers have 32 bits, no sign. */
  public static final class Vsock extends Address {
    /** To bind: any machine, which is this one. */
    public static final int ANY = Constants.VMADDR_CID_ANY;

    /** This machine itself, where the kernel has it. */
    public static final int LOCAL = Constants.VMADDR_CID_LOCAL;

    /** The host of this virtual machine. */
    public static final int HOST = Constants.VMADDR_CID_HOST;

    /** To bind: a port of the kernel's choice. */
    public static final int ANY_PORT = Constants.VMADDR_PORT_ANY;

    private final int cid;
    private final int port;

    private Vsock(int cid, int port) {
      this.cid = cid;
      this.port = port;
    }

    /** A port of a machine. */
    public static Vsock of(int cid, int port) {
      return new Vsock(cid, port);
    }

    private static Vsock parsed(String text) {
      try {
        List<String> parts = Splitter.on(':').splitToList(text);
        if (parts.size() == 2) {
          return of(number(parts.get(0), ANY), number(parts.get(1), ANY_PORT));
        }
      } catch (NumberFormatException e) {
        // the same answer as for too many parts
      }
      throw new IllegalArgumentException("\"vsock:" + text + "\" is not such as vsock:2:1024");
    }

    @Override
    int write(MemorySegment into) {
      return SockAddr.putVsock(into, cid, port);
    }

    @Override
    public Domain domain() {
      return Domain.VSOCK;
    }

    /** The machine. */
    public int cid() {
      return cid;
    }

    /** The machine's number, or {@code *}. */
    @Override
    public String host() {
      return text(cid, ANY);
    }

    @Override
    public int port() {
      return port;
    }

    private static String text(int number, int any) {
      return number == any ? "*" : Integer.toUnsignedString(number);
    }

    @Override
    public SocketAddress toSocketAddress() {
      throw new UnsupportedOperationException("the JDK has no addresses of vsock: " + this);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Vsock that && that.cid == cid && that.port == port;
    }

    @Override
    public int hashCode() {
      return Objects.hash(cid, port);
    }

    /** {@code vsock:2:1024}. */
    @Override
    public String toString() {
      return "vsock:" + text(cid, ANY) + ":" + text(port, ANY_PORT);
    }
  }
}
