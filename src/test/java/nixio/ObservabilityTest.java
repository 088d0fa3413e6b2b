package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What Java Flight Recorder and thread dumps tell. */
@Execution(ExecutionMode.SAME_THREAD) // what one recording asks for, all get
class ObservabilityTest {
  private static final List<String> NAMES =
      List.of("nixio.Connect", "nixio.Accept", "nixio.Read", "nixio.Write", "nixio.PollerWait");

  @TempDir Path folder;

  private List<RecordedEvent> record(Duration threshold, Callable<?> body) throws Exception {
    try (Recording recording = new Recording()) {
      if (threshold != null) {
        NAMES.forEach(name -> recording.enable(name).withThreshold(threshold));
      }
      recording.start();
      body.call();
      recording.stop();
      Path file = folder.resolve("recording.jfr");
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith("nixio."))
          .toList();
    }
  }

  private static RecordedEvent only(
      List<RecordedEvent> events, String name, Predicate<RecordedEvent> which) {
    List<RecordedEvent> found =
        events.stream()
            .filter(event -> event.getEventType().getName().equals(name))
            .filter(which)
            .toList();
    assertEquals(1, found.size(), () -> name + " of " + events);
    return found.getFirst();
  }

  private static Predicate<RecordedEvent> with(Address address) {
    return event -> address.toString().equals(event.getString("address"));
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM})
  void callsAreRecordedWithAddressBytesAndDuration(Link link, Threads threads) throws Exception {
    Address[] ends = new Address[2];
    long[] waited = new long[1];
    List<RecordedEvent> events =
        record(
            Duration.ZERO,
            () -> {
              try (Socket listener = link.listener();
                  Socket client = link.socket()) {
                ends[0] = listener.getsockname();
                threads.start(() -> client.connect(ends[0])).get();
                Accepted accepted = threads.start(listener::accept).get();
                try (Socket server = accepted.socket()) {
                  ends[1] = accepted.peer();
                  Task<Long> read = threads.start(() -> server.recv(Bytes.room(8)));
                  read.awaitBlocked();
                  long start = System.nanoTime();
                  threads.start(() -> client.send(Bytes.of("abc"))).get();
                  assertEquals(3, read.get());
                  waited[0] = System.nanoTime() - start;
                }
              }
              return null;
            });
    assertNull(only(events, "nixio.Connect", with(ends[0])).getString("failure"));
    assertEquals(3, only(events, "nixio.Write", with(ends[0])).getLong("bytes"));
    if (link != Link.UNIX_STREAM) { // where clients have no names
      only(events, "nixio.Accept", with(ends[1]));
      RecordedEvent read = only(events, "nixio.Read", with(ends[1]));
      assertEquals(3, read.getLong("bytes"));
      assertTrue(read.getDuration().isPositive());
      assertTrue(
          read.getStackTrace().getFrames().stream()
              .anyMatch(frame -> frame.getMethod().getName().equals("recv")),
          () -> read.toString());
    }
  }

  @OnBothThreads
  void failuresAreRecordedWithTheirReason(Threads threads) throws Exception {
    Address[] end = new Address[1];
    List<RecordedEvent> events =
        record(
            Duration.ZERO,
            () -> {
              try (Pair pair = Link.TCP.open()) {
                end[0] = pair.first().getpeername();
                pair.first().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(40));
                threads
                    .start(() -> pair.first().recv(Bytes.room(8)))
                    .failure(SocketTimeoutException.class);
              }
              return null;
            });
    RecordedEvent read = only(events, "nixio.Read", with(end[0]));
    assertEquals("timed out", read.getString("failure"));
    assertTrue(read.getDuration().compareTo(Duration.ofMillis(35)) > 0, () -> read.toString());
  }

  @Test
  void aParkedThreadsWaitForItsPollerIsRecorded() throws Exception {
    int[] number = new int[1];
    List<RecordedEvent> events =
        record(
            Duration.ofMillis(1),
            () -> {
              try (Pair pair = Link.UNIX_STREAM.open()) {
                number[0] = pair.first().fileno();
                pair.first().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(40));
                for (int i = 0; i < 2; i++) { // the first may be over before the poller has started
                  Threads.VIRTUAL
                      .start(() -> pair.first().recv(Bytes.room(8)))
                      .failure(SocketTimeoutException.class);
                }
              }
              return null;
            });
    Duration waited =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("nixio.PollerWait"))
            .filter(event -> event.getInt("descriptor") == number[0])
            .map(RecordedEvent::getDuration)
            .reduce(Duration.ZERO, Duration::plus); // it may wake in between, and wait on
    assertTrue(waited.compareTo(Duration.ofMillis(30)) > 0, events::toString);
  }

  @Test
  void nothingIsRecordedUnlessAskedFor() throws Exception {
    assertEquals(List.of(), record(null, ObservabilityTest::exchange));
    Duration never = Duration.ofHours(1);
    assertEquals(List.of(), record(never, ObservabilityTest::exchange));
  }

  private static Void exchange() throws IOException {
    try (Pair pair = Link.TCP.open()) {
      pair.first().send(Bytes.of("abc"));
      assertEquals(3, pair.second().recv(Bytes.room(8)));
    }
    return null;
  }

  @Test
  void aThreadDumpShowsWhatAParkedThreadWaitsFor() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Task<Long> task =
          Threads.VIRTUAL.start(() -> pair.first().recv(Bytes.room(8))).awaitBlocked();
      Path file = folder.resolve("threads.txt");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
      List<String> dumped =
          Arrays.stream(Files.readString(file).split("\n\n"))
              .filter(thread -> thread.contains("aThreadDumpShowsWhatAParkedThreadWaitsFor"))
              .filter(thread -> thread.contains("virtual WAITING"))
              .toList();
      assertEquals(1, dumped.size(), dumped::toString);
      assertTrue(
          dumped.getFirst().contains("parking to wait for <nixio.io.Descriptor@"),
          dumped::getFirst);
      assertTrue(dumped.getFirst().contains("at nixio.Socket.recv("), dumped::getFirst);
      pair.second().send(Bytes.of("abc"));
      assertEquals(3, task.get());
    }
  }
}
