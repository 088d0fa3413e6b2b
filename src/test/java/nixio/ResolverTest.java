package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Names with several addresses, and names that nobody answers for: a process of its own asks them,
 * in namespaces of its own, where /etc/hosts and the name server are ours.
 */
class ResolverTest {
  private static final String SETUP =
      """
      set -e
      ip link set lo up
      mount --bind "$1/hosts" /etc/hosts
      mount --bind "$1/resolv.conf" /etc/resolv.conf
      mount --bind "$1/nsswitch.conf" /etc/nsswitch.conf
      shift
      exec "$@"
      """;

  @TempDir Path directory;

  @Test
  void namesWithSeveralAddressesAndWithoutAnAnswer() throws Exception {
    Files.writeString(
        directory.resolve("hosts"),
        "127.0.0.1 localhost\n127.0.0.2 several.test\n127.0.0.3 several.test\n");
    Files.writeString(
        directory.resolve("resolv.conf"), "nameserver 127.0.0.1\noptions timeout:30\n");
    Files.writeString(directory.resolve("nsswitch.conf"), "hosts: files dns\n");
    assumeTrue(Forked.isInstalled("unshare"), "unshare is not installed");
    Forked probe = unshared(List.of("true"));
    assumeTrue(probe.exit() == 0, () -> "no namespaces of one's own here: " + probe.errors());

    assertEquals(
        List.of(ResolverChecks.ALL_WELL), unshared(Forked.main(ResolverChecks.class)).lines());
  }

  private Forked unshared(List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(
            List.of(
                "unshare",
                "--user",
                "--map-root-user",
                "--mount",
                "--net",
                "sh",
                "-c",
                SETUP,
                "sh",
                directory.toString()));
    words.addAll(command);
    return Forked.run(directory, words);
  }
}
