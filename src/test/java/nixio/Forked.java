package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Another process, run to its end: what it wrote, and its exit code. */
record Forked(int exit, String out, String errors) {
  private static final long PATIENCE_SECONDS = 240;

  static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** The command of a JVM with the options. */
  static List<String> java(String... options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xshare:auto");
    command.addAll(List.of(options));
    return command;
  }

  /** The command of a JVM on this one's class path. */
  static List<String> main(Class<?> main, String... options) {
    List<String> command = java(options);
    command.addAll(
        List.of(NATIVE_ACCESS, "-cp", System.getProperty("java.class.path"), main.getName()));
    return command;
  }

  /** Runs a command; its output goes to files, so that it never waits for us to read. */
  static Forked run(Path directory, List<String> command) throws Exception {
    Path out = Files.createTempFile(directory, "out", ".txt");
    Path errors = Files.createTempFile(directory, "errors", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(new File("/dev/null"))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    try {
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      String said = Files.readString(out);
      String complained = Files.readString(errors);
      assertTrue(ended, () -> "still running: " + command + "\n" + said + complained);
      return new Forked(process.exitValue(), said, complained);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The lines that it wrote, if it ended well. */
  List<String> lines() {
    assertEquals(0, exit, this::toString);
    return out.lines().toList();
  }

  /** Whether a program is on the PATH. */
  static boolean isInstalled(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv("PATH"))
        .map(directory -> Path.of(directory).resolve(name))
        .anyMatch(Files::isExecutable);
  }

  /** A sysctl's value, read at once: the rest of a short read is not to be had. */
  static String sysctl(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/sys", name.replace('.', '/'))).getFirst();
  }
}
