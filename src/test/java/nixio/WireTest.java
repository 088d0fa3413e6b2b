package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.base.Splitter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rings and monitors in network namespaces of their own. */
class WireTest {
  @TempDir private Path directory;

  @Test
  void everyPacketArrivesAndIsCounted() throws Exception {
    assumeTrue(Forked.isInstalled("tcpdump"), "no tcpdump to compare with");
    try (Namespace namespace = Namespace.open(directory)) {
      Map<String, Long> found = wire(namespace, "1000000", "50000", "512", "tcpdump");
      for (String count : List.of("seen", "read", "received", "tcpdump")) {
        assertEquals(1_000_000, found.get(count), found::toString);
      }
      for (String none : List.of("dropped", "wrong", "allocated")) {
        assertEquals(0, found.get(none), found::toString);
      }
    }
  }

  @Test
  void whatIsReadAndWhatIsDroppedIsWhatWasSent() throws Exception {
    try (Namespace namespace = Namespace.open(directory)) {
      Map<String, Long> found = wire(namespace, "400000", "0", "2");
      assertEquals(400_000, found.get("received"), found::toString);
      assertEquals(400_000, found.get("read") + found.get("dropped"), found::toString);
      assertEquals(found.get("read"), found.get("seen"), found::toString);
      assertEquals(0, found.get("wrong"), found::toString);
      assertTrue(found.get("read") > 0, found::toString);
    }
  }

  private static Map<String, Long> wire(Namespace namespace, String... arguments) throws Exception {
    return namespace.java(WireMain.class, arguments).stream()
        .map(line -> Splitter.on(' ').limit(2).splitToList(line))
        .collect(Collectors.toMap(List::getFirst, words -> Long.valueOf(words.getLast())));
  }

  @Test
  void changesOfTheNetworkAreWatched() throws Exception {
    try (Namespace namespace = Namespace.open(directory)) {
      assertEquals(List.of("ok"), namespace.java(MonitorMain.class));
    }
  }
}
