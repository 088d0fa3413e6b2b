package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import nixio.posix.Constants;
import org.junit.jupiter.api.function.Executable;

/** Closing a socket: before a call, and while other threads are inside of one. */
class CloseTest {
  private static final Duration LONG = Duration.ofMinutes(10);

  /** RFC 3692 keeps it for experiments, and 253, which others here use. */
  private static final int UNUSED_PROTOCOL = 254;

  /** Starts calls that can't go on, and sees them end when the socket is closed. */
  private static void assertCloseEnds(Threads threads, Socket socket, List<Callable<?>> calls)
      throws Exception {
    List<Task<?>> tasks = new ArrayList<>();
    for (Callable<?> call : calls) {
      tasks.add(threads.start(call));
    }
    for (Task<?> task : tasks) {
      task.awaitBlocked();
    }
    socket.close();
    for (Task<?> task : tasks) {
      assertClosed(task.failure(NixioException.class));
    }
    assertFalse(socket.isOpen());
  }

  private static void assertClosed(NixioException failure) {
    assertEquals(Errno.EBADF, failure.errno());
    assertTrue(failure.getMessage().contains("socket closed"), failure::getMessage);
  }

  @OnBothThreads
  void endsReceivingOfEveryForm(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      MemorySegment heap = MemorySegment.ofArray(new byte[8]);
      assertCloseEnds(
          threads,
          socket,
          List.of(
              () -> socket.recv(Bytes.room(8)),
              () -> socket.recv(heap),
              () -> socket.recv(Arena.ofAuto(), 8),
              () -> socket.recvfrom(Bytes.room(8), new AddressBuffer()),
              () -> socket.recvfrom(Arena.ofAuto(), 8),
              () -> socket.recv(Bytes.room(8), Msg.WAITALL),
              () -> socket.recv(Bytes.room(8), Msg.PEEK)));
    }
  }

  @OnBothThreads
  void endsReceivingOfTheWhole(Link link, Threads threads) throws Exception {
    for (Duration timeout : new Duration[] {null, LONG}) {
      try (Pair pair = link.open()) {
        Socket socket = pair.first();
        if (link.isStream()) {
          pair.second().send(Bytes.of("abc"));
          Await.until("three bytes", () -> socket.recv(Bytes.room(8), Msg.PEEK) == 3);
        }
        MemorySegment buffer = Bytes.room(8);
        Task<Long> first = threads.start(() -> socket.recvall(buffer, timeout)).awaitBlocked();
        Task<Long> next = threads.start(() -> socket.recvall(Bytes.room(8), timeout));
        next.awaitBlocked();
        socket.close();
        NixioException failure = first.failure(NixioException.class);
        assertClosed(failure);
        assertEquals(link.isStream() ? 3 : 0, failure.transferred());
        if (link.isStream()) {
          assertEquals("abc", Bytes.text(buffer, 3));
        }
        assertClosed(next.failure(NixioException.class));
      }
    }
  }

  @OnBothThreads(
      links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET, Link.UNIX_DGRAM})
  void endsSendingOfEveryForm(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      MemorySegment data = Bytes.room(link.isStream() ? 8 << 20 : 1000);
      while (socket.send(data, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
        // until the queue is full
      }
      List<Callable<?>> calls =
          new ArrayList<>(
              List.of(
                  () -> socket.send(data),
                  () -> socket.send(MemorySegment.ofArray(new byte[(int) data.byteSize()])),
                  () -> socket.sendall(data),
                  () -> socket.sendall(data, LONG)));
      if (link != Link.UNIX_STREAM && link != Link.UNIX_SEQPACKET) {
        Address to = pair.second().getsockname();
        calls.add(() -> socket.sendto(data, to));
        calls.add(() -> socket.sendto(data, new AddressBuffer().set(to)));
      }
      assertCloseEnds(threads, socket, calls);
    }
  }

  @OnBothThreads
  void endsSendingToAFullQueueOfNoPeerOfOurs(Threads threads) throws Exception {
    try (Socket receiver = Link.UNIX_DGRAM.bound();
        Socket socket = Link.UNIX_DGRAM.socket()) {
      Address to = receiver.getsockname();
      MemorySegment data = Bytes.room(8);
      while (socket.sendto(data, to, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
        // until the queue is full
      }
      assertCloseEnds(
          threads, socket, List.of(() -> socket.sendto(data, to), () -> socket.sendto(data, to)));
      assertEquals(8, receiver.recv(data), "the receiver is as it was");
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void endsAccept(Link link, Threads threads) throws Exception {
    try (Socket listener = link.listener()) {
      assertCloseEnds(
          threads, listener, List.of(listener::accept, listener::accept, listener::accept));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void endsConnect(Link link, Threads threads) throws Exception {
    for (Duration timeout : new Duration[] {null, LONG}) {
      try (FullListener full = new FullListener(link);
          Socket socket = link.socket()) {
        assertCloseEnds(threads, socket, List.of(() -> socket.connect(full.address(), timeout)));
      }
    }
  }

  @OnBothThreads
  void endsCallsInBothDirectionsAtOnce(Threads threads) throws Exception {
    for (Link link : List.of(Link.TCP, Link.UNIX_STREAM)) {
      try (Pair pair = link.open()) {
        Socket socket = pair.first();
        assertCloseEnds(
            threads,
            socket,
            List.of(() -> socket.recv(Bytes.room(8)), () -> socket.sendall(Bytes.room(16 << 20))));
      }
    }
  }

  @OnBothThreads
  void endsCallsOfPlatformAndVirtualThreadsAtOnce(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      Callable<Long> call = () -> socket.recv(Bytes.room(8));
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        tasks.add(Threads.PLATFORM.start(call));
        tasks.add(Threads.VIRTUAL.start(call));
      }
      for (Task<Long> task : tasks) {
        task.awaitBlocked();
      }
      List<Task<Void>> closers = new ArrayList<>();
      for (Threads kind : Threads.values()) {
        closers.add(kind.start(() -> close(socket)));
        closers.add(kind.start(() -> close(socket)));
      }
      for (Task<Void> closer : closers) {
        closer.get();
      }
      for (Task<Long> task : tasks) {
        assertClosed(task.failure(NixioException.class));
      }
    }
  }

  private static Void close(Socket socket) throws IOException {
    socket.close();
    return null;
  }

  @OnBothThreads
  void worksInAnInterruptedThreadWhichStaysSo(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first();
      Task<Long> receiving = threads.start(() -> socket.recv(Bytes.room(8))).awaitBlocked();
      Thread.currentThread().interrupt();
      socket.close();
      assertTrue(Thread.interrupted());
      assertClosed(receiving.failure(NixioException.class));
    }
  }

  @OnBothThreads
  void isDoneOnce(Link link) throws Exception {
    Socket socket = link.socket();
    assertTrue(socket.isOpen());
    socket.close();
    socket.close();
    assertFalse(socket.isOpen());
    assertEquals("nixio socket (closed)", socket.toString());
  }

  @OnBothThreads
  void letsNoCallInAnyMore(Link link) throws Exception {
    Socket socket = link.socket();
    Address address = link.anyAddress();
    socket.close();
    MemorySegment buffer = Bytes.room(8);
    MemorySegment heap = MemorySegment.ofArray(new byte[8]);
    AddressBuffer addressBuffer = new AddressBuffer().set(address);
    List<Executable> calls =
        List.of(
            socket::accept,
            () -> socket.bind(address),
            () -> socket.bind(address.host(), 0),
            () -> socket.bind(address.host(), "0"),
            () -> socket.connect(address),
            () -> socket.connect(address, LONG),
            () -> socket.connect(address.host(), 9),
            () -> socket.connect(address.host(), "9"),
            socket::detach,
            socket::dup,
            socket::fileno,
            () -> socket.getopt(Option.SO_TYPE),
            () -> socket.getopt("socket", "rcvbuf"),
            socket::getpeername,
            socket::getsockname,
            () -> socket.listen(1),
            () -> socket.recv(buffer),
            () -> socket.recv(heap, Msg.DONTWAIT),
            () -> socket.recv(Arena.ofAuto(), 8),
            () -> socket.recvall(buffer),
            () -> socket.recvall(heap, LONG),
            () -> socket.recvfrom(buffer, addressBuffer),
            () -> socket.recvfrom(Arena.ofAuto(), 8),
            () -> socket.send(buffer),
            () -> socket.send(heap, Msg.DONTWAIT),
            () -> socket.sendall(buffer),
            () -> socket.sendall(heap, LONG),
            () -> socket.sendto(buffer, address),
            () -> socket.sendto(buffer, new AddressBuffer().set(address)),
            () -> socket.sendto(buffer, address.host(), 9),
            () -> socket.setblocking(false),
            () -> socket.setopt(Option.SO_REUSEADDR, true),
            () -> socket.setopt("socket", "reuseaddr", 1),
            socket::shutdown,
            () -> socket.shutdown(Shutdown.WR),
            () -> new Poll().add(socket, Poll.IN));
    for (Executable call : calls) {
      assertClosed(assertThrows(NixioException.class, call));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.TCP6})
  void waitsForWhatWasSentWhereItLingers(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket sender = pair.first().setopt(Option.SO_LINGER, 60);
      MemorySegment data = Bytes.pattern(8 << 20);
      long sent = sender.send(data, Msg.DONTWAIT);
      Task<Void> closing = threads.start(() -> close(sender)).awaitBlocked();
      assertFalse(sender.isOpen());
      MemorySegment received = Bytes.room(data.byteSize());
      assertEquals(sent, pair.second().recvall(received));
      assertEquals(-1, received.asSlice(0, sent).mismatch(data.asSlice(0, sent)));
      closing.get();
    }
  }

  /** The number of a closed socket, which another has now, is not touched through the first. */
  @OnBothThreads
  void leavesTheNumberToWhoeverHasItNext(Link link) throws Exception {
    for (int tries = 0; tries < 10_000; tries++) {
      Socket closed = link.bound();
      int number = closed.fileno();
      closed.close();
      try (Socket next = link.bound()) {
        if (next.fileno() != number) {
          continue; // another test has it
        }
        Address name = next.getsockname();
        int size = next.getopt(Option.SO_RCVBUF);
        assertThrows(NixioException.class, () -> closed.setopt(Option.SO_RCVBUF, size / 4));
        assertThrows(NixioException.class, () -> closed.setblocking(false));
        assertThrows(NixioException.class, closed::getsockname);
        assertThrows(NixioException.class, closed::detach);
        closed.close();
        assertEquals(name, next.getsockname());
        assertEquals(size, next.getopt(Option.SO_RCVBUF));
        assertEquals(0, AdoptTest.flags(number) & 04000, "O_NONBLOCK");
        return;
      }
    }
    throw new AssertionError("no number was used again");
  }

  /** Each pair of sockets has a mark of its own: no call on a closed one may see another's. */
  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void inARaceNoCallReachesTheNextSocketOfTheNumber(Link link, Threads threads) throws Exception {
    for (int round = 0; round < 150; round++) {
      int mark = round;
      Pair pair = link.open();
      Task<Void> receiving =
          threads.start(() -> {
            MemorySegment buffer = Bytes.room(4);
            for (; ; ) {
              long n = pair.first().recv(buffer);
              assertTrue(n == 4, () -> "recv answered " + n);
              assertEquals(mark, buffer.get(ValueLayout.JAVA_INT, 0));
            }
          });
      Task<Void> closing =
          threads.start(() -> {
            int turns = ThreadLocalRandom.current().nextInt(2000);
            for (int i = 0; i < turns; i++) {
              Thread.onSpinWait();
            }
            return close(pair.first());
          });
      MemorySegment marked = Bytes.room(4);
      marked.set(ValueLayout.JAVA_INT, 0, mark);
      try {
        for (int i = 0; i < 10; i++) {
          pair.second().send(marked);
        }
      } catch (NixioException e) {
        assertTrue(
            List.of(Errno.EPIPE, Errno.ECONNRESET, Errno.ECONNREFUSED).contains(e.errno()),
            e::getMessage);
      }
      closing.get();
      try (Pair next = link.open()) {
        marked.set(ValueLayout.JAVA_INT, 0, -1);
        next.second().send(marked);
        assertClosed(receiving.failure(NixioException.class));
        assertEquals(4, next.first().recv(marked));
      }
      pair.second().close();
    }
  }

  /** Of these, shutdown(2) would wake nobody. */
  @OnBothThreads
  void endsReceivingOfKindsWithoutAPeer(Threads threads) throws Exception {
    List<Callable<Socket>> kinds =
        List.of(
            () -> Socket.open(Domain.of(Constants.AF_NETLINK), Type.RAW),
            () -> Socket.open(Domain.of(Constants.AF_PACKET), Type.RAW),
            () -> Socket.open(Domain.of(Constants.AF_PACKET), Type.DGRAM),
            () -> Socket.open(Domain.INET, Type.RAW, Protocol.of(UNUSED_PROTOCOL)),
            () -> Socket.open(Domain.INET6, Type.RAW, Protocol.of(UNUSED_PROTOCOL)));
    for (Callable<Socket> kind : kinds) {
      try (Socket socket = kind.call()) {
        assertCloseEnds(
            threads,
            socket,
            List.of(
                () -> socket.recv(Bytes.room(8)),
                () -> socket.recvfrom(Bytes.room(8), new AddressBuffer()),
                () ->
                    new Poll().add(socket, Poll.IN).poll(null) == 1
                        ? socket.recv(Bytes.room(8))
                        : null));
      } catch (NixioException e) {
        assertEquals(Errno.EPERM, e.errno(), e::getMessage);
        assertFalse(Capability.CAP_NET_RAW.isHeld(), e::getMessage);
      }
    }
  }

  /** A median, since anything may hold up a single one. */
  @OnBothThreads(links = {Link.TCP, Link.UDP, Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void wakesWithinATenthOfASecond(Link link, Threads threads) throws Exception {
    long[] nanos = new long[31];
    for (int round = 0; round < nanos.length; round++) {
      try (Pair pair = link.open()) {
        Task<Long> task =
            threads
                .start(() -> {
                  assertThrows(NixioException.class, () -> pair.first().recv(Bytes.room(8)));
                  return System.nanoTime();
                })
                .awaitBlocked();
        long start = System.nanoTime();
        pair.first().close();
        nanos[round] = task.get() - start;
      }
    }
    Arrays.sort(nanos);
    long median = nanos[nanos.length / 2];
    assertTrue(median < 100_000_000, () -> "median of " + Arrays.toString(nanos));
  }
}
