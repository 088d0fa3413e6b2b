package nixio.bench.ends;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Two processes of one technique, each with one platform thread or one event loop. */
abstract class TwoEnds implements Callable<Integer> {
  private static final List<String> TCP =
      List.of("nixio", "c", "jdk", "jdk-aligned", "jdk-socket", "netty-epoll", "netty-io_uring");
  private static final List<String> UNIX =
      List.of("nixio", "c", "jdk", "jdk-aligned", "junixsocket", "netty-epoll", "netty-io_uring");

  @Mixin Setup setup;

  @Option(
      names = "--kinds",
      split = ",",
      defaultValue = "tcp,unix",
      description = "Kinds of socket (${DEFAULT-VALUE}).")
  List<String> kinds;

  @Option(
      names = "--cores",
      split = ",",
      defaultValue = "0,0",
      description = "The server's core and the client's (${DEFAULT-VALUE}).")
  List<Integer> cores;

  private final String work;

  TwoEnds(String work) {
    this.work = work;
  }

  abstract List<Integer> sizes();

  abstract List<Metric> metrics();

  @Override
  public Integer call() throws Exception {
    List<Comparison> comparisons = new ArrayList<>();
    for (String kind : kinds) {
      for (int size : sizes()) {
        comparisons.add(comparison(kind, size));
      }
    }
    setup.compare(comparisons);
    return 0;
  }

  private Comparison comparison(String kind, int size) {
    String where = cores.getFirst().equals(cores.getLast()) ? "on one core" : "across cores";
    String title = "%s, %d B, %s".formatted(kind.toUpperCase(Locale.ROOT), size, where);
    Comparison comparison = new Comparison(title, metrics());
    for (String technique : kind.equals("unix") ? UNIX : TCP) {
      comparison.with(technique, () -> EndsTrial.start(technique, kind, size, work, cores));
    }
    return comparison;
  }
}
