package nixio;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** This process's descriptors. */
public final class OpenDescriptors {
  private OpenDescriptors() {}

  /** The open descriptors and what they are, without the one that lists them. */
  public static Map<String, String> now() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        String what = Files.readSymbolicLink(one).toString();
        if (!what.startsWith("/proc/")) {
          found.put(one.getFileName().toString(), what);
        }
      }
    } catch (NoSuchFileException e) {
      return now();
    }
    return found;
  }
}
