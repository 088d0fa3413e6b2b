package nixio.examples;

import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import nixio.Address;

/** Addresses as values. */
final class AddressExample {
  private AddressExample() {}

  static void address(PrintStream out) {
    // @start region="address"
    Address address = Address.parse("[2001:db8::1]:80");
    out.println(address.host()); // 2001:db8::1
    out.println(address.port()); // 80
    out.println(address.domain()); // inet6
    out.println(address.equals(Address.Inet.of("2001:db8:0::1", 80))); // true
    out.println(Address.parse("@name").host().length()); // 5
    // @end
  }

  static void jdk(PrintStream out) {
    // @start region="jdk-addresses"
    Address inet = Address.of(new InetSocketAddress("192.0.2.1", 80));
    out.println(inet); // 192.0.2.1:80
    out.println(inet.toSocketAddress()); // /192.0.2.1:80
    out.println(Address.Unix.of(Path.of("/run/example")).toSocketAddress()); // /run/example
    // @end
  }
}
