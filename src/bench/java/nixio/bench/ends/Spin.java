package nixio.bench.ends;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A message there and back, between receivers that spin before they wait. */
@Command(
    name = "spin",
    description = "A message of 64 bytes there and back, between receivers that spin.",
    mixinStandardHelpOptions = true)
public final class Spin implements Callable<Integer> {
  private static final int SIZE = 64;
  private static final List<Metric> METRICS =
      List.of(
          new Metric("rate", "round trips", "/s"),
          new Metric("cpu", "CPU of both per round trip", "ns"),
          new Metric("p50", "time of a round trip, p50", "ns"));

  @Mixin Setup setup;

  @Override
  public Integer call() throws Exception {
    List<String> tcp = List.of("nixio-spinning", "nixio", "c", "jdk", "netty-epoll");
    List<String> unix = new ArrayList<>(tcp);
    unix.add("junixsocket");
    List<Integer> both = List.of(0, 1);
    List<Integer> one = List.of(0, 0);
    setup.compare(
        List.of(
            comparison("tcp", both, "across cores", tcp),
            comparison("unix", both, "across cores", unix),
            comparison("tcp", one, "on one core", List.of("nixio-spinning", "nixio")),
            comparison("unix", one, "on one core", List.of("nixio-spinning", "nixio"))));
    return 0;
  }

  private static Comparison comparison(
      String kind, List<Integer> cores, String where, List<String> techniques) {
    String title = "%s, %s".formatted(kind.toUpperCase(Locale.ROOT), where);
    Comparison comparison = new Comparison(title, METRICS);
    for (String technique : techniques) {
      comparison.with(technique, () -> EndsTrial.start(technique, kind, SIZE, "ping-pong", cores));
    }
    return comparison;
  }
}
