package nixio.bench.echo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import nixio.bench.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Servers that send back what they receive, on one core, and a load in C on the other. */
@Command(
    name = "echo",
    description = "Echo servers of many connections: virtual threads, event loops.",
    mixinStandardHelpOptions = true)
public final class Echo implements Callable<Integer> {
  private static final List<Metric> METRICS =
      List.of(
          new Metric("rate", "messages", "/s"),
          new Metric("cpu", "CPU of the server per message", "ns"),
          new Metric("p50", "latency, p50", "ns"),
          new Metric("p99", "latency, p99", "ns"),
          new Metric("heap", "heap per idle connection", "B"),
          new Metric("native", "other memory of the process per idle connection", "B"));

  @Mixin Setup setup;

  @Option(
      names = "--connections",
      split = ",",
      defaultValue = "1000,9500",
      description = "How many (${DEFAULT-VALUE}).")
  List<Integer> connections;

  @Option(
      names = "--active",
      split = ",",
      defaultValue = "0,64",
      description = "How many of them have a message on the way; 0 for all (${DEFAULT-VALUE}).")
  List<Integer> active;

  @Override
  public Integer call() throws Exception {
    for (int all : connections) {
      for (int some : active) {
        int busy = some == 0 ? all : some;
        Comparison comparison =
            new Comparison("echo, %d connections, %d active".formatted(all, busy), METRICS);
        System.out.println(comparison.run(setup.choose(techniques(all, busy)), setup));
      }
    }
    return 0;
  }

  private static Map<String, Trial.Start> techniques(int connections, int active) {
    Map<String, Trial.Start> techniques = new LinkedHashMap<>();
    techniques.put("nixio", () -> EchoTrial.java("NixioEcho", connections, active));
    techniques.put("jdk", () -> EchoTrial.java("JdkEcho", connections, active));
    techniques.put(
        "netty-epoll", () -> EchoTrial.java("NettyEcho", connections, active, "netty-epoll"));
    techniques.put(
        "netty-io_uring", () -> EchoTrial.java("NettyEcho", connections, active, "netty-io_uring"));
    techniques.put("c", () -> EchoTrial.c(connections, active));
    return techniques;
  }
}
