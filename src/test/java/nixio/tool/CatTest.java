package nixio.tool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import nixio.Address;
import nixio.Domain;
import nixio.Socket;
import nixio.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nixio cat} by itself. */
class CatTest {
  @TempDir private Path directory;

  @Test
  void talksToItself() throws Exception {
    try (Tool listener = Tool.start("cat", "-lv", "127.0.0.1", "0")) {
      String port = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      try (Tool caller = Tool.start("cat", "127.0.0.1", port)) {
        Dialogue.exchange(caller, listener);
        Dialogue.halfClose(caller, listener);
        Dialogue.assertDone(caller);
        Dialogue.assertDone(listener);
      }
    }
  }

  @Test
  void hearsTheOtherSideAfterItsOwnEndAndTheOtherWayRound() throws Exception {
    String name = "@nixio-cat-" + System.nanoTime();
    try (Tool listener = Tool.start("cat", "-lvU", name)) {
      listener.errors().await("listening on");
      try (Tool caller = Tool.start("cat", "-vU", name)) {
        Dialogue.exchange(caller, listener);
        listener.finish();
        caller.errors().await("the peer has finished");
        caller.say("still here\n");
        listener.out().await("still here\n");
        caller.finish();
        Dialogue.assertDone(caller);
        Dialogue.assertDone(listener);
      }
    }
  }

  @Test
  void aPersonIsNotKeptAfterThePeersEnd() throws Exception {
    try (Tool listener = Tool.start("cat", "-lv", "127.0.0.1", "0")) {
      String port = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      try (Tool caller = Tool.startAtTerminal("cat", "127.0.0.1", port)) {
        listener.finish();
        Dialogue.assertDone(caller);
      }
    }
  }

  @Test
  void withoutShutdownThePeerHearsNoEnd() throws Exception {
    try (Tool listener = Tool.start("cat", "-lv", "127.0.0.1", "0")) {
      String port = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      try (Tool caller = Tool.start("cat", "--no-shutdown", "127.0.0.1", port)) {
        Dialogue.exchange(caller, listener);
        caller.finish();
        listener.say("you are still there\n");
        caller.out().await("you are still there\n");
        assertFalse(listener.errors().text().contains("finished"));
        listener.finish();
        Dialogue.assertDone(caller);
        Dialogue.assertDone(listener);
      }
    }
  }

  @Test
  void receivesFromASenderWithoutAName() throws Exception {
    String path = directory.resolve("socket").toString();
    try (Tool listener = Tool.start("cat", "-lvU", "-w0.5", "--type=dgram", path);
        Socket sender = Socket.open(Domain.UNIX, Type.DGRAM);
        java.lang.foreign.Arena arena = java.lang.foreign.Arena.ofConfined()) {
      listener.errors().await("listening on");
      sender.connect(Address.Unix.of(Path.of(path)));
      sender.send(arena.allocateFrom("no answer, please").asSlice(0, 17));
      listener.out().await("no answer, please");
      Dialogue.assertDone(listener);
    }
  }

  @Test
  void idleIsAnEnd() throws Exception {
    try (Tool listener = Tool.start("cat", "-lv", "127.0.0.1", "0")) {
      String port = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      try (Tool caller = Tool.start("cat", "-v", "-w", "0.2", "127.0.0.1", port)) {
        Dialogue.assertDone(caller);
        caller.errors().await("idle");
      }
    }
  }

  @Test
  void theSourcePortIsTaken() throws Exception {
    try (Tool listener = Tool.start("cat", "-lvu", "-q0", "127.0.0.1", "0")) {
      String to = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      String port = freePort();
      try (Tool caller = Tool.start("cat", "-u", "-q0", "-p", port, "127.0.0.1", to)) {
        Dialogue.exchange(caller, listener);
        listener.errors().await("datagram from 127.0.0.1:" + port + "\n");
      }
    }
  }

