package nixio.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line's entry: {@code nixio tour}, {@code cat}, {@code capture}, {@code ping}. */
@Command(
    name = "nixio",
    description = "BSD sockets as they are, in pure Java.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    synopsisSubcommandLabel = "(tour | cat | capture | ping)",
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
            .addSubcommand(new CaptureCommand(streams))
            .addSubcommand(new PingCommand(streams))
            .setOut(streams.text())
            .setErr(streams.errors())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setParameterExceptionHandler((failure, _) -> reportUsage(failure))
            .setExecutionExceptionHandler((failure, command, _) -> report(failure, command))
            .execute(args);
    streams.text().flush();
    streams.errors().flush();
    return exitCode;
  }

  /** Wrong arguments in two lines, not in a page of usage. */
  private static int reportUsage(ParameterException failure) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    PrintWriter errors = command.getErr();
    errors.println(name + ": " + failure.getMessage());
    UnmatchedArgumentException.printSuggestions(failure, errors);
    errors.println("Try '" + name + " --help'.");
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** What a command could not do, in one line; the stack trace only for those who ask for it. */
  private static int report(Exception failure, CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + message(failure));
    if (command.getParseResult().hasMatchedOption("--verbose") || !isExpected(failure)) {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** The exception's own words, or its class where it has none. */
  static String message(Exception failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
  }

  /** Anything else is a bug of ours, and its trace is wanted. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof IOException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalCallerException;
  }

  /** The version that the jar's manifest tells; classes in a directory have none. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Main.class.getPackage().getImplementationVersion();
      return new String[] {
        "nixio " + Objects.requireNonNullElse(version, "(not from a jar)"),
        "Java " + Runtime.version() + ", " + System.getProperty("os.arch")
      };
    }
  }
}
