package nixio.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Processor time, which neighbours disturb less than the clock. */
public final class Cpu {
  private Cpu() {}

  /**
   * The time that the threads of a process have run, in nanoseconds, without those that have ended.
   *
   * @param process its id, or {@code self}
   */
  public static double nanos(String process) throws IOException {
    double sum = 0;
    for (Path thread : threads(process)) {
      String line = Files.readString(thread.resolve("schedstat"));
      sum += Long.parseLong(line.substring(0, line.indexOf(' ')));
    }
    return sum;
  }

  private static List<Path> threads(String process) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc", process, "task"))) {
      return threads.toList();
    }
  }
}
