package nixio;

import com.google.common.base.Ascii;
import java.net.Inet6Address;
import nixio.posix.Constants;

/** What is missing, where an errno leaves no doubt: a right, see capabilities(7), or a scope. */
final class Advice {
  private Advice() {}

  static boolean refused(int number) {
    return number == Constants.EPERM || number == Constants.EACCES;
  }

  static String toOpen(Domain domain, Type type, Protocol protocol, int number) {
    if (!refused(number)) {
      return null;
    }
    if (type == Type.DGRAM && (protocol == Protocol.ICMP || protocol == Protocol.ICMPV6)) {
      return "a ping socket needs a group in the sysctl net.ipv4.ping_group_range, or CAP_NET_RAW"
          + " and Type.RAW";
    }
    return type == Type.RAW || domain == Domain.PACKET ? needs("CAP_NET_RAW") : null;
  }

  static String toBind(Address address, int number) {
    if (number == Constants.EACCES && address instanceof Address.Inet inet && inet.port() < 1024) {
      return "a port below the sysctl net.ipv4.ip_unprivileged_port_start (1024) needs"
          + " CAP_NET_BIND_SERVICE";
    }
    return toReach(address, number);
  }

  /** To connect or send to an address. */
  static String toReach(Address address, int number) {
    if (number == Constants.EINVAL
        && address instanceof Address.Inet inet
        && inet.scope() == 0
        && inet.address() instanceof Inet6Address six
        && (six.isLinkLocalAddress() || six.isMCLinkLocal() || six.isMCNodeLocal())) {
      return "a link-local address needs a scope, as in " + inet.host() + "%eth0";
    }
    return number == Constants.EACCES && address instanceof Address.Inet
        ? "a broadcast address needs SO_BROADCAST"
        : null;
  }

  static boolean mayBeOfSegments(int number) {
    return number == Constants.EIO || number == Constants.EINVAL || number == Constants.EMSGSIZE;
  }

  /** To send what is to be cut into segments of a size, 0 for not. */
  static String toCut(int segment, int number) {
    if (segment == 0) {
      return null;
    }
    String what = "in segments of " + segment + " bytes (UDP_SEGMENT)";
    if (number == Constants.EIO) {
      return what
          + ": the device doesn't fill in checksums (ask Interface.segments), or this goes encrypted"
          + " or as UDP-Lite; send each by itself";
    }
    return what
        + ": each has to fit the path's MTU (IP_MTU) with its headers, there are at most 64 (128"
        + " since Linux 6.9), and all together fit a datagram";
  }

  static String toSet(Option<?> option, int number) {
    return refused(number) && option.right() != null ? needs(option.right()) : null;
  }

  /** The right, and how to give it. */
  private static String needs(String right) {
    return "needs %s: setcap %s+ep %s/bin/java, or docker run --cap-add %s"
        .formatted(
            right,
            Ascii.toLowerCase(right),
            System.getProperty("java.home"),
            right.replaceFirst("CAP_", ""));
  }
}
