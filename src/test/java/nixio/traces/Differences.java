package nixio.traces;

import com.google.common.primitives.Longs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deliberate differences in what a call answers. Each turns an answer of Java's, after a look at
 * it, into what the reference answers in its place, or answers null where it has nothing to say.
 */
final class Differences {

  /** One difference. */
  record Rule(String reason, View view) {}

  /** The reference's answer, or null. */
  interface View {
    Outcome of(Step step, Call call, Outcome outcome);
  }

  /** Each rule sees what those before it made of the answer. */
  static final List<Rule> RULES =
      List.of(
          new Rule("close-on-exec is always set", Differences::closeOnExec),
          new Rule("UNIX sockets have names", Differences::unixName),
          new Rule("accept answers the peer of a UNIX socket", Differences::unixPeer),
          new Rule("recvfrom on a stream answers the peer, or no address", Differences::streamPeer),
          new Rule("the scope of an address is kept", Differences::scope),
          new Rule("linger is negative while it is off", Differences::lingerOff),
          new Rule("a device has no trailing NUL", Differences::device),
          new Rule("a second close does nothing", Differences::closeAgain),
          new Rule("toString works on a closed socket too", Differences::text),
          new Rule(
              "what can't be set, or got, is refused before the kernel is asked",
              Differences::access),
          new Rule(
              "a value out of range is refused before the kernel is asked",
              Differences::outOfRange),
          new Rule("flags are booleans", Differences::flag),
          new Rule(
              "there are more names of families, types, protocols, options, interfaces and events",
              Differences::more),
          new Rule(
              "an empty host, or a port outside 0..65535, is refused before the resolver is asked",
              Differences::unresolvable),
          new Rule(
              "no group, or no interface, is refused before the kernel is asked",
              Differences::membership),
          new Rule("ipv6 multicast_if is the interface index", Differences::multicastInterface),
          new Rule(
              "an interface's broadcast address, or the other end's, is told where it has one",
              Differences::unused),
          new Rule("poll answers 0 when the time is over", Differences::pollTimeout),
          new Rule("the duplicate of a socket is a socket", Differences::duplicate));

  // What the recording's numbers mean; some are errors that the library never sees.
  private static final int EAI_NONAME = -2;
  private static final int EAI_SERVICE = -8;
  private static final int ENODEV = 19;
  private static final int EINVAL = 22;
  private static final int ENOSPC = 28;
  private static final int EDOM = 33;
  private static final int ENOPROTOOPT = 92;
  private static final int EOPNOTSUPP = 95;
  private static final int EAFNOSUPPORT = 97;
  private static final int EADDRNOTAVAIL = 99;
  private static final int ENOTCONN = 107;

  private static final Set<String> DOMAINS = Set.of("inet", "inet6", "unix");
  private static final Set<String> FAMILIES = Set.of("any", "inet", "inet6");
  private static final Set<String> TYPES = Set.of("any", "stream", "dgram", "raw");
  private static final Set<String> PROTOCOLS = Set.of("icmp", "icmpv6");
  private static final Set<String> EVENTS = Set.of("in", "pri", "out", "err", "hup", "nval");

  private Differences() {}

  private static boolean refusedWhere(Outcome outcome, boolean recorded) {
    return outcome instanceof Outcome.Refused && recorded;
  }

  /** The recorded failure, where it is one of these. */
  private static Outcome failure(Step step, int... numbers) {
    return Arrays.stream(numbers)
        .filter(step::failedWith)
        .mapToObj(Outcome::failed)
        .findFirst()
        .orElse(null);
  }

  private static Object only(Outcome outcome) {
    return outcome instanceof Outcome.Values(var list) && list.size() == 1 ? list.getFirst() : null;
  }

  private static Outcome closeOnExec(Step step, Call call, Outcome outcome) {
    return call.fn().equals("fdflags")
            && only(outcome) instanceof Map<?, ?> flags
            && Boolean.TRUE.equals(flags.get("cloexec"))
        ? Outcome.values(Map.of("cloexec", false, "nonblock", flags.get("nonblock")))
        : null;
  }

  private static Outcome unixName(Step step, Call call, Outcome outcome) {
    boolean named = outcome instanceof Outcome.Values(var list) && list.size() <= 1;
    boolean unconnected = outcome instanceof Outcome.Failed(int number, _) && number == ENOTCONN;
    return call.unix()
            && step.failedWith(EAFNOSUPPORT)
            && ((call.method("getsockname", "getpeername") && named)
                || (call.method("getpeername") && unconnected))
        ? Outcome.failed(EAFNOSUPPORT)
        : null;
  }

