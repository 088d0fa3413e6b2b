package nixio.bench.start;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nixio.bench.Measures;
import nixio.bench.Trial;

/** A program that is run again and again, on whatever core there is. */
record Program(List<String> command) implements Trial {
  private static final double MILLIS_PER_TICK = 10;

  Program(String classPath, Class<?> main, String argument) {
    this(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            classPath,
            main.getName(),
            argument));
  }

  Program with(String option) {
    List<String> more = new ArrayList<>(command);
    more.add(1, option);
    return new Program(more);
  }

  /** Runs it once, to its end. */
  void run() throws IOException {
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("failed: " + String.join(" ", command));
    }
  }

  @Override
  public Measures round(double seconds) throws IOException {
    double before = childrensMillis();
    long start = System.nanoTime();
    long now = start;
    int times = 0;
    for (; now - start < seconds * 1e9; now = System.nanoTime()) {
      run();
      times++;
    }
    return Measures.of("time", (now - start) / 1e6 / times)
        .with("cpu", (childrensMillis() - before) / times);
  }

  /** The processor time of all children that have ended: the 16th and 17th field of proc(5). */
  private static double childrensMillis() throws IOException {
    String line = Files.readString(Path.of("/proc/self/stat"));
    List<String> fields = Splitter.on(' ').splitToList(line.substring(line.lastIndexOf(')') + 2));
    return MILLIS_PER_TICK * (Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14)));
  }

  @Override
  public void close() {}
}
