package nixio.traces;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Replays what was recorded from the real nixio against this library. {@code -Dnixio.traces=FILE}
 * names another recording, {@code -Dnixio.traces.reasons=true} prints why steps differ, and {@code
 * -Dnixio.traces.virtual=true} replays on virtual threads.
 */
@Isolated // its times and buffers were recorded on an idle machine
class TracesTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void everyStepIsAsRecordedOrDiffersOnPurpose() throws Exception {
    List<Recording> recordings = recordings();
    assertFalse(recordings.isEmpty(), "no cases");
    Tally tally = new Tally();
    for (Recording recording : recordings) {
      replay(recording, tally);
    }
    if (Boolean.getBoolean("nixio.traces.reasons")) {
      System.out.print(tally.details());
    }
    if (tally.count(Verdict.ELSEWHERE) > 0) {
      System.out.printf(
          "traces: %d more steps depend on the user or the network%n",
          tally.count(Verdict.ELSEWHERE));
    }
    System.out.println(tally.summary());
    assertEquals("", String.join("\n", tally.failures()));
  }

  private static List<Recording> recordings() throws IOException {
    String file = System.getProperty("nixio.traces");
    if (file != null) {
      try (BufferedReader lines = Files.newBufferedReader(Path.of(file))) {
        return Recording.readAll(lines);
      }
    }
    try (InputStream resource = TracesTest.class.getResourceAsStream("/traces/nixio.jsonl")) {
      assertNotNull(resource, "no recording on the class path");
      return Recording.readAll(
          new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8)));
    }
  }

  /** A case runs in a thread of its own, so that one that hangs fails alone. */
  private static void replay(Recording recording, Tally tally) throws InterruptedException {
    Thread.Builder kind =
        Boolean.getBoolean("nixio.traces.virtual")
            ? Thread.ofVirtual()
            : Thread.ofPlatform().daemon();
    Thread thread =
        kind.name(recording.name())
            .start(() -> {
              try {
                new Replay(recording, tally).run();
              } catch (IOException | RuntimeException | Error e) {
                tally.add(Verdict.FAILED, Thread.currentThread().getName() + " broke off: " + e);
              }
            });
    if (!thread.join(LIMIT)) {
      tally.add(Verdict.FAILED, thread.getName() + " hangs");
      thread.interrupt();
      thread.join(Duration.ofSeconds(5));
    }
  }
}
