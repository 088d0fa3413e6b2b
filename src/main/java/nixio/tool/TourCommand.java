package nixio.tool;

import java.io.IOException;
import java.io.PrintWriter;
import java.lang.foreign.Arena;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;
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
    versionProvider = Main.Version.class,
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
  /** A file of many MiB that stands wherever there is a JDK. */
  private static final Path DEFAULT_FILE =
      Path.of(System.getProperty("java.home"), "lib", "modules");

  private static final long MEBIBYTE = 1L << 20;

  /** As much of that file as the tour takes. */
  private static final long MOST = 64 * MEBIBYTE;

  private static final FileAttribute<?> OWNERS_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  /** Numbers of four digits. */
  private static final int NAMES = (int) Math.pow(Character.MAX_RADIX, 4);

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
    Path source = file == null ? DEFAULT_FILE : file;
    if (!Files.isRegularFile(source) || !Files.isReadable(source)) {
      throw new ParameterException(
          spec.commandLine(), "not a file that can be read: " + source + "; name one");
    }
    // Shared: the thread that sends is not the one that maps.
    try (Arena arena = Arena.ofShared()) {
      Payload payload = Payload.map(source, file == null ? MOST : Long.MAX_VALUE, arena);
      streams.text().println(source + ": " + size(payload) + "\nSHA-256 " + payload.sha256());
      Report report = tour(payload);
      show(report);
      return report.exitCode();
    }
  }

  /** Whole MiB as such, anything else to the byte. */
  private static String size(Payload payload) {
    long bytes = payload.size();
    return bytes > 0 && bytes % MEBIBYTE == 0
        ? bytes / MEBIBYTE + " MiB"
        : String.format(Locale.ROOT, "%,d bytes", bytes);
  }

  private Report tour(Payload payload) throws IOException {
    Path directory = createDirectory();
    try (Tour tour = new Tour(payload, streams)) {
      return tour.run(LinkKind.all(directory));
    } finally {
      delete(directory);
    }
  }

  /** Its name is shorter than those of Files.createTempDirectory, so that the table is narrow. */
  private static Path createDirectory() throws IOException {
    Path parent = Path.of(System.getProperty("java.io.tmpdir"));
    while (true) {
      int number = ThreadLocalRandom.current().nextInt(NAMES);
      try {
        return Files.createDirectory(
            parent.resolve("nixio-" + Integer.toString(number, Character.MAX_RADIX)), OWNERS_ALONE);
      } catch (FileAlreadyExistsException e) {
        // It is another tour's.
      }
    }
  }

  /** With what is in it: the kernel makes files of UNIX sockets' names, and never removes them. */
  private static void delete(Path directory) throws IOException {
    try (DirectoryStream<Path> names = Files.newDirectoryStream(directory)) {
      for (Path name : names) {
        Files.delete(name);
      }
    }
    Files.delete(directory);
  }

  private void show(Report report) throws IOException {
    PrintWriter text = streams.text();
    text.println();
    text.print(report.table());
    text.println();
    text.println("A refused connection, as a user sees it:");
    text.println("  " + refusal());
    text.println();
    text.println(report.summary());
    text.flush();
    if (verbose) {
      report.rows().stream()
          .filter(row -> row.failure() != null)
          .forEach(row -> row.failure().printStackTrace(streams.errors()));
    }
  }

  private static String refusal() throws IOException {
    // Bound, but not listening: nobody else can take the port meanwhile.
    try (Socket deaf = Socket.open(Domain.INET, Type.STREAM);
        Socket socket = Socket.open(Domain.INET, Type.STREAM)) {
      deaf.bind("127.0.0.1", 0);
      socket.connect(deaf.getsockname());
      return "(it was accepted)";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
