package nixio.tool;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import nixio.Address;
import nixio.Domain;
import nixio.Errno;
import nixio.Filter;
import nixio.Interface;
import nixio.NixioException;
import nixio.Option;
import nixio.PacketMembership;
import nixio.PacketStatistics;
import nixio.RingRequest;
import nixio.Socket;
import nixio.Type;
import nixio.packet.Packet;
import nixio.packet.RxRing;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nixio capture}: packets of an interface to a file, or a line each. */
@Command(
    name = "capture",
    description = "Writes the packets of an interface to a file, or a line for each.",
    mixinStandardHelpOptions = true,
    versionProvider = Main.Version.class,
    customSynopsis = {
      "nixio capture [-pqv] [-c COUNT] [-t SEC] [-s BYTES] [--filter FILE]",
      "              [--ring MIB] [-w FILE [--format FORMAT]] INTERFACE"
    },
    footer = {
      "",
      "A filter is what 'tcpdump -i INTERFACE -ddd EXPRESSION' writes, in a file,",
      "or - for standard input. The end, by a signal too, is a line on standard",
      "error: what was captured, what passed the filter, what was dropped for want",
      "of room. Needs CAP_NET_RAW."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the count or the time was reached, or a signal came",
      "1:it failed; standard error says why",
      "2:wrong arguments"
    })
final class CaptureCommand implements Callable<Integer> {
  private static final int MEBIBYTE = 1 << 20;

  private final StandardStreams streams;

  @Spec private CommandSpec spec;

  @picocli.CommandLine.Option(
      names = {"-c", "--count"},
      paramLabel = "COUNT",
      description = "End after so many packets.")
  private Long count;

  @picocli.CommandLine.Option(
      names = {"-t", "--time"},
      paramLabel = "SEC",
      converter = Seconds.class,
      description = "End after so long.")
  private Duration time;

  @picocli.CommandLine.Option(
      names = {"-s", "--snaplen"},
      paramLabel = "BYTES",
      defaultValue = "262144",
      description = "Keep so many bytes of a packet (default: ${DEFAULT-VALUE}).")
  private int snaplen;

  @picocli.CommandLine.Option(
      names = "--filter",
      paramLabel = "FILE",
      description = "Keep what a compiled program keeps.")
  private String filter;

  @picocli.CommandLine.Option(
      names = "--ring",
      paramLabel = "MIB",
      defaultValue = "16",
      description = "Memory for what waits to be written (default: ${DEFAULT-VALUE}).")
  private int ring;

  @picocli.CommandLine.Option(
      names = {"-w", "--write"},
      paramLabel = "FILE",
      description = "Write a file; - for standard output.")
  private String file;

