package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.common.base.Splitter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Descriptors from a parent, and for a child. */
class InheritedTest {
  /** A service manager in small: it listens, tells so as systemd does, and becomes the program. */
  private static final String MANAGER =
      """
      import os, socket, sys
      names = sys.argv[1]
      pid = sys.argv[2]
      kept = []
      for name in names.split(':'):
          s = socket.socket(socket.AF_INET)
          s.bind(('127.0.0.1', 0))
          s.listen()
          kept.append(s)
      print(*[s.getsockname()[1] for s in kept], flush=True)
      moved = [os.dup2(s.fileno(), 100 + i) for i, s in enumerate(kept)]
      for i, fd in enumerate(moved):
          os.dup2(fd, 3 + i, inheritable=True)
      env = dict(os.environ, LISTEN_FDS=str(len(kept)), LISTEN_FDNAMES=names)
      env['LISTEN_PID'] = str(os.getpid()) if pid == 'own' else pid
      os.execve(sys.argv[3], sys.argv[3:], env)
      """;

  private static Python managed(String names, String pid, String... arguments) throws Exception {
    List<Object> command = new ArrayList<>(List.of(names, pid));
    command.addAll(Forked.main(InheritedMain.class));
    command.addAll(List.of(arguments));
    return Python.start(MANAGER, command.toArray());
  }

  @Test
  void listenersOfAManagerAreTaken() throws Exception {
    try (Python java = managed("http:control", "own")) {
      List<String> ports = Splitter.on(' ').splitToList(java.line());
      assertEquals("2", java.line());
      for (int i = 0; i < 2; i++) {
        assertEquals((i == 0 ? "http" : "control") + " inet true true", java.line());
        try (Socket client = Nixio.connect("127.0.0.1", Integer.parseInt(ports.get(i)))) {
          MemorySegment buffer = Bytes.room(100);
          client.recvall(buffer.asSlice(0, 1));
          assertEquals("!", Bytes.text(buffer, 1));
          long n = client.recvall(buffer);
          // the child has no variables, and 0, 1, 2 and what ls itself opens
          assertEquals("none none none 4\n", Bytes.text(buffer, n));
        }
      }
      java.end();
    }
  }

  @Test
  void thoseOfAnotherProcessAreLeftAlone() throws Exception {
    try (Python java = managed("http", "1")) {
      java.line();
      assertEquals("0", java.line());
      java.end();
    }
  }

  @Test
  void oneByItsNumberIsTaken() throws Exception {
    try (Python java = managed("http", "1", "3")) {
      String port = java.line();
      assertEquals("0", java.line());
      assertEquals("127.0.0.1:" + port, java.line());
      java.end();
    }
  }

  @Test
  void variablesThatMakeNoSenseAreTold() throws Exception {
    assertEquals(List.of(), Inherited.all(Map.of(), 7));
    assertEquals(List.of(), Inherited.all(Map.of("LISTEN_FDS", "1"), 7));
    assertEquals(List.of(), Inherited.all(Map.of("LISTEN_FDS", "1", "LISTEN_PID", "8"), 7));
    assertEquals(List.of(), Inherited.all(Map.of("LISTEN_FDS", "0", "LISTEN_PID", "7"), 7));
    assertEquals(
        List.of(),
        Inherited.all(Map.of("LISTEN_FDS", "0", "LISTEN_PID", "7", "LISTEN_FDNAMES", ""), 7));
    for (String fds : List.of("", "x", "-1", "1.5", "2147483647", "99999999999")) {
      IllegalStateException refused =
          assertThrows(
              IllegalStateException.class,
              () -> Inherited.all(Map.of("LISTEN_FDS", fds, "LISTEN_PID", "7"), 7));
      assertEquals("LISTEN_FDS=" + fds + " is no number of descriptors", refused.getMessage());
    }
    Map<String, String> few = Map.of("LISTEN_FDS", "2", "LISTEN_PID", "7", "LISTEN_FDNAMES", "one");
    assertEquals(
        "LISTEN_FDNAMES=one has 1 names for 2 descriptors",
        assertThrows(IllegalStateException.class, () -> Inherited.all(few, 7)).getMessage());
    assertThrows(IllegalArgumentException.class, () -> Inherited.of(-1));
    NixioException closed =
        assertThrows(NixioException.class, () -> Inherited.of(Integer.MAX_VALUE));
    assertEquals("inherit descriptor 2147483647", closed.operation());
    assertEquals(Errno.EBADF, closed.errno());
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM})
  void aChildSpeaksThroughTheSocket(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Child child = Child.start(pair.second(), "cat");
      pair.second().close();
      MemorySegment data = Bytes.pattern(10_000);
      MemorySegment back = Bytes.room(10_000);
      pair.first().sendall(data);
      pair.first().recvall(back);
      assertEquals(-1, data.mismatch(back));
      assertTrue(child.handle().isAlive());
      pair.first().shutdown(Shutdown.WR);
      assertEquals(Socket.EOF, pair.first().recv(back));
      assertEquals(0, child.waitFor());
      assertFalse(child.handle().isAlive());
    }
  }

  @OnBothThreads
  void theEndIsTold() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open()) {
      for (int code : new int[] {0, 1, 77, 255}) {
        Child child = Child.start(pair.second(), "sh", "-c", "exit " + code);
        assertEquals(code, child.waitFor());
        assertEquals(code, child.onExit().get(1, TimeUnit.SECONDS));
        assertFalse(Files.exists(Path.of("/proc", Long.toString(child.handle().pid()))), "zombie");
      }
      Child child = Child.start(pair.second(), "sleep", "100");
      assertTrue(child.handle().destroyForcibly());
      assertEquals(128 + 9, child.waitFor());
    }
  }

  @OnBothThreads
  void whatAChildGetsAndDoesNotGet() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open()) {
      Map<String, String> environment = new HashMap<>(Map.of("COLOUR", "\u00e9 red"));
      environment.put("PATH", System.getenv("PATH"));
      String see = "echo $COLOUR; ls /proc/self/fd | wc -l";
      Child child = Child.start(pair.second(), List.of("sh", "-c", see), environment);
      assertEquals(0, child.waitFor());
      child = Child.start(pair.second(), "grep", "SigBlk", "/proc/self/status");
      assertEquals(0, child.waitFor());
      pair.second().close();
      MemorySegment buffer = Bytes.room(200);
      byte[] said = new byte[(int) pair.first().recvall(buffer)];
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, said, 0, said.length);
      assertEquals(
          "\u00e9 red\n4\nSigBlk:\t0000000000000000\n", new String(said, StandardCharsets.UTF_8));
    }
  }

  @OnBothThreads
  void whatCannotBeStartedIsTold() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open()) {
      Socket socket = pair.second();
      NixioException failure =
          assertThrows(NixioException.class, () -> Child.start(socket, "/no/such/program"));
      assertEquals("posix_spawn /no/such/program", failure.operation());
      assertEquals(Errno.ENOENT, failure.errno());
      assertThrows(IllegalArgumentException.class, () -> Child.start(socket));
      assertThrows(IllegalArgumentException.class, () -> Child.start(socket, "a\0b"));
      for (String name : List.of("", "a=b", "a\0b")) {
        assertThrows(
            IllegalArgumentException.class,
            () -> Child.start(socket, List.of("true"), Map.of(name, "x")));
      }
      socket.close();
      NixioException closed = assertThrows(NixioException.class, () -> Child.start(socket, "true"));
      assertEquals(Errno.EBADF, closed.errno());
      assertNotEquals(null, closed.getMessage());
    }
  }
}
