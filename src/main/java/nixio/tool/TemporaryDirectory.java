package nixio.tool;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A place for the names of UNIX sockets: the kernel makes those files, and never removes them. */
final class TemporaryDirectory implements AutoCloseable {
  private final Path path;

  TemporaryDirectory() throws IOException {
    this.path = Files.createTempDirectory("nixio");
  }

  Path path() {
    return path;
  }

  @Override
  public void close() throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(path)) {
      for (Path name : names) {
        Files.delete(name);
      }
    }
    Files.delete(path);
  }
}
