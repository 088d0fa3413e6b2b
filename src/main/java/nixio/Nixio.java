package nixio;

import java.io.IOException;
import java.lang.foreign.SegmentAllocator;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import nixio.io.Closing;
import nixio.posix.Constants;
import nixio.posix.Libc;

/**
 * What stands around the socket: sockets that are bound or connected at once, names and addresses,
 * the machine's interfaces. All methods may be called by any thread.
 */
public final class Nixio {
  /** The most bytes that a receiving call which allocates takes at once. */
  public static final int BUFFERSIZE = 8192;

  private Nixio() {}

  /**
   * Aligns what an arena allocates as the kernel copies it fastest: to 64 bytes, and to a page of
   * 4096 bytes from 64 KiB on. Memory that malloc(3) gives, to arenas and to direct buffers, begins
   * 16 bytes after a page's start if it is large, where some processors take several times as long
   * to receive into it.
   *
   * {@snippet file="IovecExample.java" region="allocator"}
   *
   * @param arena an arena, or what else allocates off the heap
   */
  public static SegmentAllocator allocator(SegmentAllocator arena) {
    Objects.requireNonNull(arena, "arena");
    return (size, alignment) -> {
      if (Long.bitCount(alignment) != 1 || alignment < 0) {
        throw new IllegalArgumentException("alignment " + alignment + " is not a power of two");
      }
      return arena.allocate(size, Math.max(alignment, Segments.alignment(size)));
    };
  }

  /**
   * A new TCP socket that is bound to a host's address; see {@link #bind(String, String, Domain,
   * Type)}.
   */
  public static Socket bind(String host, int port) throws IOException {
    return bind(host, port, null, Type.STREAM);
  }

  /**
   * A new TCP socket that is bound to a host's address; see {@link #bind(String, String, Domain,
   * Type)}.
   */
  public static Socket bind(String host, String service) throws IOException {
    return bind(host, service, null, Type.STREAM);
  }

  /**
   * A new socket that is bound to a host's address; see {@link #bind(String, String, Domain,
   * Type)}.
   */
  public static Socket bind(String host, int port, Domain domain, Type type) throws IOException {
    return bound(
        host, Integer.toString(Address.checkPort(port)), domain, type, Constants.AI_NUMERICSERV);
  }

  /**
   * A new socket, with SO_REUSEADDR, that is bound to the first of a host's addresses that allows
   * it. Each address is tried with a socket of its own; if all fail, the last failure is thrown,
   * with the others suppressed in it.
   *
   * @param host a name or a literal address; null for any, which is IPv4's first
   * @param service a service's name, or a port
   * @param domain INET or INET6; null for the resolver's choice
   * @param type STREAM or DGRAM; null for a stream
   * @throws ResolveException if the name or the service does not resolve
   */
  public static Socket bind(String host, String service, Domain domain, Type type)
      throws IOException {
    return bound(host, Objects.requireNonNull(service, "service"), domain, type, 0);
  }

  private static Socket bound(String host, String service, Domain domain, Type type, int flags)
      throws IOException {
    return first(
        Resolver.resolve(
            null, host, service, inet(domain), stream(type), null, flags | Constants.AI_PASSIVE),
        true);
  }

  /**
   * A new TCP socket that is connected to a host; see {@link #connect(String, String, Domain,
   * Type)}.
   */
  public static Socket connect(String host, int port) throws IOException {
    return connect(host, port, null, Type.STREAM);
  }

  /**
   * A new TCP socket that is connected to a host; see {@link #connect(String, String, Domain,
   * Type)}.
   */
  public static Socket connect(String host, String service) throws IOException {
    return connect(host, service, null, Type.STREAM);
  }

  /**
   * A new socket that is connected to a host; see {@link #connect(String, String, Domain, Type)}.
   */
  public static Socket connect(String host, int port, Domain domain, Type type) throws IOException {
    return connected(
        host, Integer.toString(Address.checkPort(port)), domain, type, Constants.AI_NUMERICSERV);
  }

  /**
   * A new socket that is connected to the first of a host's addresses that answers. Each address is
   * tried with a socket of its own; if all fail, the last failure is thrown, with the others
   * suppressed in it.
   *
   * @param host a name or a literal address; null for this machine
   * @param service a service's name, or a port
   * @param domain INET or INET6; null for the resolver's choice
   * @param type STREAM or DGRAM; null for a stream
   * @throws ResolveException if the name or the service does not resolve
   */
  public static Socket connect(String host, String service, Domain domain, Type type)
      throws IOException {
    return connected(host, Objects.requireNonNull(service, "service"), domain, type, 0);
  }

