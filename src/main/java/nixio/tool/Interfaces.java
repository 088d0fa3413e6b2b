package nixio.tool;

import java.io.IOException;
import java.util.function.Predicate;
import nixio.Domain;
import nixio.InterfaceAddress;
import nixio.Nixio;

/** The interfaces that multicast rows need. */
final class Interfaces {
  private Interfaces() {}

  static InterfaceAddress loopback() throws IOException {
    return first(each -> each.isUp() && each.isLoopback(), "up and a loopback");
  }

  static InterfaceAddress multicast6() throws IOException {
    return first(
        each -> each.isUp() && each.isMulticast() && hasIpv6(each),
        "up, able to multicast and has an IPv6 address");
  }

  private static boolean hasIpv6(InterfaceAddress each) {
    return each.address() != null && each.address().domain() == Domain.INET6;
  }

  private static InterfaceAddress first(Predicate<InterfaceAddress> wanted, String words)
      throws IOException {
    for (InterfaceAddress each : Nixio.getifaddrs()) {
      if (wanted.test(each)) {
        return each;
      }
    }
    throw new NoSuchInterfaceException("no interface is " + words);
  }
}
