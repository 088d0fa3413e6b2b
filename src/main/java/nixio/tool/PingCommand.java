package nixio.tool;

import java.io.IOException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import nixio.Address;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.Errno;
import nixio.Nixio;
import nixio.NixioException;
import nixio.Option;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nixio ping}: asks a host for echoes. */
@Command(
    name = "ping",
    description = "Asks a host for echoes by ICMP or ICMPv6, and counts them as ping(8) does.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    customSynopsis = {"nixio ping [-46nqv] [-c COUNT] [-i SEC] [-W SEC] [-s BYTES] [-t HOPS] HOST"},
    footer = {
      "",
      "It takes a ping socket, which needs a group in the sysctl",
      "net.ipv4.ping_group_range, or else a raw one, which needs CAP_NET_RAW.",
      "A time begins when the kernel has a request ready for the device's queue, and",
      "ends when it had the echo (SO_TIMESTAMPING, SO_TIMESTAMPNS): what this process",
      "does is not in it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:at least one echo came",
      "1:none came, or it failed; standard error says why",
      "2:wrong arguments"
    })
final class PingCommand implements Callable<Integer> {
  private static final Duration NAME = Duration.ofSeconds(5);

  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @ArgGroup private Family family = new Family();

  @picocli.CommandLine.Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      description = "Ask so many times (default: until a signal comes).")
  private int count = Integer.MAX_VALUE;

  @picocli.CommandLine.Option(
      names = {"-i", "--interval"},
      paramLabel = "SEC",
      converter = Seconds.class,
      defaultValue = "1",
      description = "Ask anew after so long (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @picocli.CommandLine.Option(
      names = {"-W", "--wait"},
      paramLabel = "SEC",
      converter = Seconds.class,
      defaultValue = "10",
      description = "Wait so long for the last echo (default: ${DEFAULT-VALUE}).")
  private Duration wait;

  @picocli.CommandLine.Option(
      names = {"-s", "--size"},
      paramLabel = "BYTES",
      defaultValue = "56",
      description = "Send so many bytes behind the header (default: ${DEFAULT-VALUE}).")
  private int size;

  @picocli.CommandLine.Option(
      names = {"-t", "--ttl"},
      paramLabel = "HOPS",
      description = "Let it go so far.")
  private Integer hops;

  @picocli.CommandLine.Option(
      names = {"-n", "--numeric"},
      description = "Don't look for a name of the address.")
  private boolean numeric;

  @picocli.CommandLine.Option(
      names = {"-q", "--quiet"},
      description = "Only the statistics.")
  private boolean quiet;

  @picocli.CommandLine.Option(
      names = {"-v", "--verbose"},
      description = "Tell the kind of socket; show stack traces.")
  private boolean verbose;

  @picocli.CommandLine.Parameters(arity = "1", paramLabel = "HOST", description = "Whom to ask.")
  private String host;

  /** Whom the echoes come from. */
  private String peer;

  PingCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    if (count < 1) {
      throw new ParameterException(spec.commandLine(), "-c is at least 1");
    }
    if (size < 0 || size > EchoSocket.MOST) {
      throw new ParameterException(spec.commandLine(), "-s is in 0.." + EchoSocket.MOST);
    }
    Address.Inet address = address();
    RoundTrips trips = new RoundTrips();
    try (EchoSocket socket = EchoSocket.open(address, size);
        EndOfProcess end = new EndOfProcess(socket)) {
      setHops(socket, address);
      tell(socket.toString());
      peer = peer(address);
      say(title(address));
      try {
        ask(socket, trips);
      } catch (NixioException e) {
        if (!end.isNear() || e.errno() != Errno.EBADF) {
          throw e;
        }
      }
      say("");
      say("--- " + host + " ping statistics ---");
      say(trips.summary());
    }
    return trips.received() > 0 ? 0 : 1;
  }

  private void setHops(EchoSocket socket, Address.Inet address) throws IOException {
    if (hops != null) {
      socket.set(address.domain() == Domain.INET ? Option.IP_TTL : Option.IPV6_UNICAST_HOPS, hops);
    }
  }

  private Address.Inet address() throws IOException {
    for (AddressInfo found : Nixio.getaddrinfo(host, family.domain(), null)) {
      if (found.address() instanceof Address.Inet inet) {
        return inet;
      }
    }
    throw new UnknownHostException(host + ": no address");
  }

  /** As iputils has it: with its name, where the user gave one. */
  private String peer(Address.Inet address) {
    if (numeric || isLiteral()) {
      return address.host();
    }
    try {
      return "%s (%s)".formatted(Nixio.getnameinfo(address, NAME), address.host());
    } catch (IOException e) { // it has none, or nobody tells it in time
      return address.host();
    }
  }

  private boolean isLiteral() {
    try {
      return Address.Inet.of(host, 0) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private String title(Address.Inet address) {
    boolean four = address.domain() == Domain.INET;
    return four
        ? "PING %s (%s) %d(%d) bytes of data.".formatted(host, address.host(), size, size + 28)
        : "PING %s(%s) %d data bytes".formatted(host, peer, size);
  }

  private void ask(EchoSocket socket, RoundTrips trips) throws IOException {
    for (int i = 1; i <= count; i++) {
      long next = System.nanoTime() + (i < count ? interval : wait).toNanos();
      send(socket, trips, i);
      while (i < count || trips.areMissing()) {
        EchoSocket.Echo echo = receive(socket, trips, next);
        if (echo != null) {
          report(echo, trips.add(echo));
        } else if (next - System.nanoTime() <= 0) {
          break;
        }
      }
    }
  }

  private void send(EchoSocket socket, RoundTrips trips, int sequence) throws IOException {
    trips.sent(sequence);
    try {
      socket.send(sequence);
    } catch (NixioException e) {
      count(e, trips);
    }
  }

  private EchoSocket.Echo receive(EchoSocket socket, RoundTrips trips, long deadline)
      throws IOException {
    try {
      return socket.receive(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    } catch (NixioException e) {
      count(e, trips);
      return null;
    }
  }

  /** What can't be sent, or is refused by a host on the way, is lost; the end is the end. */
  private void count(NixioException e, RoundTrips trips) throws NixioException {
    if (e.errno() == Errno.EBADF || e.errno() == Errno.EINTR) {
      throw e;
    }
    trips.failed();
    streams.errors().println("nixio ping: " + e.getMessage());
    streams.errors().flush();
  }

  private void report(EchoSocket.Echo echo, boolean first) {
    if (!quiet) {
      say(
          "%d bytes from %s: icmp_seq=%d%s time=%s ms%s"
              .formatted(
                  echo.bytes(),
                  peer,
                  echo.sequence() & 0xFFFF,
                  echo.hops() < 0 ? "" : " ttl=" + echo.hops(),
                  RoundTrips.milliseconds(echo.nanoseconds()),
                  first ? "" : " (DUP!)"));
    }
  }

  private void say(String line) {
    streams.text().println(line);
    streams.text().flush();
  }

  private void tell(String event) {
    if (verbose) {
      streams.errors().println("nixio ping: " + event);
      streams.errors().flush();
    }
  }
}
