package nixio.traces;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What C reads each argument of the reference's functions as. */
final class Parameters {

  enum Kind {
    /** A C string: ends at its first NUL. */
    NAME,
    /** A string with its length. */
    BYTES,
    /** A UNIX socket's name with its length; a path ends at its first NUL, an abstract name not. */
    PATH,
    /** A host's service: a name or a number. */
    SERVICE,
    /** A number cut to 16 bits. */
    PORT,
    /** A number cut to 32 bits. */
    INT,
    /** A number of 64 bits. */
    LONG,
    /** A number cut to 32 bits without a sign, and to the size of the reference's buffer. */
    LENGTH,
    /** Whatever Lua holds for true. */
    TRUTH,
    /** What {@code tostring} makes of it. */
    TEXT,
    /** Not looked at. */
    IGNORED,
    OTHER
  }

  static final Set<String> FLAGS =
      Set.of(
          "socket.keepalive",
          "socket.reuseaddr",
          "socket.broadcast",
          "socket.dontroute",
          "socket.oobinline",
          "tcp.cork",
          "tcp.nodelay",
          "ip.hdrincl",
          "ip.multicast_loop",
          "ipv6.v6only",
          "ipv6.multicast_loop");

  static final Set<String> TIMEOUTS = Set.of("socket.sndtimeo", "socket.rcvtimeo");

  static final Set<String> BUFFERS = Set.of("socket.sndbuf", "socket.rcvbuf");

  static final Set<String> HOPS = Set.of("ip.multicast_ttl", "ipv6.multicast_hops");

  static final Set<String> MEMBERSHIPS =
      Set.of(
          "ip.add_membership", "ip.drop_membership", "ipv6.add_membership", "ipv6.drop_membership");

  static final Set<String> INTERFACES = Set.of("ip.multicast_if", "ipv6.multicast_if");

  /** Options that can't be set. */
  static final Set<String> READ_ONLY = Set.of("socket.error", "ip.mtu");

  private static final Set<String> NUMBERS =
      Set.of("socket.priority", "socket.error", "socket.linger", "ip.mtu", "ipv6.mtu");

  private static final Map<String, List<Kind>> METHODS =
      ImmutableMap.<String, List<Kind>>builder()
          .put("accept", List.of())
          .put("bind", List.of(Kind.NAME, Kind.SERVICE))
          .put("blocksource", List.of(Kind.INT, Kind.INT))
          .put("close", List.of())
          .put("connect", List.of(Kind.NAME, Kind.SERVICE))
          .put("copy", List.of(Kind.OTHER, Kind.INT))
          .put("copyz", List.of(Kind.OTHER, Kind.INT))
          .put("fileno", List.of())
          .put("getopt", List.of(Kind.NAME, Kind.NAME))
          .put("getsockopt", List.of(Kind.NAME, Kind.NAME))
          .put("getpeername", List.of())
          .put("getsockname", List.of())
          .put("is_file", List.of())
          .put("is_socket", List.of())
          .put("is_tls_socket", List.of())
          .put("linesource", List.of(Kind.INT))
          .put("listen", List.of(Kind.INT))
          .put("read", List.of(Kind.LENGTH))
          .put("readall", List.of(Kind.INT))
          .put("recv", List.of(Kind.LENGTH))
          .put("recvall", List.of(Kind.INT))
          .put("recvfrom", List.of(Kind.LENGTH))
          .put("send", List.of(Kind.BYTES, Kind.INT, Kind.INT))
          .put("sendall", List.of(Kind.TEXT))
          .put("sendto", List.of(Kind.BYTES, Kind.NAME, Kind.PORT, Kind.INT, Kind.INT))
          .put("setblocking", List.of(Kind.TRUTH))
          .put("shutdown", List.of(Kind.NAME))
          .put("sink", List.of(Kind.TRUTH))
          .put("tostring", List.of())
          .put("write", List.of(Kind.BYTES, Kind.INT, Kind.INT))
          .put("writeall", List.of(Kind.TEXT))
          .buildOrThrow();

  /** On UNIX sockets the host is a path, and the port is not looked at. */
  private static final Map<String, List<Kind>> UNIX =
      Map.of(
          "bind", List.of(Kind.PATH, Kind.IGNORED),
          "connect", List.of(Kind.PATH, Kind.IGNORED),
          "sendto", List.of(Kind.BYTES, Kind.PATH, Kind.IGNORED, Kind.INT, Kind.INT));

  private static final Map<String, List<Kind>> FUNCTIONS =
      Map.of(
          "bind", List.of(Kind.NAME, Kind.SERVICE, Kind.NAME, Kind.NAME),
          "connect", List.of(Kind.NAME, Kind.SERVICE, Kind.NAME, Kind.NAME),
          "getnameinfo", List.of(Kind.NAME, Kind.NAME, Kind.INT),
          "poll", List.of(Kind.OTHER, Kind.INT));

  private Parameters() {}

  /** Whether the reference knows the option. */
  static boolean known(String option) {
    return FLAGS.contains(option)
        || NUMBERS.contains(option)
        || TIMEOUTS.contains(option)
        || BUFFERS.contains(option)
        || HOPS.contains(option)
        || MEMBERSHIPS.contains(option)
        || INTERFACES.contains(option)
        || option.equals("socket.bindtodevice");
  }

  /** A kind for each argument that the reference looks at, or null where nothing is known. */
  static List<Kind> of(Call call) {
    if (call.room().equals("nixio")) {
      return switch (call.fn()) {
        // A third argument that is no string counts as nothing; a protocol is no number either.
        case "getaddrinfo" ->
            List.of(Kind.NAME, Kind.NAME, text(call.get(2)) ? Kind.SERVICE : Kind.IGNORED);
        case "socket" ->
            List.of(Kind.NAME, Kind.NAME, text(call.get(2)) ? Kind.NAME : Kind.IGNORED);
        case "poll_flags" ->
            numeric(call.get(0))
                ? List.of(Kind.INT)
                : Collections.nCopies(call.args().size(), Kind.NAME);
        default -> FUNCTIONS.get(call.fn());
      };
    }
    if (call.setsOption()) {
      List<Kind> kinds = new ArrayList<>(List.of(Kind.NAME, Kind.NAME));
      kinds.addAll(values(call.option()));
      return kinds;
    }
    if (call.unix() && UNIX.containsKey(call.fn())) {
      return UNIX.get(call.fn());
    }
    return call.self() instanceof nixio.Socket ? METHODS.get(call.fn()) : null;
  }

  private static boolean text(Object value) {
    return value instanceof String || value instanceof Number;
  }

  private static boolean numeric(Object value) {
    return value instanceof Number
        || (value instanceof String string && Lua.toNumber(string) != null);
  }

  private static List<Kind> values(String option) {
    if (TIMEOUTS.contains(option)) {
      return List.of(Kind.LONG, Kind.LONG);
    }
    if (option.equals("socket.bindtodevice")) {
      return List.of(Kind.BYTES);
    }
    if (MEMBERSHIPS.contains(option) || INTERFACES.contains(option)) {
      return List.of(Kind.NAME, option.startsWith("ipv6") ? Kind.INT : Kind.NAME);
    }
    return List.of(Kind.INT);
  }
}