  @Test
  void refused() throws Exception {
    try (Socket deaf = Socket.open(Domain.INET, Type.STREAM)) {
      deaf.bind("127.0.0.1", 0);
      String port = Integer.toString(deaf.getsockname().port());
      try (Tool tool = Tool.start("cat", "127.0.0.1", port)) {
        assertEquals(1, tool.exitCode());
        assertEquals(
            "nixio cat: connect 127.0.0.1:%s: Connection refused (ECONNREFUSED, errno 111)\n"
                .formatted(port),
            tool.errors().text());
      }
      try (Tool tool = Tool.start("cat", "--verbose", "127.0.0.1", port)) {
        assertEquals(1, tool.exitCode());
        tool.errors().await("\tat nixio\\.Socket\\.connect");
      }
    }
  }

  @Test
  void refusedDatagram() throws Exception {
    try (Tool tool = Tool.start("cat", "-u", "127.0.0.1", freePort())) {
      tool.say("anybody?");
      assertEquals(1, tool.exitCode());
      tool.errors().await("Connection refused");
    }
  }

  /** One that nobody had a moment ago. */
  private static String freePort() throws IOException {
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      return Integer.toString(socket.bind("127.0.0.1", 0).getsockname().port());
    }
  }

  @Test
  void noSuchPath() throws Exception {
    String path = directory.resolve("nothing").toString();
    try (Tool tool = Tool.start("cat", "-U", path)) {
      assertEquals(1, tool.exitCode());
      tool.errors().await("nixio cat: connect .*/nothing: No such file or directory");
    }
  }

  @Test
  void connectingHasALimit() throws Exception {
    try (Socket full = Socket.open(Domain.INET, Type.STREAM)) {
      full.bind("127.0.0.1", 0).listen(0);
      List<Socket> queue = fill(full);
      try (Tool tool = Tool.start("cat", "-w0.3", "127.0.0.1", "" + full.getsockname().port())) {
        assertEquals(1, tool.exitCode());
        tool.errors().await("nixio cat: connect 127.0.0.1:\\d+: .*");
      } finally {
        for (Socket each : queue) {
          each.close();
        }
      }
    }
  }

  /** Connects until the backlog has no more room. */
  private static List<Socket> fill(Socket listener) throws IOException {
    List<Socket> queue = new ArrayList<>();
    try {
      while (queue.size() < 100) {
        Socket next = Socket.open(Domain.INET, Type.STREAM);
        queue.add(next);
        next.connect(listener.getsockname(), Duration.ofMillis(200));
      }
    } catch (SocketTimeoutException e) {
      return queue;
    }
    throw new AssertionError("a backlog of 0 took 100 connections");
  }

  @Test
  void asAProcess() throws Exception {
    byte[] data = new byte[3_000_001];
    new Random(1).nextBytes(data);
    Path source = Files.write(directory.resolve("source"), data);
    Path copy = directory.resolve("copy");
    ProcessBuilder listening =
        Program.nixio("cat", "-lv", "127.0.0.1", "0").redirectOutput(copy.toFile());
    try (Program listener = Program.start(listening)) {
      String port = listener.errors().await("listening on 127.0.0.1:(\\d+)\n");
      ProcessBuilder calling =
          Program.nixio("cat", "127.0.0.1", port).redirectInput(source.toFile());
      try (Program caller = Program.start(calling)) {
        listener.finish();
        assertEquals(0, caller.exitCode(), () -> caller.errors().text());
        assertEquals(0, listener.exitCode(), () -> listener.errors().text());
      }
    }
    assertArrayEquals(data, Files.readAllBytes(copy));
  }

  @Test
  void theSocketsFileGoesWithTheProcess() throws Exception {
    Path path = directory.resolve("gone");
    try (Program listener = Program.start(Program.nixio("cat", "-lvU", path.toString()))) {
      listener.errors().await("listening on");
      assertTrue(Files.exists(path));
      try (Tool caller = Tool.start("cat", "-U", path.toString())) {
        caller.finish();
        listener.finish();
        assertEquals(0, listener.exitCode());
      }
    }
    assertFalse(Files.exists(path));
  }
}
