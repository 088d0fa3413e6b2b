package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What happens at any moment around a virtual thread's read: it hears of every byte and of the end.
 * A thread that parks although there is something for it is found by the deadline of its task.
 */
class MomentsTest {
  /** -Dmoments.rounds=10000 looks longer. */
  private static final int ROUNDS = Integer.getInteger("moments.rounds", 2_000);

  private static final long SECONDS = 120;

  private static long seed;

  @TempDir Path folder;

  @BeforeAll
  static void chooseSeed() {
    seed = Long.getLong("moments.seed", ThreadLocalRandom.current().nextLong());
    System.out.println("MomentsTest: -Dmoments.seed=" + seed);
  }

  /** Lets a while pass, at most as long as a few system calls take. */
  private static void linger(Random random) {
    long end = System.nanoTime() + random.nextInt(40_000);
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TCP6", "UNIX_STREAM"})
  void noByteAndNoEndIsMissed(Link link) throws Exception {
    Random random = new Random(seed);
    Task<Void> rounds =
        Threads.PLATFORM.start(() -> {
          try (Socket listener = link.listener()) {
            for (int round = 0; round < ROUNDS; round++) {
              endAtAnyMoment(link, listener, random, round);
            }
          }
          return null;
        });
    rounds.get(SECONDS);
  }

  private static void endAtAnyMoment(Link link, Socket listener, Random random, int round)
      throws Exception {
    try (Socket writer = link.socket();
        Arena arena = Arena.ofShared()) {
      writer.connect(listener.getsockname());
      try (Socket reader = listener.accept().socket()) {
        int first = random.nextInt(1, 64);
        int second = random.nextInt(64);
        MemorySegment buffer = arena.allocate(random.nextBoolean() ? 256 : 8, 64);
        Task<Long> read = Threads.VIRTUAL.start(() -> readToTheEnd(reader, buffer));
        MemorySegment data = Bytes.pattern(first + second);
        linger(random);
        writer.send(data, 0, first);
        if (second > 0) {
          linger(random);
          writer.send(data, first, second);
        }
        if (random.nextBoolean()) {
          linger(random);
        }
        end(writer, random.nextBoolean());
        assertEquals(first + second, read.get(), () -> "round " + round + " of seed " + seed);
      }
    }
  }

  private static void end(Socket writer, boolean whole) throws IOException {
    if (whole) {
      writer.close();
    } else {
      writer.shutdown(Shutdown.WR);
    }
  }

  /** The bytes of the pattern until the end. */
  private static long readToTheEnd(Socket reader, MemorySegment buffer) throws Exception {
    long total = 0;
    for (long n = reader.recv(buffer); n != Socket.EOF; n = reader.recv(buffer)) {
      for (long i = 0; i < n; i++) {
        assertEquals(Bytes.at(total + i), buffer.get(ValueLayout.JAVA_BYTE, i), "byte of " + total);
      }
      total += n;
    }
    return total;
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "TCP6", "UNIX_STREAM"})
  void questionsAndAnswersGoOn(Link link) throws Exception {
    Random random = new Random(seed);
    try (Pair pair = link.open()) {
      Task<Void> echo = Threads.VIRTUAL.start(() -> echo(pair.second()));
      Task<Void> asking =
          Threads.VIRTUAL.start(() -> {
            MemorySegment buffer = Bytes.room(4096);
            for (int round = 0; round < ROUNDS; round++) {
              long length = random.nextInt(1, random.nextInt(10) == 0 ? 4096 : 64);
              linger(random);
              pair.first().send(buffer, 0, length);
              assertEquals(length, pair.first().recvall(buffer.asSlice(0, length)));
            }
            return null;
          });
      asking.get(SECONDS);
      pair.first().shutdown(Shutdown.WR);
      echo.get();
    }
  }

  private static Void echo(Socket socket) throws Exception {
    MemorySegment buffer = Bytes.room(1024);
    for (long n = socket.recv(buffer); n != Socket.EOF; n = socket.recv(buffer)) {
      socket.send(buffer, 0, n);
    }
    return null;
  }

