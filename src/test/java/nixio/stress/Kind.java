package nixio.stress;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.Address;
import nixio.Domain;
import nixio.Errno;
import nixio.NixioException;
import nixio.Protocol;
import nixio.Socket;
import nixio.Type;

/** The kinds of socket. */
enum Kind {
  TCP(Domain.INET, Type.STREAM, Protocol.DEFAULT, 0, 0),
  TCP6(Domain.INET6, Type.STREAM, Protocol.DEFAULT, 0, 0),
  UDP(Domain.INET, Type.DGRAM, Protocol.DEFAULT, 0, 0),
  UDP6(Domain.INET6, Type.DGRAM, Protocol.DEFAULT, 0, 0),
  UNIX_STREAM(Domain.UNIX, Type.STREAM, Protocol.DEFAULT, 0, 0),
  UNIX_DGRAM(Domain.UNIX, Type.DGRAM, Protocol.DEFAULT, 0, 0),
  UNIX_SEQPACKET(Domain.UNIX, Type.SEQPACKET, Protocol.DEFAULT, 0, 0),
  /** With the number that is for experiments. What is received begins with the IP header. */
  RAW(Domain.INET, Type.RAW, Protocol.of(253), 0, 20),
  /** What is sent is an echo request, and what is received its reply: each talks to itself. */
  PING(Domain.INET, Type.DGRAM, Protocol.ICMP, 8, 8);

  /** Raw sockets are told apart by their hosts alone, also from those of another process. */
  private static final AtomicInteger HOSTS =
      new AtomicInteger(new SplittableRandom().nextInt(1 << 24));

  final Domain domain;
  final Type type;

  /** The bytes before what is sent, which the kernel wants. */
  final int sentBefore;

  /** The bytes before what is received, which the kernel writes. */
  final int receivedBefore;

  private final Protocol protocol;

  Kind(Domain domain, Type type, Protocol protocol, int sentBefore, int receivedBefore) {
    this.domain = domain;
    this.type = type;
    this.protocol = protocol;
    this.sentBefore = sentBefore;
    this.receivedBefore = receivedBefore;
  }

  /** Those that this machine and this process may have. */
  static List<Kind> available() throws IOException {
    List<Kind> found = new ArrayList<>();
    for (Kind kind : values()) {
      try (Socket socket = kind.open()) {
        socket.bind(kind.address(new SplittableRandom()));
        found.add(kind);
      } catch (NixioException e) {
        if (!List.of(Errno.EPERM, Errno.EACCES, Errno.EAFNOSUPPORT, Errno.EADDRNOTAVAIL)
            .contains(e.errno())) {
          throw e;
        }
      }
    }
    return found;
  }

  boolean isStream() {
    return type == Type.STREAM;
  }

  boolean isDatagram() {
    return type == Type.DGRAM || type == Type.RAW;
  }

  boolean isUdp() {
    return this == UDP || this == UDP6;
  }

  boolean isUnix() {
    return domain == Domain.UNIX;
  }

  boolean isTcp() {
    return isStream() && !isUnix();
  }

  /** Whether nothing is lost on the way. */
  boolean isReliable() {
    return isUnix() || isStream();
  }

  Socket open() throws IOException {
    return Socket.open(domain, type, protocol);
  }

  /** An address of this machine's to bind to: many, so that ports do not run out. */
  Address address(SplittableRandom random) {
    return switch (this) {
      case TCP, UDP -> Address.Inet.of("127.0.0." + random.nextInt(1, 250), 0);
      case TCP6, UDP6 -> Address.Inet.of("::1", 0);
      case PING -> Address.Inet.of("127.0.0.1", 0);
      case RAW -> {
        int host = HOSTS.getAndIncrement();
        byte[] bytes = {127, (byte) (host >> 16), (byte) (host >> 8), (byte) host};
        yield Address.Inet.of(bytes, 0, 0);
      }
      default -> Address.Unix.UNNAMED;
    };
  }

  /** For a socket to send and to receive datagrams. */
  Socket bound(SplittableRandom random) throws IOException {
    Socket socket = open();
    try {
      return socket.bind(address(random));
    } catch (Throwable t) {
      try (socket) {
        throw t;
      }
    }
  }
}
