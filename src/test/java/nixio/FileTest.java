package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.nio.channels.FileChannel;
import java.nio.channels.NonReadableChannelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are sent: sendfile. */
class FileTest {
  private static final int SIZE = 1_500_000;

  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void write() throws IOException {
    path = directory.resolve("file");
    Files.write(path, Bytes.pattern(SIZE).toArray(ValueLayout.JAVA_BYTE));
  }

  /** A descriptor of the file, with its number. */
  private record Open(FileChannel channel, int fd) implements AutoCloseable {
    static Open of(Path path) throws IOException {
      FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
      for (Map.Entry<String, String> one : OpenDescriptors.now().entrySet()) {
        if (one.getValue().equals(path.toString())) {
          return new Open(channel, Integer.parseInt(one.getKey()));
        }
      }
      throw new AssertionError(path + " is not open");
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private interface Way {
    long send(Socket socket, Open file, long position, long count) throws IOException;
  }

  private static final Map<String, Way> WAYS =
      Map.of(
          "descriptor", (socket, file, at, count) -> socket.sendfile(file.fd, at, count),
          "channel", (socket, file, at, count) -> socket.sendfile(file.channel, at, count));

  private static void assertPattern(MemorySegment memory, long from) {
    for (long i = 0; i < memory.byteSize(); i++) {
      if (memory.get(ValueLayout.JAVA_BYTE, i) != Bytes.at(from + i)) {
        throw new AssertionError("wrong byte at " + (from + i));
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM})
  void aBlockingSocketTakesAll(Link link, Threads threads) throws Exception {
    for (Way way : WAYS.values()) {
      try (Pair pair = link.open();
          Open file = Open.of(path)) {
        Task<Long> task = threads.start(() -> way.send(pair.first(), file, 12_345, Long.MAX_VALUE));
        MemorySegment into = Bytes.room(SIZE - 12_345);
        assertEquals(into.byteSize(), pair.second().recvall(into));
        assertEquals(into.byteSize(), task.get());
        assertPattern(into, 12_345);
        assertEquals(0, file.channel.position());
        assertEquals(0, way.send(pair.first(), file, SIZE, 1));
        assertEquals(0, way.send(pair.first(), file, SIZE + 5L, 1));
        assertEquals(0, way.send(pair.first(), file, 0, 0));
        assertEquals(3, way.send(pair.first(), file, SIZE - 3, 10));
        assertEquals(3, pair.second().recv(into));
        assertPattern(into.asSlice(0, 3), SIZE - 3);
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aNonBlockingSocketTakesWhatThereIsRoomFor(Link link) throws Exception {
    for (Way way : WAYS.values()) {
      try (Pair pair = link.open();
          Open file = Open.of(path)) {
        pair.first().setblocking(false);
        MemorySegment into = Bytes.room(SIZE);
        long sent = 0;
        long received = 0;
        int blocked = 0;
        while (received < SIZE) {
          long n = sent == SIZE ? 0 : way.send(pair.first(), file, sent, SIZE - sent);
          blocked += n == Socket.WOULD_BLOCK ? 1 : 0;
          sent += Math.max(0, n);
          if (n == Socket.WOULD_BLOCK || sent == SIZE) {
            received += pair.second().recv(into, received, SIZE - received);
          }
        }
        assertTrue(blocked > 0, "it never was full");
        assertPattern(into, 0);
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void closeInterruptAndTimeOutEndIt(Link link, Threads threads) throws Exception {
    for (Way way : WAYS.values()) {
      try (Pair pair = link.open();
          Open file = Open.of(path)) {
        Socket socket = pair.first();
        Task<Long> sending = threads.start(() -> way.send(socket, file, 0, SIZE)).awaitBlocked();
        sending.interrupt();
        NixioException interrupted = sending.failure(NixioException.class);
        assertEquals(Errno.EINTR, interrupted.errno());
        long went = interrupted.transferred();
        assertTrue(went > 0 && went < SIZE, () -> "transferred " + went);

        socket.setopt(Option.SO_SNDTIMEO, Duration.ofMillis(30));
        SocketTimeoutException late =
            threads
                .start(() -> way.send(socket, file, went, SIZE))
                .failure(SocketTimeoutException.class);
        assertTrue(late.getMessage().contains("timed out"), late::getMessage);
        long all = went + late.bytesTransferred;
        socket.setopt(Option.SO_SNDTIMEO, Duration.ZERO);

        Task<Long> last = threads.start(() -> way.send(socket, file, all, SIZE)).awaitBlocked();
        socket.close();
        NixioException closed = last.failure(NixioException.class);
        assertEquals(Errno.EBADF, closed.errno());
        assertTrue(closed.getMessage().contains("socket closed"), closed::getMessage);
        MemorySegment into = Bytes.room(SIZE);
        long received = pair.second().recvall(into);
        assertEquals(all + closed.transferred(), received);
        assertPattern(into.asSlice(0, received), 0);
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aPeerThatHasGoneIsTold(Link link, Threads threads) throws Exception {
    for (Way way : WAYS.values()) {
      try (Pair pair = link.open();
          Open file = Open.of(path)) {
        Task<Long> sending =
            threads.start(() -> way.send(pair.first(), file, 0, SIZE)).awaitBlocked();
        pair.second().close();
        NixioException gone = sending.failure(NixioException.class);
        assertTrue(
            gone.errno() == Errno.EPIPE || gone.errno() == Errno.ECONNRESET, gone::getMessage);
        assertTrue(gone.transferred() > 0, gone::getMessage);
      }
    }
  }

  @Test
  void whoWasInterruptedBeforeSendsWithoutWaiting() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open();
        Open file = Open.of(path)) {
      for (Way way : WAYS.values()) {
        Thread.currentThread().interrupt();
        assertEquals(1000, way.send(pair.first(), file, 0, 1000));
        assertTrue(Thread.interrupted());
        assertTrue(file.channel.isOpen());
        assertEquals(1000, pair.second().recvall(Bytes.room(1000)));
      }
    }
  }

  @Test
  void badInputIsRefused() throws Exception {
    try (Pair pair = Link.TCP.open();
        Open file = Open.of(path);
        FileChannel written = FileChannel.open(path, StandardOpenOption.WRITE)) {
      Socket socket = pair.first();
      assertThrows(IllegalArgumentException.class, () -> socket.sendfile(-1, 0, 1));
      assertEquals(
          "sendfile: Bad file descriptor (EBADF, errno 9); the file's descriptor 999999 is not open"
              + " for reading",
          assertThrows(NixioException.class, () -> socket.sendfile(999_999, 0, 1)).getMessage());
      try (Socket datagrams = Link.UDP.bound()) {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class, () -> datagrams.sendfile(file.channel, 0, 1));
        assertTrue(refused.getMessage().endsWith("is dgram"), refused::getMessage);
      }
      assertThrows(IndexOutOfBoundsException.class, () -> socket.sendfile(file.fd, -1, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> socket.sendfile(file.channel, 0, -1));
      assertThrows(NullPointerException.class, () -> socket.sendfile(null, 0, 1));
      assertThrows(NonReadableChannelException.class, () -> socket.sendfile(written, 0, 1));
      NixioException bad = assertThrows(NixioException.class, () -> socket.sendfile(1 << 20, 0, 1));
      assertEquals(Errno.EBADF, bad.errno());
      assertTrue(bad.getMessage().startsWith("sendfile: "), bad::getMessage);
      socket.close();
      NixioException closed =
          assertThrows(NixioException.class, () -> socket.sendfile(file.fd, 0, 1));
      assertTrue(closed.getMessage().contains("socket closed"), closed::getMessage);
    }
  }

  @Test
  void aMappedFileIsSentAsItIs() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open();
        Open file = Open.of(path);
        Arena arena = Arena.ofConfined()) {
      MemorySegment map = file.channel.map(FileChannel.MapMode.READ_ONLY, 1000, 50_000, arena);
      assertEquals(50_000, pair.first().send(map));
      MemorySegment into = Bytes.room(50_000);
      assertEquals(50_000, pair.second().recvall(into));
      assertPattern(into, 1000);
    }
  }
}
