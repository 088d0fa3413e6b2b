package nixio.bench;

import nixio.bench.echo.Echo;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmark: the same work by this library and its peers, side by side. */
@Command(
    name = "bench",
    description = "The same work by this library and its peers, side by side, as ratios.",
    subcommands = {Echo.class, CommandLine.HelpCommand.class},
    mixinStandardHelpOptions = true)
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
