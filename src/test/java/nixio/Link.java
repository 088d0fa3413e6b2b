package nixio;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;

/** The ways in which two sockets of one machine are connected. */
enum Link {
  TCP(Domain.INET, Type.STREAM),
  TCP6(Domain.INET6, Type.STREAM),
  UDP(Domain.INET, Type.DGRAM),
  UDP6(Domain.INET6, Type.DGRAM),
  UNIX_STREAM(Domain.UNIX, Type.STREAM),
  UNIX_DGRAM(Domain.UNIX, Type.DGRAM),
  UNIX_SEQPACKET(Domain.UNIX, Type.SEQPACKET);

  private static final int QUEUE = 200_000;

  final Domain domain;
  final Type type;

  Link(Domain domain, Type type) {
    this.domain = domain;
    this.type = type;
  }

  boolean isStream() {
    return type == Type.STREAM;
  }

  /** A new socket of this kind. */
  Socket socket() throws IOException {
    if (domain == Domain.INET6) {
      demandIpv6();
    }
    return Socket.open(domain, type);
  }

  /** A new socket that has an address: on loopback, or an abstract name. */
  Socket bound() throws IOException {
    return socket().bind(anyAddress());
  }

  /** An address to bind to, so that the kernel picks a port or a name. */
  Address anyAddress() {
    if (domain == Domain.UNIX) {
      return Address.Unix.UNNAMED;
    }
    return Address.Inet.of(domain == Domain.INET ? "127.0.0.1" : "::1", 0);
  }

  /** A new socket that listens. */
  Socket listener() throws IOException {
    return bound().listen(64);
  }

  /** Two sockets that are connected with each other, and both have addresses. */
  Pair open() throws IOException {
    return type == Type.DGRAM ? datagrams() : connection();
  }

  private Pair datagrams() throws IOException {
    Pair pair = new Pair(bound(), bound());
    pair.first().connect(pair.second().getsockname());
    pair.second().connect(pair.first().getsockname());
    return pair;
  }

  private Pair connection() throws IOException {
    try (Socket listener = listener()) {
      Socket client = bound();
      client.connect(listener.getsockname());
      return new Pair(limited(client), limited(listener.accept().socket()));
    }
  }

  /** A socket whose queues do not grow, so that a test can fill them. */
  private Socket limited(Socket socket) throws IOException {
    return domain == Domain.UNIX
        ? socket
        : socket.setopt(Option.SO_SNDBUF, QUEUE).setopt(Option.SO_RCVBUF, QUEUE);
  }

  /** Skips the test on a machine without IPv6. */
  static void demandIpv6() throws IOException {
    assumeTrue(hasIpv6(), "this machine has no address ::1");
  }

  static boolean hasIpv6() throws IOException {
    return Nixio.getifaddrs().stream()
        .anyMatch(entry -> entry.address() != null && entry.address().host().equals("::1"));
  }
}
