package nixio.tool;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import nixio.Domain;
import nixio.Type;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nixio cat}: standard input to a socket, and the socket to standard output. */
@Command(
    name = "cat",
    description = "Joins standard input and output to a socket, as nc and socat do.",
    mixinStandardHelpOptions = true,
    versionProvider = LibraryVersion.class,
    customSynopsis = {
      "nixio cat [-46uNv] [-p PORT] [-q SEC] [-w SEC] HOST PORT",
      "       nixio cat -l [-46uNv] [-q SEC] [-w SEC] [HOST] PORT",
      "       nixio cat [-l] -U [-uNv] [--type=TYPE] [-q SEC] [-w SEC] PATH|@NAME"
    },
    footer = {
      "",
      "The end of standard input shuts down writing to the socket; the peer's end",
      "ends the output. cat is done when both have ended, or at the peer's end if",
      "a person is at the terminal. Datagrams have no end: use -q or -w. Each read",
      "of standard input makes one."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:both directions have ended, or -q or -w ran out",
      "1:it failed; standard error says why",
      "2:wrong arguments"
    })
final class CatCommand implements Callable<Integer> {
  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @Option(
      names = {"-l", "--listen"},
      description = "Wait for a connection, or for a first datagram.")
  private boolean listen;

  @Option(
      names = {"-u", "--udp"},
      description = "UDP; with -U, datagrams.")
  private boolean udp;

  @Option(
      names = {"-U", "--unix"},
      description = "A UNIX socket: a path, or @NAME for an abstract name.")
  private boolean unix;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Of a UNIX socket: ${COMPLETION-CANDIDATES} (default: stream).")
  private SocketKind kind;

  @ArgGroup private Family family = new Family();

  @Option(
      names = {"-p", "--port"},
      paramLabel = "PORT",
      description = "The port of this side; with -l, the same as the argument.")
  private String port;

  @Option(
      names = {"-N", "--shutdown"},
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Shut down writing when standard input ends (default: yes).")
  private boolean shutdown;

  @Option(
      names = {"-q", "--quit"},
      paramLabel = "SEC",
      converter = SecondsConverter.class,
      description = "Quit so long after the end of standard input.")
  private Duration quit;

  @Option(
      names = {"-w", "--wait"},
      paramLabel = "SEC",
      converter = SecondsConverter.class,
      description = "Give up connecting, or quit an idle connection, after so long.")
  private Duration wait;

  @Option(
      names = {"-v", "--verbose"},
      description = "Tell on standard error who is connected; show stack traces.")
  private boolean verbose;

  @Parameters(
      arity = "0..2",
      paramLabel = "HOST PORT|PATH",
      description = "Where to, or where to listen.")
  private List<String> where = List.of();

  /** -4 or -6. */
  private static final class Family {
    @Option(names = "-4", description = "IPv4 only.")
    private boolean four;

    @Option(names = "-6", description = "IPv6 only.")
    private boolean six;

    /** Null: either. */
    private Domain domain() {
      if (four) {
        return Domain.INET;
      }
      return six ? Domain.INET6 : null;
    }
  }

  CatCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Reporter reporter = new Reporter(streams.errors(), verbose);
    Target target = target();
    Partner partner =
        listen ? new Listening(target, reporter).answer() : target.call(wait, reporter);
    new Conversation(partner, streams, new Manners(shutdown, quit, wait), reporter).hold();
    return 0;
  }

  private Target target() {
    return unix ? unixTarget() : inetTarget();
  }

  private Target unixTarget() {
    if (where.size() != 1) {
      throw wrong("-U takes one path or @name");
    }
    if (port != null || family.domain() != null) {
      throw wrong("-p, -4 and -6 are not for UNIX sockets");
    }
    if (udp && kind != null && kind != SocketKind.dgram) {
      throw wrong("-u asks for datagrams, --type for " + kind);
    }
    SocketKind wanted = kind == null ? SocketKind.stream : kind;
    return UnixTarget.of(where.getFirst(), udp ? Type.DGRAM : wanted.type());
  }

  private Target inetTarget() {
    if (kind != null) {
      throw wrong("--type is for UNIX sockets (-U)");
    }
    Type type = udp ? Type.DGRAM : Type.STREAM;
    return listen ? listeningTarget(type) : callingTarget(type);
  }

  private Target listeningTarget(Type type) {
    boolean portIsOption = port != null;
    if (where.size() != (portIsOption ? 0 : 1) && where.size() != (portIsOption ? 1 : 2)) {
      throw wrong("-l takes [HOST] PORT");
    }
    String service = portIsOption ? port : where.getLast();
    boolean hasHost = where.size() == (portIsOption ? 1 : 2);
    return new InetTarget(hasHost ? where.getFirst() : null, service, family.domain(), type, null);
  }

  private Target callingTarget(Type type) {
    if (where.size() != 2) {
      throw wrong("HOST and PORT are needed");
    }
    return new InetTarget(where.getFirst(), where.getLast(), family.domain(), type, port);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
