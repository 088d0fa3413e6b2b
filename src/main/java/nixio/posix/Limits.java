package nixio.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Limits of memory, as proc(5) shows them: what a message tells who has met them. */
public final class Limits {
  private static final String UNKNOWN = "?";

  private Limits() {}

  /** RLIMIT_MEMLOCK in bytes, the soft limit, or "unlimited". */
  public static String lockedMemory() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/limits"))) {
        if (line.startsWith("Max locked memory")) {
          return line.substring("Max locked memory".length()).strip().split(" ", 2)[0];
        }
      }
    } catch (IOException e) {
      // then it is not told
    }
    return UNKNOWN;
  }

  /** net.core.optmem_max in bytes. */
  public static String optionMemory() {
    try {
      return Files.readString(Path.of("/proc/sys/net/core/optmem_max")).strip();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
