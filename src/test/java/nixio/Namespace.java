package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A network namespace of a test's own, with a pair of Ethernet devices, a and b, between itself.
 */
final class Namespace implements AutoCloseable {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private final Path directory;
  private final String name =
      "nixio-" + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();

  private Namespace(Path directory) {
    this.directory = directory;
  }

  /** Skips the test where there can be none. */
  static Namespace open(Path directory) throws Exception {
    assumeTrue(Capability.CAP_NET_ADMIN.isHeld(), "network namespaces need root");
    assumeTrue(Forked.isInstalled("ip"), "no ip: install iproute2");
    Namespace namespace = new Namespace(directory);
    Forked made = Forked.run(directory, List.of("ip", "netns", "add", namespace.name));
    assumeTrue(made.exit() == 0, made::errors);
    try {
      namespace.demand("sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1");
      namespace.demand("sysctl", "-qw", "net.ipv6.conf.default.disable_ipv6=1");
      namespace.demand("ip", "link", "set", "lo", "up");
      namespace.demand("ip", "link", "add", "name", "a", "type", "veth", "peer", "name", "b");
      namespace.demand("ip", "link", "set", "dev", "a", "up");
      namespace.demand("ip", "link", "set", "dev", "b", "up");
      return namespace;
    } catch (Throwable t) {
      namespace.close();
      throw t;
    }
  }

  /** Runs a command in it. */
  Forked run(List<String> command) throws Exception {
    List<String> inside = new ArrayList<>(List.of("ip", "netns", "exec", name));
    inside.addAll(command);
    return Forked.run(directory, inside);
  }

  /** The lines of a command that is to succeed. */
  List<String> demand(String... command) throws Exception {
    Forked run = run(List.of(command));
    assertEquals(0, run.exit(), run::toString);
    return run.lines();
  }

  /** The lines of a program of ours that is to succeed. */
  List<String> java(Class<?> main, String... arguments) throws Exception {
    List<String> command = Forked.main(main);
    command.addAll(List.of(arguments));
    return demand(command.toArray(String[]::new));
  }

  @Override
  public void close() throws IOException {
    try {
      Forked.run(directory, List.of("ip", "netns", "del", name));
    } catch (Exception e) {
      throw new IOException("namespace " + name + " is left behind", e);
    }
  }
}
