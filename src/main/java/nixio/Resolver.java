package nixio;

import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import nixio.io.Background;
import nixio.io.Descriptor;
import nixio.posix.Constants;
import nixio.posix.Libc;
import nixio.posix.Netdb;
import nixio.posix.Structs;

/**
 * Names to addresses and back. A look-up can't be ended early, so a virtual thread, and one with a
 * deadline, leave it to a platform thread and wait for that.
 */
final class Resolver {
  private static final int ANY = Constants.AF_UNSPEC;

  /** Flags that mean nothing for a literal address with a number as port. */
  private static final int UNHEEDED =
      Constants.AI_PASSIVE | Constants.AI_NUMERICHOST | Constants.AI_NUMERICSERV;

  private Resolver() {}

  /** Made only when a look-up fails. */
  private static final class Codes {
    static final ImmutableMap<Integer, String> NAMES =
        ImmutableMap.<Integer, String>builder()
            .put(Constants.EAI_ADDRFAMILY, "EAI_ADDRFAMILY")
            .put(Constants.EAI_AGAIN, "EAI_AGAIN")
            .put(Constants.EAI_BADFLAGS, "EAI_BADFLAGS")
            .put(Constants.EAI_FAIL, "EAI_FAIL")
            .put(Constants.EAI_FAMILY, "EAI_FAMILY")
            .put(Constants.EAI_MEMORY, "EAI_MEMORY")
            .put(Constants.EAI_NODATA, "EAI_NODATA")
            .put(Constants.EAI_NONAME, "EAI_NONAME")
            .put(Constants.EAI_OVERFLOW, "EAI_OVERFLOW")
            .put(Constants.EAI_SERVICE, "EAI_SERVICE")
            .put(Constants.EAI_SOCKTYPE, "EAI_SOCKTYPE")
            .put(Constants.EAI_SYSTEM, "EAI_SYSTEM")
            .buildOrThrow();
  }

  /** What a look-up answered: entries, or a code. */
  private record Answer<T>(int code, int errno, T value) {}

  /**
   * getaddrinfo(3).
   *
   * @param owner the socket that it is for, whose close ends the wait; null for none
   * @param domain null for any
   * @param type null for any
   */
  static List<AddressInfo> resolve(
      Descriptor owner,
      String host,
      String service,
      Domain domain,
      Type type,
      Protocol protocol,
      int flags)
      throws IOException {
    Libc.require();
    checkName("host", host);
    checkService(service);
    if (!isKnown(type, protocol)) {
      return resolve(owner, host, service, domain, Type.DGRAM, null, flags).stream()
          .map(info -> new AddressInfo(info.domain(), type, protocol, info.address()))
          .toList();
    }
    byte[] literal = host == null ? null : Address.Inet.bytes(host);
    if (literal != null && needsNoLookup(literal, service, domain, type, protocol, flags)) {
      Protocol own = type == Type.STREAM ? Protocol.TCP : Protocol.UDP;
      int port = service == null ? 0 : Integer.parseInt(service);
      Address.Inet address = Address.Inet.of(literal, port, 0);
      return List.of(new AddressInfo(address.domain(), type, own, address));
    }
    int family = domain == null ? ANY : domain.number();
    int kind = type == null ? 0 : type.number();
    int number = protocol == null ? 0 : protocol.number();
    Answer<List<AddressInfo>> answer =
        run(
            "getaddrinfo",
            () -> getaddrinfo(host, service, flags, family, kind, number),
            owner,
            (host == null || literal != null) && (service == null || isNumber(service)));
    return value("getaddrinfo", answer, host, service);
  }

  /** Whether getaddrinfo(3) would answer just the address and the port that it is given. */
  private static boolean needsNoLookup(
      byte[] literal, String service, Domain domain, Type type, Protocol protocol, int flags) {
    Domain own = literal.length == 4 ? Domain.INET : Domain.INET6;
    return (service == null || isNumber(service))
        && (domain == null || domain.equals(own))
        && type != null
        && (protocol == null || protocol == Protocol.DEFAULT)
        && (flags & ~UNHEEDED) == 0;
  }

  /** getaddrinfo(3) refuses raw and ping sockets, though an address is an address to them too. */
  private static boolean isKnown(Type type, Protocol protocol) {
    return (type == null || type == Type.STREAM || type == Type.DGRAM)
        && (protocol == null
            || protocol == Protocol.DEFAULT
            || protocol == Protocol.TCP
            || protocol == Protocol.UDP);
  }

  /** getnameinfo(3), with NI_NAMEREQD. */
  static String name(Address.Inet address, Duration timeout) throws IOException {
    Libc.require();
    Answer<String> answer =
        run("getnameinfo " + address.host(), () -> getnameinfo(address), timeout);
    return value("getnameinfo", answer, address.host(), null);
  }