  private static Outcome unixPeer(Step step, Call call, Outcome outcome) {
    return call.unix() && call.method("accept") ? first(outcome) : null;
  }

  private static Outcome streamPeer(Step step, Call call, Outcome outcome) {
    return call.stream() && call.method("recvfrom") ? first(outcome) : null;
  }

  private static Outcome first(Outcome outcome) {
    return outcome instanceof Outcome.Values(var list) && list.size() > 1
        ? Outcome.values(list.getFirst())
        : null;
  }

  private static Outcome scope(Step step, Call call, Outcome outcome) {
    boolean addresses =
        call.method("accept", "recvfrom", "getsockname", "getpeername")
            || call.nixio("getaddrinfo")
            || call.fn().equals("loifaddrs");
    if (!addresses || !(outcome instanceof Outcome.Values(var list))) {
      return null;
    }
    // The data of recvfrom is no address.
    int data = call.method("recvfrom") ? 1 : 0;
    List<Object> values = new ArrayList<>(list.subList(0, data));
    list.subList(data, list.size()).forEach(value -> values.add(unscoped(value)));
    return values.equals(list) ? null : Outcome.values(values.toArray());
  }

  private static Object unscoped(Object value) {
    return switch (value) {
      case String text when text.contains(":") && text.contains("%") ->
          text.substring(0, text.indexOf('%'));
      case List<?> list -> {
        List<Object> all = new ArrayList<>();
        list.forEach(element -> all.add(unscoped(element)));
        yield all;
      }
      case Map<?, ?> map -> {
        Map<Object, Object> all = new LinkedHashMap<>();
        map.forEach((key, element) -> all.put(key, unscoped(element)));
        yield all;
      }
      case null, default -> value;
    };
  }

  private static Outcome lingerOff(Step step, Call call, Outcome outcome) {
    return call.getsOption()
            && call.option().equals("socket.linger")
            && only(outcome) instanceof Long seconds
            && seconds < 0
        ? Outcome.values(0L)
        : null;
  }

  private static Outcome device(Step step, Call call, Outcome outcome) {
    return call.getsOption()
            && call.option().equals("socket.bindtodevice")
            && only(outcome) instanceof String name
            && !name.isEmpty()
        ? Outcome.values(name + "\0")
        : null;
  }

  private static Outcome closeAgain(Step step, Call call, Outcome outcome) {
    return call.method("close") && step.raised() && outcome instanceof Outcome.Values
        ? new Outcome.Refused(null)
        : null;
  }

  private static Outcome text(Step step, Call call, Outcome outcome) {
    if (!call.method("tostring") || !(only(outcome) instanceof String)) {
      return null;
    }
    return step.raised() ? new Outcome.Refused(null) : Outcome.values("nixio socket <fd>");
  }

  private static Outcome access(Step step, Call call, Outcome outcome) {
    boolean denied =
        (call.setsOption() && Parameters.READ_ONLY.contains(call.option()))
            || (call.getsOption() && Parameters.MEMBERSHIPS.contains(call.option()));
    return refusedWhere(outcome, denied) ? failure(step, ENOPROTOOPT, EOPNOTSUPP) : null;
  }

  private static Outcome outOfRange(Step step, Call call, Outcome outcome) {
    String option = call.option();
    if (!refusedWhere(outcome, call.setsOption())) {
      return null;
    }
    if (option.equals("socket.bindtodevice") && call.get(2) instanceof String name) {
      // The reference hands over sixteen bytes; the last has to be a NUL.
      return name.length() == 16 ? failure(step, ENODEV) : null;
    }
    if (!(call.get(2) instanceof Long value)) {
      return null;
    }
    if (Parameters.TIMEOUTS.contains(option)) {
      boolean fits = !(call.get(3) instanceof Long micros) || (micros >= 0 && micros <= 999_999);
      return fits ? null : failure(step, EDOM);
    }
    boolean outside =
        (Parameters.HOPS.contains(option) && (value < 0 || value > 255))
            || (option.equals("ipv6.mtu") && value != 0 && value < 1280);
    return outside ? failure(step, EINVAL, ENOPROTOOPT, EOPNOTSUPP) : null;
  }

  /** Lua refuses a boolean; the kernel refuses a number other than 0 and 1 for some flags. */
  private static Outcome flag(Step step, Call call, Outcome outcome) {
    if (!call.setsOption()
        || !Parameters.FLAGS.contains(call.option())
        || outcome instanceof Outcome.Broken) {
      return null;
    }
    if (step.raised()) {
      return call.get(2) instanceof Boolean ? new Outcome.Refused(null) : null;
    }
    return call.get(2) instanceof Long value && value != 0 && value != 1
        ? failure(step, EINVAL)
        : null;
  }

