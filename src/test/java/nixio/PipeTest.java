package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that pass from socket to socket: Pipe. */
class PipeTest {
  private static final int SIZE = 3_000_000;

  /** A client and a server, and a relay's two sockets between them. */
  private record Chain(Pair left, Pair right) implements AutoCloseable {
    static Chain of(Link link) throws IOException {
      return new Chain(link.open(), link.open());
    }

    Socket client() {
      return left.first();
    }

    Socket from() {
      return left.second();
    }

    Socket to() {
      return right.first();
    }

    Socket server() {
      return right.second();
    }

    @Override
    public void close() throws IOException {
      left.close();
      right.close();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM})
  void everyByteIsRelayed(Link link, Threads threads) throws Exception {
    MemorySegment data = Bytes.pattern(SIZE);
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open()) {
      Task<Long> relaying =
          threads.start(() -> pipe.relay(chain.from(), chain.to(), Long.MAX_VALUE));
      Task<Long> sending =
          threads.start(() -> {
            long n = chain.client().send(data);
            chain.client().shutdown(Shutdown.WR);
            return n;
          });
      MemorySegment into = Bytes.room(SIZE);
      assertEquals(SIZE, chain.server().recvall(into));
      assertEquals(SIZE, sending.get());
      assertEquals(SIZE, relaying.get());
      assertEquals(-1, data.mismatch(into));
      assertEquals(SIZE, pipe.passed());
      assertEquals(0, pipe.held());
      assertEquals(Socket.EOF, pipe.relay(chain.from(), chain.to(), 1));
      assertEquals(Socket.EOF, pipe.fill(chain.from(), 1));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void noMoreIsTakenThanAskedFor(Link link) throws Exception {
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open()) {
      chain.client().send(Bytes.of("abcdefgh"));
      assertEquals(3, pipe.relay(chain.from(), chain.to(), 3));
      assertEquals(0, pipe.relay(chain.from(), chain.to(), 0));
      assertEquals(2, pipe.fill(chain.from(), 2));
      assertEquals(2, pipe.held());
      assertEquals(1, pipe.drain(chain.to(), 1));
      assertEquals(2, pipe.relay(chain.from(), chain.to(), 2));
      MemorySegment into = Bytes.room(8);
      assertEquals(6, chain.server().recvall(into.asSlice(0, 6)));
      assertEquals("abcdef", Bytes.text(into, 6));
      assertEquals(2, chain.from().recv(into));
      assertEquals("gh", Bytes.text(into, 2));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void nonBlockingSocketsTellWhereItStops(Link link) throws Exception {
    MemorySegment data = Bytes.pattern(SIZE);
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open()) {
      for (Socket socket : new Socket[] {chain.client(), chain.from(), chain.to()}) {
        socket.setblocking(false);
      }
      assertEquals(Socket.WOULD_BLOCK, pipe.relay(chain.from(), chain.to(), 10));
      assertEquals(Socket.WOULD_BLOCK, pipe.fill(chain.from(), 10));
      assertEquals(0, pipe.drain(chain.to(), 10));
      MemorySegment into = Bytes.room(SIZE);
      long sent = 0;
      long received = 0;
      boolean held = false;
      while (received < SIZE) {
        sent += sent == SIZE ? 0 : Math.max(0, chain.client().send(data, sent));
        long moved = pipe.relay(chain.from(), chain.to(), Long.MAX_VALUE);
        held |= pipe.held() > 0;
        if (moved == Socket.WOULD_BLOCK || pipe.held() > 0) {
          received += chain.server().recv(into, received, SIZE - received);
        }
      }
      assertTrue(held, "the pipe never held anything");
      assertEquals(-1, data.mismatch(into));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aFullPipeIsTold(Link link) throws Exception {
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open(4096)) {
      assertEquals(4096, pipe.capacity());
      chain.client().send(Bytes.pattern(10_000));
      long n;
      long all = 0;
      do {
        n = pipe.fill(chain.from(), 10_000);
        all += n;
      } while (n > 0);
      assertEquals(0, n);
      assertEquals(all, pipe.held());
      assertTrue(all <= 4096, () -> "held " + pipe.held());
      assertEquals(all, pipe.drain(chain.to(), Long.MAX_VALUE));
      assertEquals(10_000 - all, pipe.relay(chain.from(), chain.to(), 10_000 - all));
      MemorySegment into = Bytes.room(10_000);
      assertEquals(10_000, chain.server().recvall(into));
      assertEquals(-1, Bytes.pattern(10_000).mismatch(into));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void closeInterruptAndTimeOutEndIt(Link link, Threads threads) throws Exception {
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open()) {
      Task<Long> waiting = threads.start(() -> pipe.fill(chain.from(), 10)).awaitBlocked();
      assertThrows(IllegalStateException.class, () -> pipe.drain(chain.to(), 1));
      assertThrows(IllegalStateException.class, pipe::close);
      waiting.interrupt();
      assertEquals(Errno.EINTR, waiting.failure(NixioException.class).errno());

      chain.from().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(20));
      threads.start(() -> pipe.fill(chain.from(), 10)).failure(SocketTimeoutException.class);
      chain.from().setopt(Option.SO_RCVTIMEO, Duration.ZERO);

      Task<Long> again =
          threads.start(() -> pipe.relay(chain.from(), chain.to(), 10)).awaitBlocked();
      chain.from().close();
      NixioException closed = again.failure(NixioException.class);
      assertTrue(closed.getMessage().contains("socket closed"), closed::getMessage);
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void whatAPeerHasNotTakenStaysInside(Link link, Threads threads) throws Exception {
    try (Chain chain = Chain.of(link);
        Pipe pipe = Pipe.open()) {
      MemorySegment data = Bytes.pattern(SIZE);
      Task<Long> sending = threads.start(() -> chain.client().send(data));
      Task<Long> relaying =
          threads.start(() -> pipe.relay(chain.from(), chain.to(), Long.MAX_VALUE));
      relaying.awaitBlocked(); // nobody receives: all is full, some time
      Await.until("a full relay", () -> pipe.held() > 0 && sending.awaitBlocked() != null);
      chain.server().close();
      NixioException gone = relaying.failure(NixioException.class);
      assertTrue(gone.errno() == Errno.EPIPE || gone.errno() == Errno.ECONNRESET, gone::getMessage);
      assertEquals("splice to", gone.operation());
      long passed = pipe.passed();
      assertEquals(passed, gone.transferred());
      assertTrue(pipe.held() > 0 && passed > 0, pipe::toString);
      try (Pair other = link.open()) {
        long held = pipe.held();
        assertEquals(held, pipe.drain(other.first(), Long.MAX_VALUE));
        MemorySegment into = Bytes.room(held);
        assertEquals(held, other.second().recvall(into));
        assertEquals(-1, data.asSlice(passed, held).mismatch(into));
      }
      chain.from().close();
      sending.failure(NixioException.class);
    }
  }

  @Test
  void badInputIsRefused() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> Pipe.open(0));
    NixioException tooLarge =
        assertThrows(NixioException.class, () -> Pipe.open(Integer.MAX_VALUE));
    if (Capability.CAP_SYS_RESOURCE.isHeld()) {
      assertEquals(Errno.ENOMEM, tooLarge.errno(), tooLarge::getMessage);
    } else {
      assertEquals(Errno.EPERM, tooLarge.errno(), tooLarge::getMessage);
      assertTrue(tooLarge.getMessage().contains("2147483647"), tooLarge::getMessage);
      String most =
          "can have " + Forked.sysctl("fs.pipe-max-size") + ": /proc/sys/fs/pipe-max-size";
      assertTrue(tooLarge.getMessage().contains(most), tooLarge::getMessage);
    }
    try (Pair datagrams = Link.UDP.open();
        Chain chain = Chain.of(Link.TCP)) {
      Set<String> before = pipes();
      Pipe pipe = Pipe.open();
      Set<String> opened = pipes(); // and perhaps another test's, which it will close too
      opened.removeAll(before);
      assertFalse(opened.isEmpty());
      assertThrows(IndexOutOfBoundsException.class, () -> pipe.fill(chain.from(), -1));
      assertThrows(IndexOutOfBoundsException.class, () -> pipe.drain(chain.to(), -1));
      assertThrows(NullPointerException.class, () -> pipe.relay(chain.from(), null, 1));
      IllegalArgumentException refused =
          assertThrows(IllegalArgumentException.class, () -> pipe.fill(datagrams.second(), 1));
      assertTrue(refused.getMessage().endsWith("is dgram"), refused::getMessage);
      chain.to().close();
      NixioException closed =
          assertThrows(NixioException.class, () -> pipe.relay(chain.from(), chain.to(), 1));
      assertEquals(
          "splice to: Bad file descriptor (EBADF, errno 9); socket closed", closed.getMessage());
      chain.from().close();
      assertEquals(
          "splice from",
          assertThrows(NixioException.class, () -> pipe.fill(chain.from(), 0)).operation());
      pipe.close();
      pipe.close();
      assertThrows(IllegalStateException.class, () -> pipe.fill(chain.from(), 1));
      assertThrows(IllegalStateException.class, pipe::capacity);
      Await.until("both ends closed", () -> Collections.disjoint(pipes(), opened));
    }
  }

  @Test
  void whereNoDescriptorIsLeftThatIsSaid(@TempDir Path directory) throws Exception {
    assumeTrue(Forked.isInstalled("prlimit"), "needs util-linux");
    List<String> command = new ArrayList<>(List.of("prlimit", "--nofile=150:150"));
    command.addAll(Forked.main(ManyMain.class));
    assertEquals(
        List.of("pipe: Too many open files (EMFILE, errno 24)"),
        Forked.run(directory, command).lines());
  }

  /** Opens pipes until it may have no more. */
  static final class ManyMain {
    private ManyMain() {}

    public static void main(String[] args) throws Exception {
      List<Pipe> pipes = new ArrayList<>();
      // the classes that it needs are loaded while that can be
      Pipe.open(4096).close();
      assertThrows(NixioException.class, () -> Socket.adopt(9999));
      NixioException none =
          assertThrows(
              NixioException.class,
              () -> {
                while (pipes.size() < 1000) {
                  pipes.add(Pipe.open(4096));
                }
              });
      for (Pipe pipe : pipes) {
        pipe.close();
      }
      System.out.println(none.getMessage());
    }
  }

  private static Set<String> pipes() throws IOException {
    return OpenDescriptors.now().values().stream()
        .filter(what -> what.startsWith("pipe:"))
        .collect(Collectors.toCollection(HashSet::new));
  }
}
