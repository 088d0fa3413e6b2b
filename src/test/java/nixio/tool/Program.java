package nixio.tool;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/** A program of the machine's. */
final class Program implements Talker {
  private final Process process;
  private final List<Thread> drains;
  private final Transcript out = new Transcript();
  private final Transcript errors = new Transcript();

  private Program(Process process) {
    this.process = process;
    this.drains =
        List.of(drain(process.getInputStream(), out), drain(process.getErrorStream(), errors));
  }

  /** Skips the test where the program is missing. */
  static Program start(String... command) throws IOException {
    assumeTrue(isThere(command[0]), () -> command[0] + " is not installed");
    return new Program(new ProcessBuilder(command).start());
  }

  /** Our own command line, as users start it. */
  static ProcessBuilder nixio(String... args) {
    List<String> command =
        new java.util.ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "nixio.tool.Main"));
    command.addAll(List.of(args));
    return new ProcessBuilder(command);
  }

  static Program start(ProcessBuilder builder) throws IOException {
    return new Program(builder.start());
  }

  /** Either a path, or a name on the PATH. */
  private static boolean isThere(String name) {
    return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
        .splitAsStream(System.getenv("PATH"))
        .map(directory -> Path.of(directory).resolve(name))
        .anyMatch(Files::isExecutable);
  }

  /** A platform thread: reading a pipe would hold a carrier, of which there are few. */
  private static Thread drain(InputStream from, Transcript to) {
    return Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try (from) {
            from.transferTo(to);
          } catch (IOException e) {
            return; // the program was ended meanwhile, and its streams closed
          }
        });
  }

  @Override
  public void say(String text) throws IOException {
    process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  @Override
  public void finish() throws IOException {
    process.getOutputStream().close();
  }

  @Override
  public Transcript out() {
    return out;
  }

  @Override
  public Transcript errors() {
    return errors;
  }

  @Override
  public int exitCode() throws Exception {
    if (!process.waitFor(Transcript.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new TimeoutException("still running: " + process.info());
    }
    for (Thread drain : drains) {
      drain.join(Transcript.PATIENCE);
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