  private static Outcome more(Step step, Call call, Outcome outcome) {
    if (call.nixio("poll_flags") && only(outcome) instanceof Map<?, ?> flags) {
      Map<Object, Object> known = new LinkedHashMap<>(flags);
      return known.keySet().retainAll(EVENTS) ? Outcome.values(known) : null;
    }
    if (!step.raised() || outcome instanceof Outcome.Broken) {
      return null;
    }
    boolean unknown =
        (call.nixio("socket")
                && (beyond(DOMAINS, call.get(0))
                    || beyond(TYPES, call.get(1))
                    || beyond(PROTOCOLS, call.get(2))))
            || ((call.nixio("bind") || call.nixio("connect"))
                && (beyond(FAMILIES, call.get(2)) || beyond(TYPES, call.get(3))))
            || (call.nixio("getaddrinfo") && beyond(FAMILIES, call.get(1)))
            || (call.nixio("getnameinfo") && beyond(FAMILIES, call.get(1)))
            || (call.nixio("poll_flags")
                && call.args().stream().anyMatch(name -> beyond(EVENTS, name)))
            || (call.option().startsWith("ipv6.")
                && Parameters.MEMBERSHIPS.contains(call.option())
                && call.get(3) instanceof String)
            || (!call.option().isEmpty() && !Parameters.known(call.option()));
    return unknown ? new Outcome.Refused(null) : null;
  }

  private static boolean beyond(Set<String> names, Object value) {
    return value instanceof String name && !names.contains(name);
  }

  private static Outcome unresolvable(Step step, Call call, Outcome outcome) {
    boolean resolves =
        call.method("bind", "connect")
            || (call.method("sendto") && call.unix())
            || call.nixio("bind")
            || call.nixio("connect")
            || call.nixio("getaddrinfo");
    if (!refusedWhere(outcome, resolves)) {
      return null;
    }
    Object host = call.method("sendto") ? call.get(1) : call.get(0);
    Object service = call.nixio("getaddrinfo") ? call.get(2) : call.get(1);
    boolean nameless = call.nixio("getaddrinfo") && host == null && service == null;
    boolean refused = nameless || "".equals(host) || outsidePorts(service);
    return refused ? failure(step, EAI_NONAME, EAI_SERVICE, EINVAL) : null;
  }

  private static boolean outsidePorts(Object service) {
    Long port = service instanceof String text ? Longs.tryParse(text.strip()) : null;
    return port != null && (port < 0 || port > 0xFFFF);
  }

  private static Outcome membership(Step step, Call call, Outcome outcome) {
    boolean names =
        Parameters.MEMBERSHIPS.contains(call.option())
            || Parameters.INTERFACES.contains(call.option());
    return refusedWhere(outcome, call.setsOption() && names)
        ? failure(step, EINVAL, ENODEV, EADDRNOTAVAIL)
        : null;
  }

  private static Outcome multicastInterface(Step step, Call call, Outcome outcome) {
    return call.getsOption()
            && call.option().equals("ipv6.multicast_if")
            && outcome instanceof Outcome.Values
        ? failure(step, ENOSPC)
        : null;
  }

  /** C answers a pointer that is meant for one of two things for both. */
  private static Outcome unused(Step step, Call call, Outcome outcome) {
    if (!call.fn().equals("loifaddrs") || !(only(outcome) instanceof List<?> entries)) {
      return null;
    }
    List<Object> all = new ArrayList<>();
    for (Object entry : entries) {
      Map<Object, Object> table = new LinkedHashMap<>((Map<?, ?>) entry);
      if (!"inet6".equals(table.get("family"))) {
        table.putIfAbsent("broadaddr", table.get("addr"));
        table.putIfAbsent("dstaddr", table.get("addr"));
      }
      all.add(table);
    }
    return Outcome.values(all);
  }

  private static Outcome pollTimeout(Step step, Call call, Outcome outcome) {
    return call.nixio("poll") && Long.valueOf(0).equals(only(outcome))
        ? Outcome.values(false)
        : null;
  }

  private static Outcome duplicate(Step step, Call call, Outcome outcome) {
    return call.method("is_file", "is_socket") && only(outcome) instanceof Boolean socket
        ? Outcome.values(!socket)
        : null;
  }
}
