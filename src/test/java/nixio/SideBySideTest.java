package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/** Several threads on one socket, of both kinds. */
class SideBySideTest {
  /** Connecting with a deadline makes the descriptor non-blocking for a moment. */
  @OnBothThreads
  void theModeThatConnectNeedsDoesNotShowInOtherCalls(Threads threads) throws Exception {
    try (Pair pair = Link.UDP.open()) {
      Socket socket = pair.first();
      Address to = pair.second().getsockname();
      AtomicBoolean over = new AtomicBoolean();
      Task<Void> reconnecting =
          threads.start(() -> {
            while (!over.get()) {
              assertTrue(socket.connect(to, Duration.ofMinutes(1)));
            }
            return null;
          });
      try {
        for (int i = 0; i < 3000; i++) {
          Task<Long> receiving = Threads.PLATFORM.start(() -> socket.recv(Bytes.room(8)));
          if (i % 10 == 0) {
            receiving.awaitBlocked();
          }
          pair.second().send(Bytes.of("abc"));
          assertEquals(3, receiving.get());
          if (i == 1000) {
            socket.setopt(Option.SO_RCVTIMEO, Duration.ofMinutes(5));
          }
        }
      } finally {
        over.set(true);
        reconnecting.get();
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void everyConnectionIsAcceptedByExactlyOne(Link link) throws Exception {
    int count = 200;
    ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
    List<Socket> clients = new ArrayList<>();
    Socket listener = link.listener();
    try {
      List<Task<Void>> acceptors = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Threads kind = i % 2 == 0 ? Threads.PLATFORM : Threads.VIRTUAL;
        acceptors.add(
            kind.start(() -> {
              for (; ; ) {
                try (Socket server = listener.accept().socket()) {
                  MemorySegment number = Bytes.room(4);
                  assertEquals(4, server.recvall(number));
                  seen.add(number.get(ValueLayout.JAVA_INT, 0));
                }
              }
            }));
      }
      for (int i = 0; i < count; i++) {
        Socket client = link.socket();
        clients.add(client);
        client.connect(listener.getsockname());
        MemorySegment number = Bytes.room(4);
        number.set(ValueLayout.JAVA_INT, 0, i);
        client.send(number);
      }
      Await.until("all connections", () -> seen.size() == count);
      assertEquals(count, seen.stream().distinct().count());
      listener.close();
      for (Task<Void> acceptor : acceptors) {
        assertEquals(Errno.EBADF, acceptor.failure(NixioException.class).errno());
      }
    } finally {
      listener.close();
      for (Socket client : clients) {
        client.close();
      }
    }
  }

  @OnBothThreads
  void everyMessageIsReceivedByExactlyOne() throws Exception {
    int count = 2000;
    for (Link link : List.of(Link.UNIX_DGRAM, Link.UNIX_SEQPACKET)) {
      ConcurrentLinkedQueue<Integer> seen = new ConcurrentLinkedQueue<>();
      try (Pair pair = link.open()) {
        List<Task<Void>> receivers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
          Threads kind = i % 2 == 0 ? Threads.PLATFORM : Threads.VIRTUAL;
          receivers.add(
              kind.start(() -> {
                MemorySegment number = Bytes.room(4);
                for (; ; ) {
                  assertEquals(4, pair.second().recv(number));
                  seen.add(number.get(ValueLayout.JAVA_INT, 0));
                }
              }));
        }
        List<Task<Void>> senders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
          int first = i * count / 4;
          Threads kind = i % 2 == 0 ? Threads.PLATFORM : Threads.VIRTUAL;
          senders.add(
              kind.start(() -> {
                MemorySegment number = Bytes.room(4);
                for (int n = first; n < first + count / 4; n++) {
                  number.set(ValueLayout.JAVA_INT, 0, n);
                  assertEquals(4, pair.first().send(number));
                }
                return null;
              }));
        }
        for (Task<Void> sender : senders) {
          sender.get();
        }
        Await.until("all messages", () -> seen.size() == count);
        assertEquals(count, seen.stream().distinct().count());
        pair.second().close();
        for (Task<Void> receiver : receivers) {
          assertEquals(Errno.EBADF, receiver.failure(NixioException.class).errno());
        }
      }
    }
  }

