package nixio.tool;

import java.io.IOException;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What a command could not do, in one line; the stack trace only for those who ask for it. */
final class FailureReport implements IExecutionExceptionHandler {
  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println(name + ": " + message(failure));
    if (command.getParseResult().hasMatchedOption("--verbose") || !isExpected(failure)) {
      failure.printStackTrace(command.getErr());
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  /** The exception's own words, or its class where it has none. */
  static String message(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getName());
  }

  /** Anything else is a bug of ours, and its trace is wanted. */
  private static boolean isExpected(Exception failure) {
    return failure instanceof IOException
        || failure instanceof IllegalArgumentException
        || failure instanceof IllegalCallerException;
  }
}