  private static <T> T value(String operation, Answer<T> answer, String host, String service)
      throws IOException {
    if (answer.code == Constants.EAI_SYSTEM) {
      throw new NixioException(operation + " host \"" + host + '"', null, answer.errno);
    }
    if (answer.code != 0) {
      String name = Codes.NAMES.getOrDefault(answer.code, "EAI");
      throw new ResolveException(operation, answer.code, name, host, service);
    }
    return answer.value;
  }

  /** Refuses what C would cut short or take for nothing. */
  static void checkName(String what, String name) {
    if (name == null) {
      return;
    }
    if (name.isEmpty()) {
      throw new IllegalArgumentException(
          "the "
              + what
              + " is empty: null stands for none"
              + (what.equals("service") ? "" : ", \"::\" or \"0.0.0.0\" for any address"));
    }
    if (name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          String.format("the %s \"%s\" has a NUL in it", what, name.replace("\0", "\\0")));
    }
  }

  /** Refuses a port out of range, which getaddrinfo(3) would take modulo 65536. */
  private static void checkService(String service) {
    checkName("service", service);
    if (isNumber(service)) {
      if (service.length() > 9) {
        throw new IllegalArgumentException("port " + service + " is not in 0..65535");
      }
      Address.checkPort(Integer.parseInt(service));
    }
  }

  private static boolean isNumber(String service) {
    if (service == null) {
      return false;
    }
    for (int i = 0; i < service.length(); i++) {
      if (service.charAt(i) < '0' || service.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static <T> Answer<T> run(String operation, Supplier<Answer<T>> lookup, Duration timeout)
      throws IOException {
    if (timeout == null && !Thread.currentThread().isVirtual()) {
      return lookup.get();
    }
    try {
      return Background.get(lookup, timeout == null ? Long.MAX_VALUE : Durations.nanos(timeout));
    } catch (TimeoutException e) {
      SocketTimeoutException late =
          new SocketTimeoutException(operation + ": timed out after " + timeout);
      late.initCause(e);
      throw late;
    } catch (InterruptedException e) {
      throw interrupted(operation);
    }
  }

  /** For a socket: its close ends the wait, and what needs no asking is looked up at once. */
  private static <T> Answer<T> run(
      String operation, Supplier<Answer<T>> lookup, Descriptor owner, boolean literal)
      throws IOException {
    if (owner == null) {
      return run(operation, lookup, null);
    }
    if (literal) {
      return lookup.get();
    }
    try {
      Answer<T> answer = owner.await(lookup);
      if (answer == null) {
        throw NixioException.closed(operation);
      }
      return answer;
    } catch (InterruptedException e) {
      throw interrupted(operation);
    }
  }

  private static NixioException interrupted(String operation) {
    Thread.currentThread().interrupt();
    return new NixioException(operation, null, Constants.EINTR);
  }

  private static Answer<List<AddressInfo>> getaddrinfo(
      String host, String service, int flags, int family, int type, int protocol) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment hints = arena.allocate(Structs.addrinfoSize(), 8);
      Structs.putHints(hints, flags, family, type, protocol);
      MemorySegment head = arena.allocate(ValueLayout.ADDRESS);
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int code = Netdb.getaddrinfo(errno, text(arena, host), text(arena, service), hints, head);
      if (code != 0) {
        return new Answer<>(code, Libc.errno(errno), null);
      }
      try {
        List<AddressInfo> found = new ArrayList<>();
        for (Structs.AddrInfo at = Structs.AddrInfo.at(head); at != null; at = at.next()) {
          found.add(
              new AddressInfo(
                  Domain.of(at.family()),
                  Type.of(at.type()),
                  Protocol.of(at.protocol()),
                  Address.read(at.address(), at.length())));
        }
        return new Answer<>(0, 0, List.copyOf(found));
      } finally {
        Netdb.freeaddrinfo(head.get(ValueLayout.ADDRESS, 0));
      }
    }
  }

  private static MemorySegment text(Arena arena, String text) {
    return text == null ? MemorySegment.NULL : arena.allocateFrom(text);
  }

  private static Answer<String> getnameinfo(Address.Inet address) {
    try (Arena arena = Arena.ofConfined()) {
      AddressBuffer buffer = new AddressBuffer(arena).set(address);
      MemorySegment host = arena.allocate(Constants.NI_MAXHOST);
      MemorySegment errno = arena.allocate(Libc.ERRNO_SIZE, 8);
      int code =
          Netdb.getnameinfo(errno, buffer.address, buffer.length(), host, Constants.NI_NAMEREQD);
      return new Answer<>(code, Libc.errno(errno), code == 0 ? host.getString(0) : null);
    }
  }
}