  /** A reply goes back and forth: a wake-up that is lost, or comes to the wrong one, hangs it. */
  @OnBothThreads
  void noWakeUpIsLost(Link link, Threads threads) throws Exception {
    int rounds = 2000;
    try (Pair pair = link.open()) {
      Task<Void> echo =
          threads.start(() -> {
            MemorySegment buffer = Bytes.room(8);
            for (int i = 0; i < rounds; i++) {
              assertEquals(8, pair.second().recv(buffer));
              assertEquals(8, pair.second().send(buffer));
            }
            return null;
          });
      MemorySegment buffer = Bytes.room(8);
      for (int i = 0; i < rounds; i++) {
        buffer.set(ValueLayout.JAVA_INT, 0, i);
        pair.first().send(buffer);
        assertEquals(8, pair.first().recv(buffer));
        assertEquals(i, buffer.get(ValueLayout.JAVA_INT, 0));
      }
      echo.get();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void manyThreadsMayWaitOnOneSocketAndEachIsServed(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        tasks.add(threads.start(() -> pair.first().recv(Bytes.room(1))));
      }
      for (Task<Long> task : tasks) {
        task.awaitBlocked();
      }
      for (int i = 0; i < tasks.size(); i++) {
        pair.second().send(Bytes.of("x"));
      }
      for (Task<Long> task : tasks) {
        assertEquals(1, task.get());
      }
    }
  }

  /** One event of room wakes them all, and comes for most of them too late. */
  @OnBothThreads
  void manySendersWaitForTheRoomOfOnePacket(Threads threads) throws Exception {
    int senders = 8;
    int each = 4000;
    try (Pair pair = Socket.pair(Domain.UNIX, Type.SEQPACKET)) {
      pair.first().setopt(Option.SO_SNDBUF, 1 << 13);
      List<Task<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        tasks.add(
            threads.start(() -> {
              MemorySegment data = Bytes.room(1500);
              for (int j = 0; j < each; j++) {
                assertEquals(1500, pair.first().send(data));
              }
              return null;
            }));
      }
      MemorySegment room = Bytes.room(2000);
      for (int i = 0; i < senders * each; i++) {
        for (Task<Void> task : tasks) {
          if (task.hasFailed()) {
            task.get();
          }
        }
        assertEquals(1500, pair.second().recv(room));
      }
      for (Task<Void> task : tasks) {
        task.get();
      }
    }
  }

  @OnBothThreads
  void manyVirtualThreadsWaitWithoutTakingACarrier() throws Exception {
    List<Pair> pairs = new ArrayList<>();
    try {
      List<Task<Long>> tasks = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        Pair pair = (i % 2 == 0 ? Link.TCP : Link.UNIX_STREAM).open();
        pairs.add(pair);
        tasks.add(Threads.VIRTUAL.start(() -> pair.first().recvall(Bytes.room(2))));
      }
      for (Task<Long> task : tasks) {
        task.awaitBlocked();
      }
      for (Pair pair : pairs) {
        pair.second().send(Bytes.of("ab"));
      }
      for (Task<Long> task : tasks) {
        assertEquals(2, task.get());
      }
    } finally {
      for (Pair pair : pairs) {
        pair.close();
      }
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void aTimeoutOfOneDoesNotDisturbAnother(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Task<Long> patient = threads.start(() -> pair.first().recv(Bytes.room(3))).awaitBlocked();
      for (int i = 0; i < 5; i++) {
        threads
            .start(() -> pair.first().recvall(Bytes.room(3), Duration.ofMillis(10)))
            .failure(SocketTimeoutException.class);
      }
      patient.awaitBlocked();
      pair.second().send(Bytes.of("abc"));
      assertEquals(3, patient.get());
    }
  }
}
