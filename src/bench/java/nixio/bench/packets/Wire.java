package nixio.bench.packets;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A network namespace with a pair of Ethernet devices, a and b, between itself. */
final class Wire implements AutoCloseable {
  private final String name = "nixio-bench-" + ProcessHandle.current().pid();

  private Wire() {}

  static Wire open() throws IOException {
    Wire wire = new Wire();
    run(List.of("ip", "netns", "add", wire.name));
    try {
      wire.demand("sysctl -qw net.ipv6.conf.default.disable_ipv6=1");
      wire.demand("ip link add name a type veth peer name b");
      wire.demand("ip link set dev a up");
      wire.demand("ip link set dev b up");
      return wire;
    } catch (Throwable t) {
      wire.close();
      throw t;
    }
  }

  /** What stands before a command that is to run in it. */
  List<String> inside() {
    return List.of("ip", "netns", "exec", name);
  }

  private void demand(String command) throws IOException {
    List<String> all = new ArrayList<>(inside());
    all.addAll(List.of(command.split(" ", -1)));
    run(all);
  }

  private static void run(List<String> command) throws IOException {
    if (new ProcessBuilder(command).inheritIO().start().onExit().join().exitValue() != 0) {
      throw new IOException("failed, and needs root: " + String.join(" ", command));
    }
  }

  @Override
  public void close() throws IOException {
    run(List.of("ip", "netns", "del", name));
  }
}
