package nixio.bench;

import nixio.bench.echo.Echo;
import nixio.bench.ends.FileService;
import nixio.bench.ends.PingPong;
import nixio.bench.ends.Relay;
import nixio.bench.ends.Spin;
import nixio.bench.ends.Stream;
import nixio.bench.inside.Inside;
import nixio.bench.packets.Packets;
import nixio.bench.start.StartUp;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmark: the same work by this library and its peers, side by side. */
@Command(
    name = "bench",
    description = "The same work by this library and its peers, side by side, as ratios.",
    subcommands = {
      Echo.class,
      PingPong.class,
      Spin.class,
      Stream.class,
      Relay.class,
      FileService.class,
      Inside.class,
      StartUp.class,
      Packets.class,
      CommandLine.HelpCommand.class
    },
    mixinStandardHelpOptions = true)
final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
