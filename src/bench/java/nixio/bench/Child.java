package nixio.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own on a core of its choice. It says a line of measures when it is ready, then
 * answers a line for a line, and ends with its standard input, so that none outlives the runner.
 */
public final class Child implements AutoCloseable {
  private static final Path PROGRAMS = Path.of("target", "bench-programs");
  private static final long PATIENCE_SECONDS = 10;

  private final Process process;
  private final BufferedReader out;
  private final Writer in;
  private final Measures ready;

  private Child(List<String> within, int core, List<String> command) throws IOException {
    List<String> pinned = new ArrayList<>(within);
    pinned.addAll(List.of("taskset", "-c", Integer.toString(core)));
    pinned.addAll(command);
    process = new ProcessBuilder(pinned).redirectError(Redirect.INHERIT).start();
    out = process.inputReader();
    in = process.outputWriter();
    ready = read();
  }

  /** A program of src/bench/c, compiled by gcc -O2 if it has changed. */
  public static Child c(int core, String name, Object... arguments) throws IOException {
    return c(List.of(), core, name, arguments);
  }

  /** The same, within another command, such as one that enters a network namespace. */
  public static Child c(List<String> within, int core, String name, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(List.of(compiled(name).toString()));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Child(within, core, command);
  }

  /** A main class of the benchmark, under the options that all of them have. */
  public static Child java(int core, List<String> options, String main, Object... arguments)
      throws IOException {
    return java(List.of(), core, options, main, arguments);
  }

  /** The same, within another command. */
  public static Child java(
      List<String> within, int core, List<String> options, String main, Object... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
    command.add("-XX:-UseDynamicNumberOfCompilerThreads"); // their time would go with them
    command.add("--sun-misc-unsafe-memory-access=allow"); // Netty's and JMH's
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
    for (Object argument : arguments) {
      command.add(argument.toString());
    }
    return new Child(within, core, command);
  }

  private static Path compiled(String name) throws IOException {
    Path source = Path.of("src", "bench", "c", name + ".c");
    Path program = Files.createDirectories(PROGRAMS).resolve(name);
    List<String> gcc = List.of("gcc", "-O2", "-Wall", "-Wextra", "-o", "" + program, "" + source);
    if (!isNewer(program, source) || !isNewer(program, source.resolveSibling("bench.h"))) {
      Process compiler = new ProcessBuilder(gcc).inheritIO().start();
      if (compiler.onExit().join().exitValue() != 0) {
        throw new IOException("failed: " + String.join(" ", gcc));
      }
    }
    return program;
  }

  private static boolean isNewer(Path made, Path source) {
    File file = made.toFile();
    return file.exists() && file.lastModified() > source.toFile().lastModified();
  }

  /** What it said when it was ready. */
  public Measures ready() {
    return ready;
  }

  /** Its process id. */
  public long pid() {
    return process.pid();
  }

  /** Resident memory, in bytes. */
  public double resident() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", "" + pid(), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return 1024.0 * Long.parseLong(line.replaceAll("\\D", ""));
      }
    }
    throw new IOException("no VmRSS of " + pid());
  }

  /** The time that its threads have run, in nanoseconds. */
  public double cpu() throws IOException {
    return Cpu.nanos("" + pid());
  }

  /** Asks it for something. */
  public Measures ask(String question) throws IOException {
    in.write(question + "\n");
    in.flush();
    return read();
  }

  private Measures read() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("has ended: " + process.info().commandLine().orElse("" + process));
    }
    return Measures.parse(line);
  }

  @Override
  public void close() throws IOException {
    try (in;
        out) {
      in.close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
