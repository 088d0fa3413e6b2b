package nixio.tool;

import java.nio.file.Path;

/** A file of many MiB that stands wherever there is a JDK. */
final class DefaultFile {
  /** As much of it as the tour takes. */
  static final long LIMIT = 64L << 20;

  private DefaultFile() {}

  static Path path() {
    return Path.of(System.getProperty("java.home"), "lib", "modules");
  }
}
