package nixio.bench.echo;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
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
          new Metric("heap", "heap per idle connection", "B", false),
          new Metric("native", "other memory of the process per idle connection", "B", false));

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
    List<Comparison> comparisons = new ArrayList<>();
    for (int all : connections) {
      for (int some : active) {
        comparisons.add(comparison(all, some == 0 ? all : some));
      }
    }
    setup.compare(comparisons);
    return 0;
  }

  private static Comparison comparison(int all, int busy) {
    return new Comparison("%d connections, %d active".formatted(all, busy), METRICS)
        .with("nixio", () -> EchoTrial.java("NixioEcho", all, busy))
        .with("c", () -> EchoTrial.c(all, busy))
        .with("jdk", () -> EchoTrial.java("JdkEcho", all, busy))
        .with("netty-epoll", () -> EchoTrial.java("NettyEcho", all, busy, "netty-epoll"))
        .with("netty-io_uring", () -> EchoTrial.java("NettyEcho", all, busy, "netty-io_uring"));
  }
}
