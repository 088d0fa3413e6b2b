package nixio.stress;

import com.google.common.base.Splitter;
import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import nixio.Domain;
import nixio.OpenDescriptors;
import nixio.Option;
import nixio.Pair;
import nixio.Socket;
import nixio.Type;

/**
 * A run: exit code 0 if all went as documented. Settings are system properties: {@code
 * stress.seconds}, {@code stress.seed}, {@code stress.platform} and {@code stress.virtual} (how
 * many threads of each kind), {@code stress.lines} (how many lines at a time).
 */
public final class Main {
  /** Half of all calls must end so soon after a close, an interrupt, or their time. */
  private static final Duration PROMISED = Duration.ofMillis(100);

  private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long SIGNAL_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(4);
  private static final long INTERRUPT_PATIENCE = TimeUnit.SECONDS.toNanos(5);
  private static final long JOIN_PATIENCE = TimeUnit.SECONDS.toNanos(60);

  private final Stage stage;
  private final List<Thread> threads = new ArrayList<>();

  private Main(Stage stage) {
    this.stage = stage;
  }

  public static void main(String[] args) throws Exception {
    long seed = Long.getLong("stress.seed", System.nanoTime() & 0xFFFFFFFFL);
    int seconds = Integer.getInteger("stress.seconds", 60);
    int platform = Integer.getInteger("stress.platform", 8);
    int virtual = Integer.getInteger("stress.virtual", 16);
    int lines = Integer.getInteger("stress.lines", 16);
    List<Kind> kinds = Kind.available();
    System.out.printf(
        "%d s, seed %d, %d platform and %d virtual threads, %d lines of %s%n",
        seconds, seed, platform, virtual, lines, kinds);
    warmUp();
    Map<String, String> before = descriptors();
    Stage stage = new Stage(seed, kinds, lines);
    Throwable failure = new Main(stage).run(Duration.ofSeconds(seconds), platform, virtual);
    System.out.print(stage.tally.report());
    Map<String, String> after = descriptors();
    if (failure == null && !after.equals(before)) {
      failure = new Failure("the descriptors " + before + " became " + after);
    }
    if (failure == null && stage.tally.isLate(PROMISED)) {
      failure = new Failure("calls end later than " + PROMISED + " after they should");
    }
    if (failure != null) {
      System.out.println("FAILED, seed " + seed);
      failure.printStackTrace(System.out);
      System.exit(1);
    }
    System.out.println("as documented");
  }