  @picocli.CommandLine.Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "Of the file: ${COMPLETION-CANDIDATES} (default: pcapng).")
  private Format format;

  @picocli.CommandLine.Option(
      names = {"-p", "--no-promiscuous"},
      description = "Do not ask for packets to others.")
  private boolean selfish;

  @picocli.CommandLine.Option(
      names = {"-q", "--quiet"},
      description = "No line at the end.")
  private boolean quiet;

  @picocli.CommandLine.Option(
      names = {"-v", "--verbose"},
      description = "Tell when it listens; show stack traces.")
  private boolean verbose;

  @picocli.CommandLine.Parameters(
      arity = "1",
      paramLabel = "INTERFACE",
      description = "Its name or its number.")
  private String name;

  /** The formats as they are typed, and so written like that. */
  private enum Format {
    pcapng,
    pcap
  }

  CaptureCommand(StandardStreams streams) {
    this.streams = streams;
  }

  @Override
  public Integer call() throws IOException {
    check();
    Interface via =
        name.matches("\\d+") ? Interface.of(Integer.parseInt(name)) : Interface.of(name);
    try (RxRing packets = open(via);
        EndOfProcess end = new EndOfProcess(packets);
        CaptureFile written = file == null ? null : file(packets, via)) {
      tell("listening on " + via);
      long captured = capture(packets, end, written);
      PacketStatistics counted = packets.statistics();
      if (written != null) {
        written.finish(counted);
      }
      report(captured, counted);
    }
    return 0;
  }

  private void report(long captured, PacketStatistics counted) {
    streams.text().flush();
    if (!quiet) {
      streams
          .errors()
          .println(
              "%d captured, %d received, %d dropped"
                  .formatted(captured, counted.packets(), counted.dropped()));
      streams.errors().flush();
    }
  }

  private void check() {
    if (format != null && file == null) {
      throw new ParameterException(spec.commandLine(), "--format is for -w");
    }
    if (count != null && count < 1) {
      throw new ParameterException(spec.commandLine(), "-c is at least 1");
    }
    if (snaplen < 1 || snaplen > 1 << 18) {
      throw new ParameterException(spec.commandLine(), "-s is in 1..262144");
    }
    if (ring < 1 || ring > 4096) {
      throw new ParameterException(spec.commandLine(), "--ring is in 1..4096");
    }
  }

  /** Filtered before it is bound, so that nothing else gets in. */
  private RxRing open(Interface via) throws IOException {
    RingRequest standard = RxRing.DEFAULT;
    int blocks = (int) ((long) ring * MEBIBYTE / standard.blockSize());
    Socket socket = Socket.open(Domain.PACKET, Type.RAW);
    try {
      if (filter != null) {
        socket.setopt(Option.SO_ATTACH_FILTER, Filter.parse(program()));
      }
      if (!selfish) {
        socket.setopt(Option.PACKET_ADD_MEMBERSHIP, PacketMembership.promiscuous(via));
      }
      RxRing packets =
          RxRing.of(
              socket,
              new RingRequest(
                  standard.blockSize(), blocks, standard.frameSize(), standard.retire()));
      socket.bind(Address.Packet.of(via, Address.Packet.ALL));
      return packets;
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  private String program() throws IOException {
    return filter.equals("-")
        ? new String(Channels.newInputStream(streams.in()).readAllBytes(), UTF_8)
        : Files.readString(Path.of(filter));
  }

  private CaptureFile file(RxRing packets, Interface via) throws IOException {
    Address.Packet bound = (Address.Packet) packets.socket().getsockname();
    LinkType type = LinkType.of(bound.hardwareType());
    WritableByteChannel channel =
        file.equals("-")
            ? streams.out()
            : FileChannel.open(
                Path.of(file),
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING);
    return format == Format.pcap
        ? CaptureFile.pcap(channel, type, snaplen)
        : CaptureFile.pcapng(channel, type, via.toString(), snaplen);
  }

  private long capture(RxRing packets, EndOfProcess end, CaptureFile written) throws IOException {
    long deadline = time == null ? 0 : System.nanoTime() + time.toNanos();
    long captured = 0;
    try {
      while (count == null || captured < count) {
        Packet packet = packets.next(Duration.ZERO);
        if (packet == null) {
          flush(written);
          packet = packets.next(left(deadline));
          if (packet == null) {
            return captured;
          }
        }
        if (written == null) {
          streams.text().println(PacketLine.of(packet));
        } else {
          written.add(packet);
        }
        captured++;
        if (time != null && deadline - System.nanoTime() <= 0) {
          return captured;
        }
      }
    } catch (NixioException e) {
      if (!end.isNear() || e.errno() != Errno.EBADF) {
        throw e;
      }
    }
    return captured;
  }

  /**
   * What has come is seen at once by who reads the file, but a busy interface is not slowed down.
   */
  private void flush(CaptureFile written) throws IOException {
    if (written != null) {
      written.flush();
    } else {
      streams.text().flush();
    }
  }

  private Duration left(long deadline) {
    return time == null ? null : Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
  }

  private void tell(String event) {
    if (verbose) {
      streams.errors().println("nixio capture: " + event);
      streams.errors().flush();
    }
  }
}
