package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Who owns a descriptor: adopt, detach, dup, and close-on-exec. */
class AdoptTest {
  private static final long O_NONBLOCK = 04000;
  private static final long O_CLOEXEC = 02000000;

  /** The flags of a descriptor, as proc_pid_fdinfo(5) has them. */
  static long flags(int fd) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/fdinfo/" + fd))) {
      String flags = lines.filter(line -> line.startsWith("flags:")).findFirst().orElseThrow();
      return Long.parseLong(flags.substring(6).strip(), 8);
    }
  }

  /** Which file or socket a descriptor is; null if it is not open. */
  static String target(int fd) throws IOException {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  @OnBothThreads
  void anAdoptedDescriptorIsTheSocketThatItWas(Link link) throws Exception {
    for (boolean blocking : List.of(true, false)) {
      try (Pair pair = link.open()) {
        Address name = pair.first().getsockname();
        String target = target(pair.first().fileno());
        int fd = pair.first().setblocking(blocking).detach();
        assertFalse(pair.first().isOpen());
        assertEquals(blocking ? 0 : O_NONBLOCK, flags(fd) & O_NONBLOCK);

        try (Socket adopted = Socket.adopt(fd)) {
          assertEquals(fd, adopted.fileno());
          assertEquals("nixio socket " + fd, adopted.toString());
          assertEquals(link.domain, adopted.domain());
          assertEquals(link.type, adopted.type());
          assertEquals(protocol(link), adopted.protocol());
          assertEquals(blocking, adopted.isBlocking());
          assertEquals(name, adopted.getsockname());
          adopted.send(Bytes.of("x"));
          assertEquals(1, pair.second().recv(Bytes.room(2)));
        }
        assertNotEquals(target, target(fd), "closed with the one that adopted it");
      }
    }
  }

  private static Protocol protocol(Link link) {
    if (link.domain == Domain.UNIX) {
      return Protocol.DEFAULT;
    }
    return link.isStream() ? Protocol.TCP : Protocol.UDP;
  }

  @OnBothThreads
  void closingASocketThatWasDetachedClosesNothing(Link link) throws Exception {
    Socket socket = link.socket();
    int fd = socket.detach();
    String target = target(fd);
    socket.close();
    assertEquals(target, target(fd));
    assertEquals(Errno.EBADF, assertThrows(NixioException.class, socket::detach).errno(), "twice");
    Socket.adopt(fd).close();
    assertNotEquals(target, target(fd));
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aListenerIsDetachedInTheUsersMode(Link link, Threads threads) throws Exception {
    for (boolean blocking : List.of(true, false)) {
      int fd;
      try (Socket listener = link.listener()) {
        Task<Accepted> accepting = threads.start(listener::accept);
        accepting.awaitBlocked();
        try (Socket client = link.socket()) {
          client.connect(listener.getsockname());
          accepting.get().socket().close();
        }
        assertTrue(listener.isBlocking());
        fd = listener.setblocking(blocking).detach();
      }
      try (Socket adopted = Socket.adopt(fd)) {
        assertEquals(blocking, adopted.isBlocking(), "after setblocking(" + blocking + ")");
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void anAcceptOfAVirtualThreadDoesNotShowInTheMode(Link link) throws Exception {
    try (Socket listener = link.listener()) {
      Task<Accepted> parked = Threads.VIRTUAL.start(listener::accept).awaitBlocked();
      Task<Accepted> blocked = Threads.PLATFORM.start(listener::accept);
      blocked.awaitBlocked();
      try (Socket one = link.socket();
          Socket two = link.socket()) {
        one.connect(listener.getsockname());
        two.connect(listener.getsockname());
        parked.get().socket().close();
        blocked.get().socket().close();
      }
      assertTrue(listener.isBlocking());
      listener.setblocking(false);
      assertNull(listener.accept());
    }
  }

  @OnBothThreads
  void aRefusedDescriptorStaysOpenAndTheCallers(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("file");
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      int fd = descriptorOf(file);
      NixioException refused = assertThrows(NixioException.class, () -> Socket.adopt(fd));
      assertEquals(Errno.ENOTSOCK, refused.errno());
      assertEquals(file.toString(), target(fd));
      assertTrue(channel.isOpen());
    }
  }

  private static int descriptorOf(Path file) throws IOException {
    try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path entry : all) {
        int fd = Integer.parseInt(entry.getFileName().toString());
        if (file.toString().equals(target(fd))) {
          return fd;
        }
      }
    }
    throw new AssertionError("no descriptor of " + file);
  }

  @OnBothThreads
  void whatIsNoOpenDescriptorIsNotAdopted() {
    int beyond = Integer.MAX_VALUE;
    assertEquals(
        Errno.EBADF, assertThrows(NixioException.class, () -> Socket.adopt(beyond)).errno());
    IllegalArgumentException negative =
        assertThrows(IllegalArgumentException.class, () -> Socket.adopt(-1));
    assertTrue(negative.getMessage().contains("-1"), negative::getMessage);
  }

  @OnBothThreads
  void aDuplicateOutlivesTheOriginal(Link link) throws Exception {
    try (Pair pair = link.open()) {
      try (Socket duplicate = pair.first().dup()) {
        assertNotEquals(pair.first().fileno(), duplicate.fileno());
        assertEquals(pair.first().getsockname(), duplicate.getsockname());
        assertEquals(link.domain, duplicate.domain());
        assertEquals(link.type, duplicate.type());
        pair.first().close();
        duplicate.send(Bytes.of("x"));
        MemorySegment buffer = Bytes.room(4);
        assertEquals(1, pair.second().recv(buffer));
        pair.second().send(Bytes.of("yz"));
        assertEquals(2, duplicate.recv(buffer));
      }
    }
  }

  @OnBothThreads
  void closingOneOwnerEndsOnlyItsOwnCalls(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open();
        Socket duplicate = pair.first().dup()) {
      Task<Long> original = threads.start(() -> pair.first().recv(Bytes.room(4)));
      Task<Long> other = threads.start(() -> duplicate.recv(Bytes.room(4)));
      original.awaitBlocked();
      other.awaitBlocked();
      pair.first().close();
      assertEquals(Errno.EBADF, original.failure(NixioException.class).errno());
      other.awaitBlocked();
      pair.second().send(Bytes.of("abc"));
      assertEquals(3, other.get());
    }
  }

  @OnBothThreads
  void detachEndsCallsInProgressAndLeavesTheConnection(Link link, Threads threads)
      throws Exception {
    try (Pair pair = link.open()) {
      Task<Long> receiving = threads.start(() -> pair.first().recv(Bytes.room(4)));
      receiving.awaitBlocked();
      int fd = pair.first().detach();
      assertEquals(Errno.EBADF, receiving.failure(NixioException.class).errno());
      try (Socket adopted = Socket.adopt(fd)) {
        pair.second().send(Bytes.of("abc"));
        Task<Long> again = threads.start(() -> adopted.recv(Bytes.room(4)));
        assertEquals(3, again.get());
      }
    }
  }

  /** Another process, or a library beside this one, may hold the listener too. */
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void acceptLeavesTheModeOfOtherHoldersAlone(Link link, Threads threads) throws Exception {
    try (Socket listener = link.listener();
        Socket other = listener.dup();
        Socket adopted = Socket.adopt(listener.dup().detach())) {
      for (Socket one : List.of(listener, adopted)) {
        Task<Accepted> accepting = threads.start(one::accept).awaitBlocked();
        try (Socket client = link.socket()) {
          client.connect(other.getsockname());
          accepting.get().socket().close();
        }
        assertEquals(0, flags(other.fileno()) & O_NONBLOCK);
        one.close();
        assertEquals(0, flags(other.fileno()) & O_NONBLOCK);
      }
    }
  }

  @OnBothThreads
  void everyDescriptorIsCloseOnExec(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket duplicate = pair.first().dup();
        Pair sockets = Socket.pair(Domain.UNIX, Type.STREAM)) {
      for (Socket socket :
          List.of(pair.first(), pair.second(), duplicate, sockets.first(), sockets.second())) {
        assertEquals(O_CLOEXEC, flags(socket.fileno()) & O_CLOEXEC);
      }
    }
  }
}
