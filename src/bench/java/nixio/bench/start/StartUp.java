package nixio.bench.start;

import com.google.common.base.Splitter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.spi.ToolProvider;
import nixio.bench.Comparison;
import nixio.bench.Metric;
import nixio.bench.Setup;
import nixio.bench.Trial;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** How long a program takes that sends itself a byte. */
@Command(
    name = "start",
    description = "Start-up to the first byte: plain, with a CDS archive, with an AOT cache.",
    mixinStandardHelpOptions = true)
public final class StartUp implements Callable<Integer> {
  private static final Path PLACE = Path.of("target", "bench-start");
  private static final List<String> TECHNIQUES = List.of("nixio", "jdk", "linker", "nothing");

  private static final List<Metric> METRICS =
      List.of(
          new Metric("time", "time from start to end", "ms"),
          new Metric("cpu", "CPU from start to end", "ms"));

  /** What the program is started with, and how that is made. */
  private enum Help {
    PLAIN("as it is", "", ""),
    CDS("with an archive of classes", "-XX:SharedArchiveFile=", "-XX:ArchiveClassesAtExit="),
    AOT("with an AOT cache", "-XX:AOTCache=", "-XX:AOTCacheOutput=");

    final String title;
    final String use;
    final String make;

    Help(String title, String use, String make) {
      this.title = title;
      this.use = use;
      this.make = make;
    }
  }

  @Mixin Setup setup;

  @Override
  public Integer call() throws Exception {
    String classPath = jars();
    List<Comparison> comparisons = new ArrayList<>();
    for (Help help : Help.values()) {
      Comparison comparison = new Comparison(help.title, METRICS);
      for (String technique : TECHNIQUES) {
        comparison.with(technique, () -> program(help, classPath, technique));
      }
      comparisons.add(comparison);
    }
    setup.compare(comparisons);
    return 0;
  }

  /** Archives know only jars. */
  private static String jars() throws IOException {
    Files.createDirectories(PLACE);
    List<String> entries = new ArrayList<>();
    for (String entry :
        Splitter.on(File.pathSeparatorChar).split(System.getProperty("java.class.path"))) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = PLACE.resolve(path.getFileName() + ".jar");
        ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
        tool.run(System.out, System.err, "-cf", jar.toString(), "-C", entry, ".");
        entries.add(jar.toString());
      } else if (entry.contains("guava")) {
        entries.add(entry);
      }
    }
    return String.join(File.pathSeparator, entries);
  }

  private static Trial program(Help help, String classPath, String technique) throws IOException {
    Program plain = new Program(classPath, FirstByte.class, technique);
    if (help == Help.PLAIN) {
      return plain;
    }
    Path archive = PLACE.resolve(technique + "." + help).toAbsolutePath();
    plain.with(help.make + archive).run();
    return plain.with(help.use + archive);
  }
}
