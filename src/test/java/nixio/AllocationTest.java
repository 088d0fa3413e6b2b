package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Send and receive allocate nothing, whoever calls them. */
class AllocationTest {
  /** What is compiled already is inlined again, so that it is no matter of luck what is. */
  private static final String INLINES_ALL = "-XX:InlineSmallCode=15000";

  @Test
  void warmCallsAllocateNothing(@TempDir Path directory) throws Exception {
    List<String> command = Forked.main(AllocationMain.class, INLINES_ALL);
    command.add(directory.resolve("mapped").toString());
    List<String> lines = Forked.run(directory, command).lines();
    assertEquals(68, lines.size(), lines::toString);
    assertEquals(List.of(), lines.stream().filter(line -> !line.startsWith("0\t")).toList());
  }
}