  @Test
  void whatStandsBehindAnUrgentByteIsReceived() throws Exception {
    Random random = new Random(seed);
    try (Pair pair = Link.TCP.open()) {
      int around = 20;
      Task<Void> reading =
          Threads.VIRTUAL.start(() -> {
            MemorySegment buffer = Bytes.room(256);
            for (int round = 0; round < ROUNDS; round++) {
              for (long total = 0; total < around; ) {
                long n = pair.first().recv(buffer);
                assertTrue(n > 0, "an end");
                total += n;
              }
              pair.first().send(buffer, 0, 1); // nothing more comes before this
            }
            return null;
          });
      Task<Void> writing =
          Threads.PLATFORM.start(() -> {
            MemorySegment data = Bytes.pattern(around);
            for (int round = 0; round < ROUNDS; round++) {
              int before = random.nextInt(1, around);
              linger(random);
              pair.second().send(data, 0, before);
              linger(random);
              pair.second().send(Bytes.of("!"), Msg.OOB);
              pair.second().send(data, before, around - before);
              pair.second().recv(data.asSlice(0, 1));
            }
            return null;
          });
      writing.get(SECONDS);
      reading.get();
    }
  }

  /**
   * Where the sender changes, and at descriptors, a UNIX stream stops short of what stands behind.
   */
  @ParameterizedTest
  @EnumSource(Interruption.class)
  void whatStandsBehindDescriptorsAndCredentialsIsReceived(Interruption interruption)
      throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")), "needs python3");
    Path script = Files.writeString(folder.resolve("writer.py"), interruption.script);
    Path name = folder.resolve("socket");
    try (Socket listener = Link.UNIX_STREAM.socket().bind(name.toString()).listen(1)) {
      Process writer =
          new ProcessBuilder("/usr/bin/python3", script.toString(), name.toString(), "1000")
              .redirectErrorStream(true)
              .start();
      try (Socket reader = listener.accept().socket()) {
        reader.setopt(Option.SO_PASSCRED, interruption.credentials);
        Task<Void> reading =
            Threads.VIRTUAL.start(() -> {
              MemorySegment buffer = Bytes.room(256);
              reader.send(buffer, 0, 1);
              for (int round = 0; round < 1000; round++) {
                for (long total = 0; total < 30; ) {
                  long n = reader.recv(buffer);
                  assertTrue(n > 0, "an end");
                  total += n;
                }
                reader.send(buffer, 0, 1);
              }
              return null;
            });
        reading.get(SECONDS);
        assertTrue(writer.waitFor(SECONDS, TimeUnit.SECONDS));
        assertEquals(0, writer.exitValue(), () -> writer.inputReader().lines().toList().toString());
      } finally {
        writer.destroyForcibly();
      }
    }
  }

  /** What comes between the thirty bytes of a round. */
  enum Interruption {
    DESCRIPTORS(
        false,
        """
        import os, socket, sys
        s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.recv(1)
        for i in range(int(sys.argv[2])):
            s.send(b'a' * 10)
            socket.send_fds(s, [b'b' * 10], [0, 1])
            s.send(b'c' * 10)
            assert s.recv(1)
        """),
    CREDENTIALS_OF_TWO_WRITERS(
        true,
        """
        import os, socket, sys
        s = socket.socket(socket.AF_UNIX); s.connect(sys.argv[1]); s.recv(1)
        go, went = socket.socketpair()
        child = os.fork()
        if child == 0:
            go.close()
            while went.recv(1):
                s.send(b'b' * 10)
                went.send(b'.')
            os._exit(0)
        went.close()
        for i in range(int(sys.argv[2])):
            s.send(b'a' * 10)
            go.send(b'.'); go.recv(1)
            s.send(b'c' * 10)
            assert s.recv(1)
        go.close()
        os.waitpid(child, 0)
        """);

    final boolean credentials;
    final String script;

    Interruption(boolean credentials, String script) {
      this.credentials = credentials;
      this.script = script;
    }
  }

  @Test
  void sendersToAFullQueueOfDatagramsAllGetThrough() throws Exception {
    int senders = 4;
    int each = 500;
    try (Socket receiver = Link.UNIX_DGRAM.bound();
        Socket sender = Link.UNIX_DGRAM.socket()) {
      Address to = receiver.getsockname();
      Task<?>[] sending = new Task<?>[senders];
      for (int i = 0; i < senders; i++) {
        sending[i] =
            Threads.VIRTUAL.start(() -> {
              MemorySegment data = Bytes.room(16);
              for (int n = 0; n < each; n++) {
                assertEquals(16, sender.sendto(data, to));
              }
              return null;
            });
      }
      Random random = new Random(seed);
      Task<Void> receiving =
          Threads.VIRTUAL.start(() -> {
            MemorySegment buffer = Bytes.room(64);
            for (int n = 0; n < senders * each; n++) {
              if (random.nextInt(100) == 0) {
                linger(random);
              }
              assertEquals(16, receiver.recv(buffer));
            }
            return null;
          });
      receiving.get(SECONDS);
      for (Task<?> task : sending) {
        task.get();
      }
      assertEquals(Socket.WOULD_BLOCK, receiver.recv(Bytes.room(64), Msg.DONTWAIT));
    }
  }
}
