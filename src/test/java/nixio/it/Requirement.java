package nixio.it;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** What a test needs of its surroundings: missing, it is skipped, or fails where it must run. */
final class Requirement {
  private Requirement() {}

  /** Whether {@code -Dit.containers=required} was given. */
  static boolean isStrict() {
    return System.getProperty("it.containers", "").equals("required");
  }

  static void demand(boolean met, String missing) {
    if (isStrict()) {
      Assertions.assertTrue(met, missing);
    }
    Assumptions.assumeTrue(met, missing);
  }
}