  private static Socket connected(String host, String service, Domain domain, Type type, int flags)
      throws IOException {
    return first(
        Resolver.resolve(null, host, service, inet(domain), stream(type), null, flags), false);
  }

  private static Socket first(List<AddressInfo> found, boolean binds) throws IOException {
    List<IOException> failures = new ArrayList<>();
    for (AddressInfo info : found) {
      try {
        return opened(info, binds);
      } catch (NixioException e) {
        failures.add(e);
        if (e.number() == Constants.EINTR) {
          break;
        }
      }
    }
    IOException last = failures.removeLast();
    failures.forEach(last::addSuppressed);
    throw last;
  }

  private static Socket opened(AddressInfo info, boolean binds) throws IOException {
    Socket socket = Socket.open(info.domain(), info.type(), info.protocol());
    try {
      if (binds) {
        socket.reuseAddress().bind(info.address());
      } else {
        socket.connect(info.address());
      }
      return socket;
    } catch (Throwable t) {
      socket.close();
      throw t;
    }
  }

  private static Domain inet(Domain domain) {
    if (domain == null || domain == Domain.INET || domain == Domain.INET6) {
      return domain;
    }
    throw Names.unsupported("domain", domain, List.of("inet", "inet6"));
  }

  private static Type stream(Type type) {
    if (type == null || type == Type.STREAM || type == Type.DGRAM) {
      return type == null ? Type.STREAM : type;
    }
    throw Names.unsupported("type", type, List.of("stream", "dgram"));
  }

  /** The addresses of a host, for streams; see {@link #getaddrinfo(String, Domain, String)}. */
  public static List<AddressInfo> getaddrinfo(String host) throws IOException {
    return getaddrinfo(host, null, null);
  }

  /** The addresses of a host, for streams; see {@link #getaddrinfo(String, Domain, String)}. */
  public static List<AddressInfo> getaddrinfo(String host, Domain domain) throws IOException {
    return getaddrinfo(host, domain, null);
  }

  /**
   * The addresses of a host, in the resolver's order; see getaddrinfo(3).
   *
   * @param host a name or a literal address; null for this machine
   * @param domain INET or INET6; null for both
   * @param service a service's name or a port, and then there is an entry for each type of socket;
   *     null for none, and then there are entries for streams alone, with port 0
   * @throws ResolveException if the name or the service does not resolve
   */
  public static List<AddressInfo> getaddrinfo(String host, Domain domain, String service)
      throws IOException {
    return Resolver.resolve(
        null, host, service, inet(domain), service == null ? Type.STREAM : null, null, 0);
  }

  /** The name of an address; see {@link #getnameinfo(Address.Inet, Duration)}. */
  public static String getnameinfo(String address) throws IOException {
    return getnameinfo(address, null, null);
  }

  /** The name of an address; see {@link #getnameinfo(String, Domain, Duration)}. */
  public static String getnameinfo(String address, Domain domain) throws IOException {
    return getnameinfo(address, domain, null);
  }

  /**
   * The name of a literal address; see getnameinfo(3).
   *
   * @param domain the domain that the address must be of; null for either
   * @param timeout how long to wait for the answer at most; null for ever
   * @throws IllegalArgumentException if it is no literal address of the domain
   * @throws ResolveException if it has no name
   * @throws SocketTimeoutException if the time is up
   */
  public static String getnameinfo(String address, Domain domain, Duration timeout)
      throws IOException {
    Address.Inet literal = Address.Inet.of(address, 0);
    if (inet(domain) != null && literal.domain() != domain) {
      throw new IllegalArgumentException(
          "\"" + address + "\" is of the domain " + literal.domain() + ", not " + domain);
    }
    return Resolver.name(literal, timeout);
  }

  /** The name of an address; see {@link #getnameinfo(String, Domain, Duration)}. */
  public static String getnameinfo(Address.Inet address, Duration timeout) throws IOException {
    return Resolver.name(address, timeout);
  }

  /** The addresses of the machine's interfaces; see getifaddrs(3). */
  public static List<InterfaceAddress> getifaddrs() throws IOException {
    Libc.require();
    return Interfaces.list();
  }

  /**
   * Closes a descriptor that is no {@link Socket}'s, such as one that {@link Control#take} has
   * given; see close(2).
   *
   * @throws NixioException EBADF if it is not open
   */
  public static void close(int fd) throws IOException {
    if (fd < 0) {
      throw new IllegalArgumentException("descriptor " + fd + " is negative");
    }
    Libc.require();
    int answer = Closing.close(fd);
    if (answer < 0) {
      throw new NixioException("close descriptor " + fd, null, -answer);
    }
  }
}
