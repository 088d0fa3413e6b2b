package nixio.bench.ends;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nixio.bench.Child;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import nixio.bench.Trial;
import nixio.bench.peer.Endpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Blocks through a process that does not look at them. */
@Command(
    name = "relay",
    description = "Blocks through a process that only passes them on.",
    mixinStandardHelpOptions = true)
public final class Relay implements Callable<Integer> {
  static final int SIZE = 1 << 16;

  private static final List<Metric> METRICS =
      List.of(
          new Metric("cpu", "CPU of the relay per block", "ns"),
          new Metric("rate", "blocks", "/s"));

  @Mixin Setup setup;

  @Override
  public Integer call() throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (String kind : List.of("tcp", "unix")) {
      Comparison comparison =
          new Comparison("%s, 64 KiB".formatted(kind.toUpperCase(Locale.ROOT)), METRICS);
      for (String technique : List.of("nixio", "nixio-copy", "c", "jdk", "netty-epoll")) {
        comparison.with(technique, () -> start(technique, kind));
      }
      comparisons.add(comparison);
    }
    setup.compare(comparisons);
    return 0;
  }

  private static Trial start(String technique, String kind) throws IOException {
    Endpoint end = Endpoint.unused(kind);
    Child drain = MeasuredTrial.drain(end, SIZE);
    Endpoint onward = end.with((int) drain.ready().get("port"));
    Endpoint at = Endpoint.unused(kind);
    Child relay =
        technique.equals("c")
            ? Child.c(MeasuredTrial.CORE, "ends", "relay", at, SIZE, onward)
            : Child.java(
                MeasuredTrial.CORE, List.of(), RelayServer.class.getName(), technique, at, onward);
    Endpoint to = at.with((int) relay.ready().get("port"));
    Child source = Child.c(MeasuredTrial.OTHER_CORE, "ends", "call", to, SIZE, "stream");
    return new MeasuredTrial(relay, source, List.of(source, relay, drain), List.of(at, end));
  }
}
