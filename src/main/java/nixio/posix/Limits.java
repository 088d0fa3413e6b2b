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
    return number("net/core/optmem_max");
  }

  /** The most bytes that a pipe can have without CAP_SYS_RESOURCE. */
  public static String pipe() {
    return number("fs/pipe-max-size");
  }

  private static String number(String sysctl) {
    try {
      // in one read: the rest of a short one is not to be had
      return Files.readAllLines(Path.of("/proc/sys", sysctl)).getFirst();
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
