package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broken pipe is an exception and no signal: strace(1) would see it in a process of its own. */
class SigpipeTest {
  @TempDir Path directory;

  @Test
  void sendingToAPeerThatIsGoneRaisesNoSignal() throws Exception {
    assumeTrue(Forked.isInstalled("strace"), "strace is not installed");
    Forked probe = traced(List.of("true"));
    assumeTrue(probe.exit() == 0, () -> "no ptrace here: " + probe.errors());

    Forked run = traced(Forked.main(SigpipeTest.class));
    assertEquals(List.of("14 broken pipes"), run.lines());
    assertEquals("", run.errors(), "what strace saw");
  }

  private Forked traced(List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("strace", "-f", "-qq", "-e", "trace=none", "-e", "signal=SIGPIPE"));
    words.addAll(command);
    return Forked.run(directory, words);
  }

  /** The program that is traced. */
  public static void main(String[] args) throws Exception {
    int broken = 0;
    for (Threads threads : Threads.values()) {
      try (Pair pair = Link.UNIX_STREAM.open()) {
        Socket socket = pair.first();
        pair.second().close();
        MemorySegment data = Bytes.of("abc");
        MemorySegment heap = MemorySegment.ofArray(new byte[3]);
        for (Callable<Long> call :
            List.<Callable<Long>>of(
                () -> socket.send(data),
                () -> socket.send(heap),
                () -> socket.send(data, Msg.DONTWAIT),
                () -> socket.write(data, 1),
                () -> socket.sendall(data),
                () -> socket.sendall(data, Duration.ofSeconds(9)),
                () -> socket.setblocking(false).send(data))) {
          if (threads.start(call).failure(NixioException.class).errno() == Errno.EPIPE) {
            broken++;
          }
        }
      }
    }
    System.out.println(broken + " broken pipes");
  }
}
