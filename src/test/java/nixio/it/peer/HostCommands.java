package nixio.it.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import nixio.AddressInfo;
import nixio.Domain;
import nixio.InterfaceAddress;
import nixio.Nixio;

/** What concerns the host, and this process as a whole. */
final class HostCommands {
  static final Map<String, Command> TABLE =
      Map.of(
          "run", HostCommands::run,
          "exists", arguments -> List.of(Boolean.toString(Files.exists(Path.of(arguments.text())))),
          "read", arguments -> Files.readAllLines(Path.of(arguments.text())),
          "open sockets", arguments -> List.of(Long.toString(openSockets())),
          "heap", arguments -> List.of(Long.toString(Runtime.getRuntime().maxMemory())),
          "resolve", HostCommands::resolve,
          "interfaces", arguments -> interfaces());

  private HostCommands() {}

  private static List<String> run(Arguments arguments) throws IOException {
    List<String> command = arguments.texts();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.onExit().join().exitValue();
    if (status != 0) {
      throw new IOException(String.join(" ", command) + " exits with " + status + ": " + output);
    }
    return List.of(output);
  }

  private static long openSockets() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.filter(HostCommands::isSocket).count();
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (NoSuchFileException _) {
      return false; // closed meanwhile
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> resolve(Arguments arguments) throws IOException {
    String host = arguments.text();
    String domain = arguments.textOrNull();
    return Nixio.getaddrinfo(host, domain == null ? null : Domain.of(domain)).stream()
        .map(AddressInfo::address)
        .map(address -> address.host())
        .toList();
  }

  private static List<String> interfaces() throws IOException {
    List<String> rows = new ArrayList<>();
    for (InterfaceAddress found : Nixio.getifaddrs()) {
      if (found.address() != null) {
        rows.add(found.name() + " " + found.index() + " " + found.address().host());
      }
    }
    return rows;
  }
}
