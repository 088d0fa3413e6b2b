package nixio;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import nixio.netlink.Change;
import nixio.netlink.Link;
import nixio.netlink.LinkAddress;
import nixio.netlink.NetworkMonitor;
import nixio.netlink.Route;

/** Changes the network of its namespace, and watches the changes. */
final class MonitorMain {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private MonitorMain() {}

  public static void main(String[] args) throws Exception {
    try (NetworkMonitor monitor = NetworkMonitor.open()) {
      ip("link add name c type veth peer name d");
      expect(monitor, false, e -> e instanceof Link l && l.name().equals("c") && !l.isUp());
      int c = Interface.of("c").index();
      ip("link set dev c mtu 1400 address 02:00:00:00:00:0c up");
      expect(
          monitor,
          false,
          e ->
              e.equals(new Link(c, "c", ((Link) e).flags(), 1400, "02:00:00:00:00:0c", 1))
                  && ((Link) e).isUp()
                  && !((Link) e).isRunning());
      ip("link set dev d up");
      expect(monitor, false, e -> e instanceof Link l && l.index() == c && l.isRunning());
      ip("addr add 192.0.2.1/24 dev c");
      LinkAddress address = new LinkAddress(c, Address.Inet.of("192.0.2.1", 0), 24);
      expect(monitor, false, address::equals);
      ip("route add 198.51.100.0/25 via 192.0.2.2 metric 7");
      Route route =
          new Route(
              Domain.INET,
              Address.Inet.of("198.51.100.0", 0),
              25,
              Address.Inet.of("192.0.2.2", 0),
              c,
              7,
              254);
      expect(monitor, false, route::equals);
      demand("addresses", NetworkMonitor.addresses().contains(address));
      demand("routes", NetworkMonitor.routes().contains(route));
      demand(
          "links",
          NetworkMonitor.links().stream()
              .map(Link::name)
              .toList()
              .containsAll(List.of("lo", "a", "b", "c", "d")));
      ip("route del 198.51.100.0/25");
      expect(monitor, true, route::equals);
      ip("addr del 192.0.2.1/24 dev c");
      expect(monitor, true, address::equals);
      ip("link del dev c");
      expect(monitor, true, e -> e instanceof Link l && l.index() == c);
      demand("no address", !NetworkMonitor.addresses().contains(address));
    }
    System.out.println("ok");
  }

  private static void expect(
      NetworkMonitor monitor, boolean removed, Predicate<nixio.netlink.Entry> wanted)
      throws Exception {
    StringBuilder seen = new StringBuilder();
    for (; ; ) {
      Change change = monitor.next(PATIENCE);
      if (change == null) {
        throw new AssertionError("not seen; but " + seen);
      }
      seen.append(change).append('\n');
      boolean same = change.isRemoved() == removed;
      Callable<Boolean> test = () -> wanted.test(change.entry());
      if (same && matches(test)) {
        return;
      }
    }
  }

  /** A predicate may take an entry for one of another kind. */
  private static boolean matches(Callable<Boolean> test) throws Exception {
    try {
      return test.call();
    } catch (ClassCastException otherKind) {
      return false;
    }
  }

  private static void demand(String what, boolean holds) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  private static void ip(String words) throws Exception {
    Process process = new ProcessBuilder(("ip " + words).split(" ", -1)).inheritIO().start();
    demand(words, process.waitFor() == 0);
  }
}
