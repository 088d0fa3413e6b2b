package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No descriptor is lost, and none is closed too early; in JVMs where nobody else opens any. */
class LeakTest {
  @TempDir Path directory;

  @Test
  void descriptorsAreAsBefore() throws Exception {
    List<String> command = Forked.main(LeakMain.class, "-XX:+UseSerialGC", "-Xmx512m", "-Xmn384m");
    command.add(directory.toString());
    List<String> lines = Forked.run(directory, command).lines();
    assertEquals(
        List.of(),
        lines.stream().filter(line -> !line.endsWith("\t" + LeakMain.AS_BEFORE)).toList());
    List<String> kinds = new ArrayList<>(List.of("tcp", "udp", "unix stream", "unix seqpacket"));
    kinds.addAll(List.of("unix dgram", "pair", "virtual", "dropped"));
    if (Capability.CAP_NET_RAW.isHeld()) {
      kinds.add(6, "raw");
    }
    assertEquals(kinds, lines.stream().map(line -> line.split("\t", 2)[0]).toList());
  }

  @Test
  void aCallKeepsItsSocketOpen() throws Exception {
    List<String> lines =
        Forked.run(
                directory,
                Forked.main(
                    LastUseMain.class,
                    "-XX:+UseSerialGC",
                    "-Xcomp",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=compileonly,nixio.*::*"))
            .lines();
    assertEquals(44, lines.size(), lines::toString);
    assertEquals(
        List.of(), lines.stream().filter(line -> !line.matches(".*\t(1|8|4194304)")).toList());
  }
}
