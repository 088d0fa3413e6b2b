package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program in Python, which speaks in lines: what its sockets see is not of our making. */
final class Python implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 30;

  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;

  private Python(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
  }

  /** Skips the test where there is none. */
  static Python start(String program, Object... arguments) throws IOException {
    assumeTrue(Forked.isInstalled("python3"), "no python3");
    List<String> command = new ArrayList<>(List.of("python3", "-u", "-c", program));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Python(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line that it prints. */
  String line() throws IOException {
    return out.readLine();
  }

  int number() throws IOException {
    return Integer.parseInt(line());
  }

  Python tell(Object line) {
    in.println(line);
    return this;
  }

  /** Waits for its end, which is to be a good one. */
  void end() throws Exception {
    assertEquals(true, process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS), "still running");
    assertEquals(0, process.exitValue());
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
