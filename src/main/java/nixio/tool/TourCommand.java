package nixio.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nixio tour}: a file through every kind of socket, and a table of how that went. */
@Command(
    name = "tour",
    description = "Sends a file through every kind of socket and checks what arrives.",
    mixinStandardHelpOptions = true,
    versionProvider = LibraryVersion.class,
    footer = {
      "",
      "UDP, UNIX datagram and multicast rows take the first 4 MiB. All traffic",
      "stays on this machine. MB/s is from the first send to the last receive,",
      "B/call the heap that the sending and receiving threads took for each call,",
      "once the code is warm."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:everything that this machine allows arrived whole",
      "1:a digest differed, a transfer failed, or none was possible",
      "2:wrong arguments"
    })
final class TourCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "What to send (default: the first 64 MiB of the running JDK's lib/modules).")
  private Path file;

  @Option(
      names = {"-v", "--verbose"},
      description = "Show the stack trace of what failed.")
  private boolean verbose;

  TourCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Path source = file == null ? DefaultFile.path() : file;
    if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
      throw new ParameterException(
          spec.commandLine(), "not a file that can be read: " + source + "; name one");
    }
    long most = file == null ? DefaultFile.LIMIT : Long.MAX_VALUE;
    // Shared: the thread that sends is not the one that maps.
    try (Arena arena = Arena.ofShared()) {
      return show(source, Payload.map(source, most, arena));
    }
  }

  private int show(Path source, Payload payload) throws IOException {
    PrintWriter text = streams.text();
    text.println(source + ": " + Units.bytes(payload.size()) + ", SHA-256 " + payload.hex());
    List<Row> rows;
    try (TemporaryDirectory directory = new TemporaryDirectory();
        Tour tour = new Tour(payload, streams)) {
      rows = tour.run(LinkKinds.all(directory.path()));
    }
    text.println();
    text.print(Table.of(rows));
    text.println();
    text.println("A refused connection, as a user sees it:");
    text.println("  " + RefusedConnection.words());
    text.println();
    text.println(Summary.of(rows));
    text.flush();
    if (verbose) {
      rows.stream()
          .filter(row -> row.failure() != null)
          .forEach(row -> row.failure().printStackTrace(streams.errors()));
    }
    return Summary.exitCode(rows);
  }
}
