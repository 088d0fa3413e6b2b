package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Netdb;

/**
 * A network interface, as options name it: by its index, or, for IPv4, by one of its addresses.
 * What an option reads back is what the kernel tells: an address from IP_MULTICAST_IF, an index
 * from IPV6_MULTICAST_IF.
 */
public final class Interface {
  /** The kernel's choice. */
  public static final Interface ANY = new Interface(0, new byte[4]);

  private final int index;
  private final byte[] address;

  private Interface(int index, byte[] address) {
    this.index = index;
    this.address = address;
  }

  /**
   * The interface of an index; 0 is {@link #ANY}. Whether it exists shows where it is used.
   *
   * @throws IllegalArgumentException if the index is negative
   */
  public static Interface of(int index) {
    if (index < 0) {
      throw new IllegalArgumentException("index " + index + " is negative");
    }
    return index == 0 ? ANY : new Interface(index, new byte[4]);
  }

  /**
   * The interface of a name, such as {@code eth0}, or of a literal IPv4 address.
   *
   * @throws NixioException if there is none of that name (ENODEV); see if_nametoindex(3)
   */
  public static Interface of(String nameOrAddress) throws NixioException {
    if (nameOrAddress.indexOf('\0') < 0) {
      byte[] address = Netdb.inetPton(Constants.AF_INET, nameOrAddress);
      if (address != null) {
        return new Interface(0, address);
      }
    }
    int index = indexOf(nameOrAddress);
    if (index < 0) {
      String advice =
          index == -Constants.ENODEV ? "no interface is named \"" + nameOrAddress + '"' : null;
      throw new NixioException("if_nametoindex " + nameOrAddress, null, -index, 0, advice);
    }
    return of(index);
  }

  /** The interface that has an IPv4 address, or the scope of an IPv6 address. */
  public static Interface of(InetAddress address) {
    if (address instanceof java.net.Inet6Address six) {
      if (six.getScopeId() == 0) {
        throw new IllegalArgumentException(
            six.getHostAddress() + " has no scope: an interface has an IPv4 address or an index");
      }
      return of(six.getScopeId());
    }
    return new Interface(0, address.getAddress());
  }

  /** An interface of the JDK's. */
  public static Interface of(NetworkInterface networkInterface) {
    return of(networkInterface.getIndex());
  }

  static Interface ofAddress(byte[] address) {
    return new Interface(0, address);
  }

  /** The index of a name, or -errno. */
  static int indexOf(String name) {
    if (name.length() >= Constants.IF_NAMESIZE || name.isEmpty() || name.indexOf('\0') >= 0) {
      return -Constants.ENODEV;
    }
    try (Arena arena = Arena.ofConfined()) {
      return Netdb.ifNametoindex(arena.allocate(Libc.ERRNO_SIZE, 8), arena.allocateFrom(name));
    }
  }

  /** The scope that a name or a number means. */
  static int scope(String nameOrNumber) {
    int index = indexOf(nameOrNumber);
    if (index > 0) {
      return index;
    }
    if (index != -Constants.ENODEV) {
      throw new IllegalArgumentException(
          "scope \"" + nameOrNumber + "\" could not be looked up: " + Errno.of(-index));
    }
    try {
      return Integer.parseUnsignedInt(nameOrNumber);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "scope \"" + nameOrNumber + "\" is neither an interface's name nor its index", e);
    }
  }

  /** The name of an index, or the number if there is none. */
  static String name(int index) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment name = arena.allocate(Constants.IF_NAMESIZE);
      int answer = Netdb.ifIndextoname(arena.allocate(Libc.ERRNO_SIZE, 8), index, name);
      return answer == 0 ? name.getString(0) : Integer.toUnsignedString(index);
    }
  }

  /** The index, or 0 if it is known by an address alone. */
  public int index() {
    return index;
  }

  /** The IPv4 address, 0.0.0.0 if it is known by its index alone. */
  public InetAddress address() {
    return Address.Inet.of(address, 0, 0).address();
  }

  /**
   * What the device does that the kernel would do otherwise, or can't: the features that are
   * switched on, under the names that {@code ethtool -k} has for them, see ethtool(8), such as
   * {@code tx-checksum-ipv4}, {@code tx-udp-segmentation}, {@code rx-gro}. It needs no right. The
   * request is SIOCETHTOOL, of {@code <linux/ethtool.h>}.
   *
   * @throws IllegalArgumentException if the interface is known by an address, or is {@link #ANY}
   * @throws NixioException ENODEV if there is no interface of that index, or its device is asleep
   */
  public Set<String> features() throws IOException {
    if (index == 0) {
      throw new IllegalArgumentException(
          "interface " + this + ": a device is known by its index or name");
    }
    Set<String> names = new TreeSet<>();
    int answer = Interfaces.features(index, names);
    if (answer < 0) {
      throw new NixioException("ioctl SIOCETHTOOL " + this, null, -answer);
    }
    return Collections.unmodifiableSet(names);
  }

  /**
   * Whether datagrams that leave by this interface can be cut out of one send, {@link
   * Option#UDP_SEGMENT}. Linux does it for every device since 6.11. Before, the device has to fill
   * in the checksums of the domain, the {@linkplain #features feature} tx-checksum-ip-generic, or
   * tx-checksum-ipv4 or -ipv6; a send by any other fails with EIO. Whether it also cuts by itself,
   * tx-udp-segmentation, makes it faster, and is no condition.
   *
   * <p>The answer rests on these features and the number of the kernel's release, and on nothing
   * else: where a vendor has given an older kernel what came with 6.11, it may be no, and wrong.
   * What is encrypted on its way (ip-xfrm(8)), and UDP-Lite, is never cut. It is the answer of now:
   * an administrator may switch features, and the next datagram may have another route.
   *
   * @param domain {@link Domain#INET}, also for mapped addresses of IPv6, or {@link Domain#INET6}
   * @throws IllegalArgumentException for any other domain, and as {@link #features}
   * @throws NixioException as {@link #features}
   */
  public boolean segments(Domain domain) throws IOException {
    return segments(features(), domain, System.getProperty("os.version"));
  }

  static boolean segments(Set<String> features, Domain domain, String release) {
    if (domain != Domain.INET && domain != Domain.INET6) {
      throw Names.unsupported("domain", domain, List.of("inet", "inet6"));
    }
    return Arrays.compare(version(release), new int[] {6, 11}) >= 0
        || features.contains("tx-checksum-ip-generic")
        || features.contains(domain == Domain.INET ? "tx-checksum-ipv4" : "tx-checksum-ipv6");
  }

  /** The first two numbers of a kernel's release, such as 6.1.0-18-amd64. */
  private static int[] version(String release) {
    Matcher matcher = Pattern.compile("(\\d+)\\.(\\d+)").matcher(release);
    return matcher.lookingAt()
        ? new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))}
        : new int[2];
  }

  byte[] bytes() {
    return address.clone();
  }

  boolean isAny() {
    return index == 0 && Arrays.equals(address, ANY.address);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Interface that
        && that.index == index
        && Arrays.equals(that.address, address);
  }

  @Override
  public int hashCode() {
    return Objects.hash(index, Arrays.hashCode(address));
  }

  /** The name, or the address if it is known by that alone. */
  @Override
  public String toString() {
    return index == 0 ? Netdb.inetNtop(Constants.AF_INET, address) : name(index);
  }
}
