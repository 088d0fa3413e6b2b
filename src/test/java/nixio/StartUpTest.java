package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a program loads on the way to its first byte: time that no socket needs goes unnoticed. */
class StartUpTest {
  @TempDir private Path directory;

  private List<String> loaded() throws Exception {
    Path log = directory.resolve("loaded");
    List<String> command = Forked.main(StartUpMain.class, "-Xlog:class+load:file=" + log + ":none");
    assertEquals(List.of("1"), Forked.run(directory, command).lines());
    return Files.readAllLines(log).stream().map(line -> line.replaceAll("[ /].*", "")).toList();
  }

  private static List<String> startingWith(String prefix, List<String> loaded) {
    return loaded.stream().filter(name -> name.startsWith(prefix)).toList();
  }

  @Test
  void linksOnceAndMakesNoTableAndNoLambda() throws Exception {
    List<String> loaded = loaded();
    assertTrue(loaded.contains("nixio.Socket"), loaded::toString);
    assertEquals(1, startingWith("jdk.internal.foreign.abi.DowncallStub", loaded).size());
    assertEquals(List.of(), startingWith("com.google.common.", loaded));
    assertEquals(List.of(), startingWith("nixio.Option", loaded));
    assertEquals(List.of(), startingWith("nixio.Codecs", loaded));
    assertEquals(List.of(), startingWith("nixio.Socket$$Lambda", loaded));
    assertEquals(List.of(), startingWith("nixio.Nixio$$Lambda", loaded));
  }

  /** A struct's layout is made with its class. */
  @Test
  void makesTheLayoutsOfAddressesOnly() throws Exception {
    Set<String> structs =
        startingWith("nixio.posix.gen.linux.", loaded()).stream()
            .map(name -> name.substring("nixio.posix.gen.linux.".length()))
            .filter(name -> !name.startsWith("linux_h"))
            .collect(Collectors.toSet());
    assertEquals(Set.of("sockaddr_storage", "sockaddr_in", "in_addr"), structs);
  }
}
