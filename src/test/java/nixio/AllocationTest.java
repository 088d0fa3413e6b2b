package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Send and receive allocate nothing, whoever calls them. In one JVM of ten or so, C2 leaves one
 * kind of call a slice of 40 bytes, and not the same kind in the next: what allocates in two of
 * them is no matter of luck.
 */
class AllocationTest {
  /** What is compiled already is inlined again, so that less is a matter of luck. */
  private static final String INLINES_ALL = "-XX:InlineSmallCode=15000";

  /** The kinds of calls that allocate. */
  private static Set<String> allocating(Path directory) throws Exception {
    List<String> command = Forked.main(AllocationMain.class, INLINES_ALL);
    command.add(directory.resolve("mapped").toString());
    List<String> lines = Forked.run(directory, command).lines();
    assertEquals(68, lines.size(), lines::toString);
    return lines.stream()
        .filter(line -> !line.startsWith("0\t"))
        .map(line -> line.replaceFirst(".*\t", ""))
        .collect(Collectors.toSet());
  }

  @Test
  void warmCallsAllocateNothing(@TempDir Path directory) throws Exception {
    Set<String> kinds = allocating(directory);
    if (!kinds.isEmpty()) {
      kinds.retainAll(allocating(directory));
    }
    assertEquals(Set.of(), kinds);
  }
}
