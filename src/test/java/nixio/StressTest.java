package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import nixio.stress.Main;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Main} for a few seconds: {@code -Dstress.seconds=60} for longer. */
class StressTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"-Djdk.virtualThreadScheduler.parallelism=1", "-Xshare:auto"})
  void allGoesAsDocumented(String option) throws Exception {
    String seconds = "-Dstress.seconds=" + Integer.getInteger("stress.seconds", 3);
    Forked run = Forked.run(directory, Forked.main(Main.class, option, seconds));
    System.out.print(run.out());
    assertEquals(0, run.exit(), run::toString);
  }
}
