package nixio.bench.ends;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A file that is in the kernel's cache, sent again and again. */
@Command(
    name = "file",
    description = "A file of 1 MiB, sent again and again.",
    mixinStandardHelpOptions = true)
public final class FileService implements Callable<Integer> {
  static final int SIZE = 1 << 20;

  private static final List<Metric> METRICS =
      List.of(
          new Metric("cpu", "CPU of the sender per MiB", "ns"), new Metric("rate", "MiB", "/s"));

  private static final List<String> TECHNIQUES =
      List.of("nixio", "nixio-channel", "nixio-mapped", "nixio-read", "c", "jdk", "netty-epoll");

  @Mixin Setup setup;

  @Override
  public Integer call() throws Exception {
    Path file = Files.createTempFile("bench", ".bytes");
    try {
      Files.write(file, new byte[SIZE]);
      List<Comparison> comparisons = new ArrayList<>();
      for (String kind : List.of("tcp", "unix")) {
        Comparison comparison =
            new Comparison("%s, 1 MiB".formatted(kind.toUpperCase(Locale.ROOT)), METRICS);
        for (String technique : TECHNIQUES) {
          comparison.with(technique, () -> start(technique, kind, file));
        }
        comparisons.add(comparison);
      }
      setup.compare(comparisons);
    } finally {
      Files.delete(file);
    }
    return 0;
  }

  private static Trial start(String technique, String kind, Path file) throws IOException {
    Endpoint at = Endpoint.unused(kind);
    Child drain = MeasuredTrial.drain(at, 1 << 16);
    Endpoint to = at.with((int) drain.ready().get("port"));
    Child sender =
        technique.equals("c")
            ? Child.c(MeasuredTrial.CORE, "ends", "call", to, SIZE, "file:" + file)
            : Child.java(
                MeasuredTrial.CORE, List.of(), FileClient.class.getName(), technique, to, file);
    return new MeasuredTrial(sender, sender, List.of(sender, drain), List.of(at));
  }
}
