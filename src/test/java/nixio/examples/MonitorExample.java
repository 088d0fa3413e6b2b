package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import nixio.netlink.Link;
import nixio.netlink.LinkAddress;
import nixio.netlink.NetworkMonitor;

/** Links and addresses, and their changes. */
final class MonitorExample {
  private MonitorExample() {}

  static void monitor(PrintStream out) throws IOException {
    // @start region="monitor"
    try (NetworkMonitor monitor = NetworkMonitor.open()) {
      for (Link link : NetworkMonitor.links()) {
        if (link.name().equals("lo")) {
          out.println(link.isUp()); // true
          for (LinkAddress each : NetworkMonitor.addresses()) {
            if (each.index() == link.index() && each.address().host().equals("127.0.0.1")) {
              out.println(each.prefix()); // 8
            }
          }
        }
      }
      var change = monitor.next(Duration.ZERO); // or without a limit, in a loop
      out.println(change == null || change.entry().index() >= 0); // true
    }
    // @end
  }
}
