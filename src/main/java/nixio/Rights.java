package nixio;

import nixio.posix.Constants;

/** Which right is missing, where EPERM or EACCES leave no doubt; see capabilities(7). */
final class Rights {
  private Rights() {}

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
    return type == Type.RAW || domain.number() == Constants.AF_PACKET ? "needs CAP_NET_RAW" : null;
  }

  static String toBind(Address address, int number) {
    return number == Constants.EACCES && address instanceof Address.Inet inet && inet.port() < 1024
        ? "a port below the sysctl net.ipv4.ip_unprivileged_port_start (1024) needs"
            + " CAP_NET_BIND_SERVICE"
        : null;
  }

  static String toSend(int number) {
    return number == Constants.EACCES ? "a broadcast address needs SO_BROADCAST" : null;
  }

  static String toSet(Option<?> option, int number) {
    return refused(number) && option.right() != null ? "needs " + option.right() : null;
  }
}
