package nixio;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The rights of capabilities(7) that sockets ask for. */
enum Capability {
  CAP_NET_BIND_SERVICE(10),
  CAP_NET_ADMIN(12),
  CAP_NET_RAW(13),
  CAP_IPC_LOCK(14),
  CAP_SYS_RESOURCE(24);

  private final int bit;

  Capability(int bit) {
    this.bit = bit;
  }

  /** Whether this process has it. */
  boolean isHeld() {
    try {
      long effective =
          Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("CapEff:"))
              .mapToLong(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
              .findFirst()
              .orElseThrow();
      return (effective >> bit & 1) == 1;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
