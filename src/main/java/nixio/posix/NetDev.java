package nixio.posix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The counters of interfaces: {@code /proc/net/dev}, proc(5). getifaddrs(3) has them cut to 32
 * bits, which a busy interface wraps in seconds.
 */
public final class NetDev {
  private static final Path FILE = Path.of("/proc/net/dev");

  private NetDev() {}

  /**
   * The counters of each interface: received bytes, packets, errors, dropped, fifo, frame,
   * compressed, multicast; sent bytes, packets, errors, dropped, fifo, collisions, carrier,
   * compressed.
   *
   * @throws IOException if there is no such file, as where /proc is not mounted
   */
  public static Map<String, long[]> counters() throws IOException {
    Map<String, long[]> counters = new HashMap<>();
    for (String line : Files.readAllLines(FILE)) {
      int colon = line.lastIndexOf(':');
      if (colon > 0) {
        String[] words = line.substring(colon + 1).trim().split("\\s+", -1);
        long[] numbers = new long[words.length];
        for (int i = 0; i < words.length; i++) {
          numbers[i] = Long.parseUnsignedLong(words[i]);
        }
        counters.put(line.substring(0, colon).trim(), numbers);
      }
    }
    return counters;
  }
}
