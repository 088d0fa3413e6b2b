package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens, uses and closes sockets of each kind 10,000 times, every other time with a failure, and
 * then drops some: a line for each, with what became of the process's descriptors.
 */
final class LeakMain {
  static final String AS_BEFORE = "as before";

  private static final int ROUNDS = 10_000;
  private static final int WARM_UP = 50;
  private static final int DROPPED = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final MemorySegment memory = Arena.ofShared().allocate(64);
  private final AddressBuffer from = new AddressBuffer();

  private final String stale;

  /** Bound, but nobody listens there. */
  private final Socket silent = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0);

  private final Socket listener =
      Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0).listen(8);

  private final Socket taken = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);

  private LeakMain(Path directory) throws IOException {
    stale = directory.resolve("stale").toString();
    Socket.open(Domain.UNIX, Type.STREAM).bind(stale).close();
  }

  private interface Use {
    void of(Socket socket) throws IOException;
  }

  private interface Act {
    void run() throws IOException;
  }

  /** A use that goes well, and those that don't. */
  private record Kind(String name, Act use, List<Act> failures) {
    void rounds(int count) throws IOException {
      for (int i = 0; i < count; i++) {
        if (i % 2 == 0) {
          use.run();
        } else {
          fail(i / 2 % failures.size());
        }
      }
    }

    private void fail(int failure) {
      try {
        failures.get(failure).run();
      } catch (IOException | IllegalArgumentException e) {
        return;
      }
      throw new IllegalStateException(name + ": failure " + failure + " went well");
    }
  }

  public static void main(String[] args) throws Exception {
    LeakMain main = new LeakMain(Path.of(args[0]));
    try {
      List<Kind> kinds = main.kinds();
      for (Kind kind : kinds) {
        show(kind.name, () -> kind.rounds(WARM_UP), () -> kind.rounds(ROUNDS));
      }
      Kind tcp = kinds.getFirst();
      show("virtual", virtually(tcp, WARM_UP), virtually(tcp, ROUNDS));
      showDropped();
    } finally {
      Reference.reachabilityFence(main); // its sockets are not to be dropped
    }
  }

  /** No collection must happen meanwhile: it would close what was forgotten. */
  private static void show(String name, Act warmUp, Act act) throws IOException {
    warmUp.run();
    System.gc();
    Map<String, String> before = OpenDescriptors.now();
    long collections = collections();
    act.run();
    Map<String, String> after = OpenDescriptors.now();
    if (collections() > collections) {
      throw new IllegalStateException(name + ": collected meanwhile, the heap is too small");
    }
    show(name, before, after);
  }

  private static void show(String name, Map<String, String> before, Map<String, String> after) {
    String became = before.equals(after) ? AS_BEFORE : before + " became " + after;
    System.out.println(name + "\t" + became);
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  private static void showDropped() throws IOException {
    Map<String, String> before = OpenDescriptors.now();
    drop();
    Map<String, String> after = OpenDescriptors.now();
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!after.equals(before) && System.nanoTime() < deadline) {
      System.gc();
      LockSupport.parkNanos(1_000_000);
      after = OpenDescriptors.now();
    }
    show("dropped", before, after);
  }

  private static Act virtually(Kind kind, int rounds) {
    return () -> {
      List<Throwable> thrown = new ArrayList<>();
      Thread thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  kind.rounds(rounds);
                } catch (Throwable t) {
                  thrown.add(t);
                }
              });
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      for (Throwable t : thrown) {
        throw new IllegalStateException(t);
      }
    };
  }

  /** Nobody holds these any more. */
  private static void drop() throws IOException {
    for (int i = 0; i < DROPPED; i++) {
      Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
      Socket.pair(Domain.UNIX, Type.STREAM);
    }
  }

  private List<Kind> kinds() throws IOException {
    List<Kind> kinds = new ArrayList<>();
    kinds.add(new Kind("tcp", this::useTcp, tcpFailures()));
    kinds.add(new Kind("udp", this::useUdp, udpFailures()));
    kinds.add(new Kind("unix stream", () -> useUnix(Type.STREAM), unixFailures(Type.STREAM)));
    kinds.add(
        new Kind("unix seqpacket", () -> useUnix(Type.SEQPACKET), unixFailures(Type.SEQPACKET)));
    kinds.add(new Kind("unix dgram", this::useUnixDatagrams, unixFailures(Type.DGRAM)));
    kinds.add(new Kind("pair", this::usePair, pairFailures()));
    if (Capability.CAP_NET_RAW.isHeld()) {
      kinds.add(new Kind("raw", this::useRaw, rawFailures()));
    }
    return kinds;
  }

  private void exchange(Socket one, Socket other) throws IOException {
    one.send(memory);
    other.recvall(memory);
  }

  private static Act on(Domain domain, Type type, Use use) {
    return () -> {
      try (Socket socket = Socket.open(domain, type)) {
        use.of(socket);
      }
    };
  }

  /** Ends with a reset, so that no port stays in TIME_WAIT. */
  private void useTcp() throws IOException {
    try (Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port());
        Socket server = listener.accept().socket()) {
      exchange(client, server);
      server.setopt(Option.SO_LINGER, 0);
    }
  }

  private List<Act> tcpFailures() throws IOException {
    Address nobody = silent.getsockname();
    int taken = listener.getsockname().port();
    return List.of(
        on(Domain.INET, Type.STREAM, s -> s.connect(nobody)),
        () -> Nixio.connect("127.0.0.1", nobody.port()).close(),
        on(Domain.INET, Type.STREAM, s -> s.bind("127.0.0.1", taken)),
        () -> Nixio.bind("127.0.0.1", taken).close(),
        on(Domain.INET, Type.STREAM, s -> s.connect("127.0.0.1", "no-such-service")),
        () -> Nixio.connect("127.0.0.1", "no-such-service").close(),
        on(Domain.INET, Type.STREAM, s -> s.bind("::1", 0)),
        on(Domain.INET, Type.STREAM, s -> s.setopt(Option.IP_MULTICAST_TTL, 5)),
        on(Domain.INET, Type.STREAM, s -> s.setopt("tcp", "no-such-option", 1)),
        () -> Socket.adopt(0).close(),
        this::recvInVain,
        () -> Socket.open(Domain.INET, Type.SEQPACKET).close());
  }

  private void recvInVain() throws IOException {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      pair.first().recvall(memory, Duration.ofNanos(1));
    }
  }

  private void useUdp() throws IOException {
    try (Socket socket = Nixio.bind("127.0.0.1", 0, Domain.INET, Type.DGRAM)) {
      socket.sendto(memory, socket.getsockname());
      socket.recvfrom(memory, from);
    }
  }

  private List<Act> udpFailures() {
    return List.of(
        on(Domain.INET, Type.DGRAM, s -> s.bind(taken.getsockname())),
        on(Domain.INET, Type.DGRAM, s -> s.bind("127.0.0.1", "no-such-service")),
        on(Domain.INET, Type.DGRAM, s -> s.sendto(memory, "::1", 9)),
        on(Domain.INET, Type.DGRAM, s -> s.setopt(Option.TCP_NODELAY, true)),
        on(Domain.INET, Type.DGRAM, s -> s.setopt("udp", "cork", 1)));
  }

  private void useUnix(Type type) throws IOException {
    try (Socket unix = Socket.open(Domain.UNIX, type).bind("").listen(1);
        Socket client = Socket.open(Domain.UNIX, type)) {
      client.connect(unix.getsockname());
      try (Socket server = unix.accept().socket()) {
        exchange(client, server);
      }
    }
  }

  private void useUnixDatagrams() throws IOException {
    try (Socket socket = Socket.open(Domain.UNIX, Type.DGRAM).bind("")) {
      socket.sendto(memory, socket.getsockname());
      socket.recvfrom(memory, from);
    }
  }

  private List<Act> unixFailures(Type type) {
    return List.of(
        on(Domain.UNIX, type, s -> s.connect(stale)),
        on(Domain.UNIX, type, s -> s.bind(stale)),
        on(Domain.UNIX, type, s -> s.connect(stale + ".not")),
        on(Domain.UNIX, type, s -> s.setopt(Option.TCP_NODELAY, true)));
  }

  private void usePair() throws IOException {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
        Socket again = pair.first().dup();
        Socket taken = Socket.adopt(pair.second().detach())) {
      exchange(again, taken);
    }
  }

  private List<Act> pairFailures() {
    return List.of(
        () -> Socket.pair(Domain.INET, Type.STREAM).close(),
        () -> {
          try (Pair pair = Socket.pair(Domain.UNIX, Type.SEQPACKET)) {
            pair.first().setopt("socket", "rcvbuf", "much");
          }
        },
        this::recvInVain);
  }

  private void useRaw() throws IOException {
    try (Socket socket = Socket.open(Domain.INET, Type.RAW, Protocol.of(253))) {
      Address self = Address.parse("127.0.0.1:0");
      socket.bind(self).sendto(memory, self);
      socket.recvfrom(memory, from);
    }
  }

  private List<Act> rawFailures() {
    return List.of(
        () -> Socket.open(Domain.INET, Type.RAW).close(),
        () -> {
          try (Socket socket = Socket.open(Domain.INET, Type.RAW, Protocol.of(253))) {
            socket.connect("::1", 0);
          }
        },
        () -> {
          try (Socket socket = Socket.open(Domain.INET, Type.RAW, Protocol.of(253))) {
            socket.setopt(Option.TCP_NODELAY, true);
          }
        });
  }
}
