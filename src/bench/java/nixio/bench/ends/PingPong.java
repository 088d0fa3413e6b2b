package nixio.bench.ends;

import java.util.List;
import nixio.bench.Metric;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A message there and back. */
@Command(
    name = "ping-pong",
    description = "A message there and back, between two processes.",
    mixinStandardHelpOptions = true)
public final class PingPong extends TwoEnds {
  @Option(
      names = "--sizes",
      split = ",",
      defaultValue = "1,64,1024",
      description = "Sizes of a message, in bytes (${DEFAULT-VALUE}).")
  List<Integer> sizes;

  public PingPong() {
    super("ping-pong");
  }

  @Override
  List<Integer> sizes() {
    return sizes;
  }

  @Override
  List<Metric> metrics() {
    return List.of(
        new Metric("rate", "round trips", "/s"),
        new Metric("cpu", "CPU of both per round trip", "ns"),
        new Metric("p50", "time of a round trip, p50", "ns"),
        new Metric("p99", "time of a round trip, p99", "ns"));
  }
}
