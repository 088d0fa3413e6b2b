package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nixio.stress.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * {@link Main}, for a few seconds or as long as {@code -Dstress.seconds} says; a third of that with
 * one carrier. Not both at a time: a datagram of one could come to a port that the other has taken
 * just now.
 */
@Execution(ExecutionMode.SAME_THREAD)
class StressTest {
  private static final String SECONDS = "stress.seconds";
  private static final String SEED = "stress.seed";
  private static final int SHORT = 3;

  @TempDir Path directory;

  @Test
  void allGoesAsDocumented() throws Exception {
    assertAsDocumented(seconds());
  }

  @Test
  void soItDoesWithOneCarrier() throws Exception {
    assertAsDocumented(
        Math.max(SHORT, seconds() / 3), "-Djdk.virtualThreadScheduler.parallelism=1");
  }

  private static int seconds() {
    return Integer.getInteger(SECONDS, SHORT);
  }

  private void assertAsDocumented(int seconds, String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-D" + SECONDS + "=" + seconds);
    if (System.getProperty(SEED) != null) {
      all.add("-D" + SEED + "=" + System.getProperty(SEED));
    }
    Forked run = Forked.run(directory, Forked.main(Main.class, all.toArray(String[]::new)));
    System.out.print(run.out());
    assertEquals(0, run.exit(), run::toString);
  }
}
