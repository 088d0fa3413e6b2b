package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the kernel sees of a warm loop: one system call per call, and nothing else. */
class StraceTest {
  private static final Pattern MARK =
      Pattern.compile("sendto\\(\\d+, \"(begin|end) ?([^\\\\]*)\\\\0\".*");

  @TempDir Path directory;

  @Test
  void oneSystemCallPerCallAndNothingElse() throws Exception {
    assumeTrue(Forked.isInstalled("strace"), "strace is not installed");
    Forked probe = Forked.run(directory, List.of("strace", "-o", "/dev/null", "true"));
    assumeTrue(probe.exit() == 0, () -> "no ptrace here: " + probe.errors());

    List<String> command = new ArrayList<>(List.of("strace", "-qq", "-ff", "-s", "40"));
    command.addAll(List.of("-o", directory.resolve("trace").toString()));
    command.addAll(Forked.main(StraceMain.class, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    Forked.run(directory, command).lines();

    List<String> expected =
        IntStream.range(0, StraceMain.ROUNDS)
            .boxed()
            .flatMap(i -> Stream.of("sendto", "recvfrom"))
            .toList();
    Map<String, List<List<String>>> windows = windows();
    assertEquals(6, windows.size(), () -> windows.keySet().toString());
    windows.forEach((loop, all) -> {
      assertEquals(5, all.size(), loop);
      assertTrue(all.contains(expected), () -> loop + ": " + counts(all));
    });
  }

  /** The names of the system calls between the marks of each loop, of the thread that made them. */
  private Map<String, List<List<String>>> windows() throws IOException {
    Map<String, List<List<String>>> windows = new HashMap<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith("trace.")).toList()) {
        List<String> window = null;
        for (String line : Files.readAllLines(file)) {
          Matcher mark = MARK.matcher(line);
          if (mark.matches()) {
            window = new ArrayList<>();
            if (mark.group(1).equals("begin")) {
              windows.computeIfAbsent(mark.group(2), name -> new ArrayList<>()).add(window);
            }
          } else if (window != null) {
            window.add(line.replaceFirst("\\(.*", ""));
          }
        }
      }
    }
    windows.values().forEach(all -> all.forEach(window -> window.removeFirst())); // the mark's own
    return windows;
  }

  private static List<Map<String, Integer>> counts(List<List<String>> windows) {
    return windows.stream()
        .map(window -> {
          Map<String, Integer> counts = new HashMap<>();
          window.forEach(call -> counts.merge(call, 1, Integer::sum));
          return counts;
        })
        .toList();
  }
}
