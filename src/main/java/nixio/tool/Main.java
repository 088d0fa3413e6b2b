package nixio.tool;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry: {@code nixio tour} and {@code nixio cat}. */
@Command(
    name = "nixio",
    description = "BSD sockets as they are, in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = LibraryVersion.class,
    synopsisSubcommandLabel = "(tour | cat)",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:it failed; standard error says why", "2:wrong arguments"})
public final class Main {
  private Main() {}

  /**
   * Runs a command and ends the JVM with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    System.exit(run(StandardStreams.ofProcess(), args));
  }

  /** Runs a command on the given streams and answers its exit code. */
  static int run(StandardStreams streams, String... args) {
    int exitCode =
        new CommandLine(new Main())
            .addSubcommand(new TourCommand(streams))
            .addSubcommand(new CatCommand(streams))
            .setOut(streams.text())
            .setErr(streams.errors())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler(new UsageReport())
            .setExecutionExceptionHandler(new FailureReport())
            .execute(args);
    streams.text().flush();
    streams.errors().flush();
    return exitCode;
  }
}
