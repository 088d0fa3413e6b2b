package nixio.traces;

import com.google.common.base.Splitter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import nixio.Domain;
import nixio.Nixio;
import nixio.ResolveException;

/**
 * How this machine and user differ from the recording's: root, on a network, with IPv6, localhost
 * in the hosts file as 127.0.0.1 alone, no user allowed to ping, and a kernel of 250 Hz.
 */
final class Surroundings {

  private static final long CAP_NET_ADMIN = 1L << 12;
  private static final long CAP_NET_RAW = 1L << 13;

  private static final boolean PRIVILEGED = privileged();
  private static final boolean NETWORK = network();
  private static final boolean IPV6 =
      lines("/proc/net/if_inet6").stream().anyMatch(Surroundings::loopback6);
  private static final boolean PING = ping();

  private Surroundings() {}

  /** Why there is nothing to compare a call with, before it is made. */
  static Optional<String> reason(Step step, Call call) throws IOException {
    boolean resolves =
        call.nixio("getaddrinfo")
            || call.nixio("bind")
            || call.nixio("connect")
            || (call.method("bind", "connect") && !call.unix());
    return resolves && "*".equals(call.get(0)) && step.failed() && starIsNoHost()
        ? Optional.of("this libc takes the host * for none")
        : Optional.empty();
  }

  private static boolean starIsNoHost() throws IOException {
    try {
      return !Nixio.getaddrinfo("*", null, "0").isEmpty();
    } catch (ResolveException e) {
      return false;
    }
  }

  /** Why an outcome that is not as recorded is the machine's, or empty: it is ours. */
  static Optional<String> reason(Step step, Call call, Outcome outcome) {
    if (step.env().contains("user") && !PRIVILEGED) {
      return Optional.of("needs root's capabilities");
    }
    if (step.env().contains("netns") && !NETWORK) {
      return Optional.of("depends on the hosts file and the network");
    }
    if (!IPV6 && speaksIpv6(call)) {
      return Optional.of("needs IPv6");
    }
    if (PING && call.nixio("socket") && "dgram".equals(call.get(1)) && step.failedWith(13)) {
      return Optional.of("depends on ping_group_range");
    }
    if (call.getsOption() && Parameters.TIMEOUTS.contains(call.option()) && tick(step, outcome)) {
      return Optional.of("depends on the kernel's tick");
    }
    return Optional.empty();
  }

  private static boolean speaksIpv6(Call call) {
    return call.domain().filter(Domain.INET6::equals).isPresent()
        || call.args().stream()
            .anyMatch(arg -> arg instanceof String text && text.matches("inet6|.*:.*:.*"));
  }

  /** Timeouts are rounded up to a tick: 10 ms at 100 Hz is the longest that there is. */
  private static boolean tick(Step step, Outcome outcome) {
    return step.succeeded()
        && step.ret().size() == 2
        && step.ret().asList().stream().allMatch(json -> json.isJsonPrimitive())
        && outcome instanceof Outcome.Values(var list)
        && list.size() == 2
        && list.get(0) instanceof Long seconds
        && list.get(1) instanceof Long micros
        && Math.abs(
                (seconds - step.ret().get(0).getAsLong()) * 1_000_000
                    + micros
                    - step.ret().get(1).getAsLong())
            < 10_000;
  }

  private static boolean privileged() {
    boolean root = false;
    long capabilities = 0;
    for (String line : lines("/proc/self/status")) {
      List<String> words = words(line);
      switch (words.getFirst()) {
        case "Uid:" -> root = words.get(2).equals("0");
        case "CapEff:" -> capabilities = Long.parseUnsignedLong(words.get(1), 16);
        default -> {}
      }
    }
    long needed = CAP_NET_ADMIN | CAP_NET_RAW;
    return root && (capabilities & needed) == needed;
  }

  private static boolean network() {
    List<List<String>> hosts =
        lines("/etc/hosts").stream()
            .map(line -> words(line.replaceFirst("#.*", "")))
            .filter(words -> !words.isEmpty())
            .toList();
    boolean plain =
        hosts.stream()
            .allMatch(words ->
                words.getFirst().equals("127.0.0.1")
                    || !(words.contains("localhost") || words.getFirst().equals("::1")));
    boolean routed =
        lines("/proc/net/route").stream()
            .anyMatch(line -> words(line).size() > 1 && words(line).get(1).equals("00000000"));
    return plain && routed;
  }

  private static boolean loopback6(String line) {
    return line.startsWith("00000000000000000000000000000001");
  }

  private static boolean ping() {
    // The file has nobody in it while its first number is above its second.
    return lines("/proc/sys/net/ipv4/ping_group_range").stream()
        .map(Surroundings::words)
        .anyMatch(words -> Long.parseLong(words.get(0)) <= Long.parseLong(words.get(1)));
  }

  private static List<String> words(String line) {
    return Splitter.onPattern("\\s+").omitEmptyStrings().splitToList(line);
  }

  private static List<String> lines(String file) {
    try {
      return Files.exists(Path.of(file)) ? Files.readAllLines(Path.of(file)) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
