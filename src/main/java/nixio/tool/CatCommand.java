package nixio.tool;

import java.io.File;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import nixio.Address;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.Nixio;
import nixio.Socket;
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
    versionProvider = Main.Version.class,
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
  private Kind kind;

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
      converter = Seconds.class,
      description = "Quit so long after the end of standard input.")
  private Duration quit;

  @Option(
      names = {"-w", "--wait"},
      paramLabel = "SEC",
      converter = Seconds.class,
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

  /** The types of UNIX sockets as they are typed, and so written like that. */
  private enum Kind {
    stream,
    dgram,
    seqpacket
  }

  CatCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    Partner partner = unix ? unixPartner() : inetPartner();
    Conversation.Ending ending = new Conversation.Ending(shutdown, quit, wait);
    new Conversation(partner, streams, ending, this::tell).hold();
    return 0;
  }

  private Partner unixPartner() throws IOException {
    if (where.size() != 1) {
      throw wrong("-U takes one path or @name");
    }
    if (port != null || family.domain() != null) {
      throw wrong("-p, -4 and -6 are not for UNIX sockets");
    }
    if (udp && kind != null && kind != Kind.dgram) {
      throw wrong("-u asks for datagrams, --type for " + kind);
    }
    String name = where.getFirst();
    return listen
        ? Partner.await(bindUnix(name), this::tell)
        : calling(unixType()).reach(List.of(unixAddress(name)));
  }

  private Type unixType() {
    if (udp || kind == Kind.dgram) {
      return Type.DGRAM;
    }
    return kind == Kind.seqpacket ? Type.SEQPACKET : Type.STREAM;
  }

  private static Address unixAddress(String name) {
    return name.startsWith("@")
        ? Address.Unix.ofAbstract(name.substring(1))
        : Address.Unix.of(Path.of(name));
  }

  private Socket bindUnix(String name) throws IOException {
    Socket socket = Socket.open(Domain.UNIX, unixType());
    try {
      socket.bind(unixAddress(name));
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
    if (!name.startsWith("@")) {
      // The kernel leaves the file behind; a signal must not make us do so too.
      new File(name).deleteOnExit();
    }
    return socket;
  }

  private Partner inetPartner() throws IOException {
    if (kind != null) {
      throw wrong("--type is for UNIX sockets (-U)");
    }
    Type type = udp ? Type.DGRAM : Type.STREAM;
    if (listen) {
      return Partner.await(bindInet(type), this::tell);
    }
    if (where.size() != 2) {
      throw wrong("HOST and PORT are needed");
    }
    return calling(type).reach(inetAddresses(type));
  }

  /** The port is either the last argument or -p's; the host may be left out. */
  private Socket bindInet(Type type) throws IOException {
    List<String> names = new ArrayList<>(where);
    if (port != null) {
      names.add(port);
    }
    if (names.isEmpty() || names.size() > 2) {
      throw wrong("-l takes [HOST] PORT");
    }
    String host = names.size() == 2 ? names.getFirst() : null;
    return Nixio.bind(host, names.getLast(), family.domain(), type);
  }

  private List<Address> inetAddresses(Type type) throws IOException {
    String host = where.getFirst();
    List<Address> addresses =
        Nixio.getaddrinfo(host, family.domain(), where.getLast()).stream()
            .filter(each -> each.type().equals(type))
            .map(AddressInfo::address)
            .toList();
    if (addresses.isEmpty()) {
      throw new UnknownHostException(host + ": no address of this type");
    }
    return addresses;
  }

  private Partner.Calling calling(Type type) {
    return new Partner.Calling(type, port, wait, this::tell);
  }

  /** Tells those who asked what happens. */
  private void tell(String event) {
    if (verbose) {
      streams.errors().println("nixio cat: " + event);
      streams.errors().flush();
    }
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