  /** So that what the library opens and installs once is there: for both kinds of thread. */
  private static void warmUp() throws Exception {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
        Arena arena = Arena.ofShared()) {
      MemorySegment room = arena.allocate(8);
      for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
        builder.start(() -> wait(pair.first(), room)).join();
      }
    }
  }

  private static void wait(Socket socket, MemorySegment room) {
    try {
      socket.recvall(room, Duration.ofMillis(10));
      throw new IllegalStateException("somebody has sent");
    } catch (IOException e) {
      // the time is up
    }
  }

  /** Sockets and the like; the class path's files are opened when they are needed. */
  private static Map<String, String> descriptors() throws IOException {
    return OpenDescriptors.now().entrySet().stream()
        .filter(entry -> !entry.getValue().startsWith("/"))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private Throwable run(Duration time, int platform, int virtual) throws Exception {
    int number = 0;
    for (int i = 0; i < platform; i++) {
      start(Thread.ofPlatform(), "worker", number++, this::work);
    }
    for (int i = 0; i < virtual; i++) {
      start(Thread.ofVirtual(), "worker", number++, this::work);
    }
    for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      start(builder, "keeper", number++, this::keep);
    }
    start(Thread.ofPlatform(), "listeners", number++, caller -> Keeper.keepPorts(stage, caller));
    start(Thread.ofPlatform(), "interrupter", number++, this::interrupt);
    start(Thread.ofPlatform(), "waiter", number++, this::waitInVain);
    start(Thread.ofPlatform(), "signaller", number++, this::signal);
    watch(time);
    return stage.failure();
  }

  private void start(Thread.Builder builder, String role, int number, Consumer<Caller> body) {
    threads.add(
        builder
            .name("stress-" + role + "-" + number)
            .start(() -> {
              Caller caller = stage.caller(number);
              try {
                body.accept(caller);
              } catch (Throwable t) {
                stage.fail(t);
              } finally {
                caller.end();
              }
            }));
  }

  private void work(Caller caller) {
    try (Arena arena = Arena.ofConfined()) {
      new Worker(stage, caller, arena).run();
    }
  }

  private void keep(Caller caller) {
    try (Arena arena = Arena.ofConfined()) {
      new Keeper(stage, caller, arena).run();
    }
  }

  /** Interrupts workers at any moment. */
  private void interrupt(Caller caller) {
    while (!stage.isOver()) {
      LockSupport.parkNanos(caller.random.nextLong(PAUSE));
      Caller[] workers =
          stage.callers.stream()
              .filter(other -> other.thread().getName().contains("worker"))
              .toArray(Caller[]::new);
      if (workers.length > 0) {
        Caller worker = workers[caller.random.nextInt(workers.length)];
        caller.run(Act.INTERRUPT, null, worker::interrupt);
      }
    }
  }

  /** Waits for what never comes, with one kind of time-out and the other. */
  private void waitInVain(Caller caller) {
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      Socket socket = pair.first();
      MemorySegment room = arena.allocate(8);
      Description end = new Description(Kind.UNIX_STREAM, "silence");
      end.connected = true;
      Handle handle = end.add(socket);
      while (!stage.isOver()) {
        Duration limit = Duration.ofMillis(caller.random.nextInt(50, 250));
        caller.call(Act.WAIT, handle, limit, () -> socket.recvall(room, limit));
        Description.limit(end.receiveTimeout, limit);
        caller.run(Act.SETOPT, handle, () -> socket.setopt(Option.SO_RCVTIMEO, limit));
        caller.call(Act.WAIT, handle, limit, () -> socket.recv(room));
        caller.run(Act.SETOPT, handle, () -> socket.setopt(Option.SO_RCVTIMEO, Duration.ZERO));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Sends signals to who waits in vain, whose time-outs would never end if they began anew, and to
   * anybody now and then.
   */
  private void signal(Caller caller) {
    while (!stage.isOver()) {
      LockSupport.parkNanos(SIGNAL_PAUSE);
      for (Caller other : stage.callers) {
        if (other.thread().getName().contains("waiter") || caller.once(200)) {
          caller.run(Act.SIGNAL, null, other::signal);
        }
      }
    }
  }

  /** Until the end: no call may last too long. */
  private void watch(Duration time) throws Exception {
    long start = System.nanoTime();
    while (!stage.isOver()) {
      LockSupport.parkNanos(LOOK);
      lookForHangs();
      if (System.nanoTime() - start > time.toNanos()) {
        stage.end();
      }
    }
    long end = System.nanoTime();
    while (threads.stream().anyMatch(Thread::isAlive) && stage.failure() == null) {
      LockSupport.parkNanos(LOOK);
      lookForHangs();
      if (System.nanoTime() - end > JOIN_PATIENCE) {
        stage.fail(new Failure("threads are left: " + stage.callers));
      }
    }
    if (stage.failure() != null) {
      dump();
    }
  }

  private void lookForHangs() {
    for (Caller caller : stage.callers) {
      Call call = caller.current();
      if (call == null) {
        continue;
      }
      if (call.age() > Call.PATIENCE) {
        stage.fail(new Failure("no end of " + caller));
      }
      long interrupted = call.interruptedAt;
      if (interrupted != 0
          && call.act.waits()
          && System.nanoTime() - interrupted > INTERRUPT_PATIENCE
          && caller.current() == call) {
        stage.fail(new Failure("interrupted in vain: " + caller));
      }
    }
  }

  /** What all threads do, virtual ones and their carriers too: those of the JDK's own left out. */
  private void dump() throws IOException {
    System.out.println("in calls:");
    stage.callers.stream().filter(caller -> caller.current() != null).forEach(System.out::println);
    Path directory = Files.createTempDirectory("nixio-stress");
    Path file = directory.resolve("threads.txt");
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.TEXT_PLAIN);
      for (String thread : Splitter.on("\n\n").split(Files.readString(file))) {
        if (thread.contains("nixio") || thread.contains("ForkJoinPool")) {
          System.out.println(thread);
        }
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(directory);
    }
  }
}
