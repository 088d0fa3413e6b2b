package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Calls that are the last use of their socket, and collections meanwhile: a line for each, with
 * what it answered. To be compiled at once, as an interpreter keeps what is no longer used.
 */
final class LastUseMain {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final int SIZE = 8;
  private static final int MUCH = 1 << 22;

  private static final MemorySegment MEMORY = Arena.global().allocate(MUCH);

  private LastUseMain() {}

  /** A call on a socket that nobody else has, and what its peer does to end it. */
  private record LastUse(Type type, Use use, Use end) {
    /** The socket is nowhere but in the call. */
    long run(int fd) throws IOException {
      return use.of(Socket.adopt(fd));
    }
  }

  private interface Use {
    long of(Socket socket) throws IOException;
  }

  private static final Use SENDS = peer -> peer.send(MEMORY, 0, SIZE);

  private static final Use DRAINS = peer -> peer.recvall(MEMORY);

  private static Map<String, LastUse> uses() {
    Map<String, LastUse> uses = new TreeMap<>();
    uses.put("recv", new LastUse(Type.STREAM, s -> s.recv(MEMORY), SENDS));
    uses.put("recv range", new LastUse(Type.STREAM, s -> s.recv(MEMORY, 8, 8), SENDS));
    uses.put("recv flags", new LastUse(Type.DGRAM, s -> s.recv(MEMORY, Msg.TRUNC), SENDS));
    uses.put("recv heap", new LastUse(Type.STREAM, s -> s.recv(heap()), SENDS));
    uses.put("recvall", new LastUse(Type.STREAM, s -> s.recvall(MEMORY.asSlice(0, SIZE)), SENDS));
    uses.put("recvall heap", new LastUse(Type.STREAM, s -> s.recvall(heap()), SENDS));
    uses.put(
        "recvall in time",
        new LastUse(
            Type.STREAM, s -> s.recvall(MEMORY.asSlice(0, SIZE), Duration.ofMinutes(5)), SENDS));
    uses.put(
        "recvfrom", new LastUse(Type.DGRAM, s -> s.recvfrom(MEMORY, new AddressBuffer()), SENDS));
    uses.put("send", new LastUse(Type.STREAM, s -> s.send(MEMORY), DRAINS));
    uses.put("sendall", new LastUse(Type.STREAM, s -> s.sendall(MEMORY), DRAINS));
    return uses;
  }

  private static MemorySegment heap() {
    return MemorySegment.ofArray(new byte[SIZE]);
  }

  public static void main(String[] args) throws Exception {
    Thread.Builder platform = Thread.ofPlatform();
    Thread.Builder virtual = Thread.ofVirtual();
    // The first time, much is still loaded, and so interpreted after all.
    for (Thread.Builder threads : List.of(platform, platform, virtual, virtual)) {
      for (var use : uses().entrySet()) {
        show(threads, use.getKey(), use.getValue());
      }
      showAccept(threads);
    }
  }

  private static void show(Thread.Builder threads, String name, LastUse use) throws Exception {
    Pair pair = Socket.pair(Domain.UNIX, use.type);
    Socket peer = pair.first();
    int fd = pair.second().detach();
    show(threads, name, () -> use.run(fd), () -> use.end.of(peer));
    peer.close();
  }

  private static void showAccept(Thread.Builder threads) throws Exception {
    Socket listener = Socket.open(Domain.UNIX, Type.STREAM).bind("").listen(1);
    Address address = listener.getsockname();
    int fd = listener.detach();
    try (Socket client = Socket.open(Domain.UNIX, Type.STREAM)) {
      show(
          threads,
          "accept",
          () -> {
            Socket.adopt(fd).accept().socket().close();
            return 1;
          },
          () -> client.connect(address) ? 1 : 0);
    }
  }

  private interface Act {
    long run() throws IOException;
  }

  private static void show(Thread.Builder threads, String name, Act use, Act end) throws Exception {
    FutureTask<Long> task = new FutureTask<>(use::run);
    Thread thread = threads.start(task);
    await(() -> isWaiting(thread));
    for (int i = 0; i < 3; i++) {
      collect();
    }
    String answer;
    try {
      end.run();
      answer = task.get(60, TimeUnit.SECONDS).toString();
    } catch (Exception e) {
      answer = e.toString();
    }
    System.out.println((thread.isVirtual() ? "virtual " : "platform ") + name + "\t" + answer);
  }

  private static boolean isWaiting(Thread thread) {
    return thread.isVirtual()
        ? thread.getState() == Thread.State.WAITING
            || thread.getState() == Thread.State.TIMED_WAITING
        : List.of(thread.getStackTrace()).stream()
            .anyMatch(frame -> frame.getClassName().startsWith("nixio.posix."));
  }

  /** Until a socket that was dropped before is closed. */
  private static void collect() throws IOException {
    Path dropped = Path.of("/proc/self/fd", Integer.toString(drop()));
    await(() -> {
      System.gc();
      return !Files.exists(dropped, LinkOption.NOFOLLOW_LINKS);
    });
  }

  private static int drop() throws IOException {
    return Socket.open(Domain.UNIX, Type.DGRAM).fileno();
  }

  private static void await(BooleanSupplier condition) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("waited too long");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }
}
