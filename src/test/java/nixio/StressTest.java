package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import nixio.stress.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link Main}, for a few seconds or as long as {@code -Dstress.seconds} says. */
class StressTest {
  private static final String SECONDS = "stress.seconds";
  private static final String SEED = "stress.seed";

  @TempDir Path directory;

  @Test
  void allGoesAsDocumented() throws Exception {
    assertAsDocumented();
  }

  @Test
  void soItDoesWithOneCarrier() throws Exception {
    assertAsDocumented("-Djdk.virtualThreadScheduler.parallelism=1");
  }

  private void assertAsDocumented(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of(options));
    all.add("-D" + SECONDS + "=" + Integer.getInteger(SECONDS, 3));
    if (System.getProperty(SEED) != null) {
      all.add("-D" + SEED + "=" + System.getProperty(SEED));
    }
    Forked run = Forked.run(directory, Forked.main(Main.class, all.toArray(String[]::new)));
    System.out.print(run.out());
    assertEquals(0, run.exit(), run::toString);
  }
}
