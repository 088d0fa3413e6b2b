package nixio;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import nixio.posix.Constants;
import nixio.posix.Ethtool;
import nixio.posix.Libc;
import nixio.posix.NetDev;
import nixio.posix.Netdb;
import nixio.posix.SockAddr;
import nixio.posix.Structs;

/** The machine's interfaces and their addresses. */
final class Interfaces {
  private static final ImmutableMap<String, Integer> FLAGS =
      ImmutableMap.<String, Integer>builder()
          .put("up", Constants.IFF_UP)
          .put("broadcast", Constants.IFF_BROADCAST)
          .put("loopback", Constants.IFF_LOOPBACK)
          .put("pointtopoint", Constants.IFF_POINTOPOINT)
          .put("running", Constants.IFF_RUNNING)
          .put("noarp", Constants.IFF_NOARP)
          .put("promisc", Constants.IFF_PROMISC)
          .put("allmulti", Constants.IFF_ALLMULTI)
          .put("multicast", Constants.IFF_MULTICAST)
          .buildOrThrow();

  /** Hardware addresses, such as 02:00:00:00:00:01. */
  static final BaseEncoding HEX = BaseEncoding.base16().lowerCase().withSeparator(":", 2);

  private Interfaces() {}

  static List<InterfaceAddress> list() throws NixioException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment head = arena.allocate(ValueLayout.ADDRESS);
      int answer = Netdb.getifaddrs(arena.allocate(Libc.ERRNO_SIZE, 8), head);
      if (answer < 0) {
        throw new NixioException("getifaddrs", null, -answer);
      }
      try {
        Map<String, long[]> counters = counters();
        List<InterfaceAddress> found = new ArrayList<>();
        for (Structs.IfAddrs at = Structs.IfAddrs.at(head); at != null; at = at.next()) {
          if (at.address() != null) {
            found.add(entry(at, counters));
          }
        }
        return List.copyOf(found);
      } finally {
        Netdb.freeifaddrs(head.get(ValueLayout.ADDRESS, 0));
      }
    }
  }

  /** Adds the names of the features of a device; 0, or -errno. */
  static int features(int index, Set<String> names) throws IOException {
    Libc.require();
    try (Arena arena = Arena.ofConfined();
        Socket any = Socket.open(Domain.INET, Type.DGRAM)) {
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      MemorySegment name = arena.allocate(Constants.IF_NAMESIZE);
      int answer = Netdb.ifIndextoname(errno, index, name);
      return answer < 0
          ? answer == -Constants.ENXIO ? -Constants.ENODEV : answer
          : Ethtool.activeFeatures(errno, any.fileno(), name.getString(0), names);
    }
  }

  /**
   * The first IPv4 address of an interface that is known by its index; else what it is known by.
   */
  static byte[] inet(Interface via) {
    if (via.index() == 0) {
      return via.bytes();
    }
    try {
      for (InterfaceAddress entry : list()) {
        if (entry.index() == via.index() && entry.family().equals(Domain.INET.toString())) {
          return entry.address().bytes();
        }
      }
    } catch (NixioException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    return via.bytes();
  }

  private static Map<String, long[]> counters() {
    try {
      return NetDev.counters();
    } catch (IOException e) {
      return Map.of(); // no /proc: the list is still worth having
    }
  }

  private static InterfaceAddress entry(Structs.IfAddrs at, Map<String, long[]> counters) {
    int family = SockAddr.family(at.address(), SockAddr.MAX);
    boolean packet = family == Constants.AF_PACKET;
    Address.Inet other = inet(at.other());
    boolean pointToPoint = (at.flags() & Constants.IFF_POINTOPOINT) != 0;
    return new InterfaceAddress(
        at.name(),
        packet ? SockAddr.index(at.address()) : Math.max(0, Interface.indexOf(at.name())),
        flags(at.flags()),
        Domain.of(family).toString(),
        inet(at.address()),
        prefix(inet(at.netmask())),
        pointToPoint ? null : other,
        pointToPoint ? other : null,
        packet ? HEX.encode(SockAddr.hardware(at.address())) : null,
        packet ? SockAddr.hardwareType(at.address()) : 0,
        packet ? counted(counters.get(at.name())) : null);
  }

  private static Set<String> flags(int bits) {
    ImmutableSet.Builder<String> names = ImmutableSet.builder();
    FLAGS.forEach((name, bit) -> {
      if ((bits & bit) != 0) {
        names.add(name);
      }
    });
    return names.build();
  }

  private static Address.Inet inet(MemorySegment address) {
    return address != null && Address.read(address, SockAddr.MAX) instanceof Address.Inet inet
        ? inet
        : null;
  }

  private static int prefix(Address.Inet netmask) {
    if (netmask == null) {
      return -1;
    }
    int bits = 0;
    for (byte b : netmask.bytes()) {
      bits += Integer.bitCount(Byte.toUnsignedInt(b));
    }
    return bits;
  }

  /** By the columns of /proc/net/dev: eight received, eight sent. */
  private static InterfaceAddress.Counters counted(long[] c) {
    if (c == null || c.length < 16) {
      return null;
    }
    return new InterfaceAddress.Counters(
        c[1], c[9], c[0], c[8], c[2], c[10], c[3], c[11], c[7], c[13]);
  }
}
