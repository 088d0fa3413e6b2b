package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Waiting for many sockets together. */
class PollTest {
  @OnBothThreads
  void tellsWhichSocketHasWhat(Link link) throws Exception {
    try (Pair one = link.open();
        Pair two = link.open()) {
      Poll poll = new Poll().add(one.first(), Poll.IN).add(two.first(), Poll.IN | Poll.OUT);
      two.second().send(Bytes.of("abc"));
      Await.until("what was sent", () -> two.first().recv(Bytes.room(8), Msg.PEEK) == 3);
      assertEquals(1, poll.poll(null));
      assertEquals(0, poll.events(one.first()));
      assertEquals(Poll.IN | Poll.OUT, poll.events(two.first()));
      assertEquals(0, poll.events(two.second()), "not in the set");

      two.first().recv(Bytes.room(8));
      poll.set(two.first(), Poll.IN);
      assertEquals(0, poll.events(two.first()), "until the next poll");
      assertEquals(0, poll.poll(Duration.ZERO));
      poll.set(one.first(), Poll.OUT).set(two.first(), Poll.OUT);
      assertEquals(2, poll.poll(null));
    }
  }

  @OnBothThreads
  void wakesForEachOfItsSockets(Link link, Threads threads) throws Exception {
    List<Pair> pairs = new ArrayList<>();
    Poll poll = new Poll();
    try {
      for (int i = 0; i < 20; i++) {
        Pair pair = link.open();
        pairs.add(pair);
        poll.add(pair.first(), Poll.IN);
      }
      MemorySegment buffer = Bytes.room(8);
      for (Pair pair : pairs) {
        Task<Integer> polling = threads.start(() -> poll.poll(null)).awaitBlocked();
        pair.second().send(Bytes.of("abc"));
        assertEquals(1, polling.get());
        assertEquals(Poll.IN, poll.events(pair.first()));
        assertEquals(3, pair.first().recv(buffer));
      }
    } finally {
      for (Pair pair : pairs) {
        pair.close();
      }
    }
  }

  @OnBothThreads
  void answersZeroWhenTheTimeIsUp(Link link) throws Exception {
    try (Pair pair = link.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN);
      long start = System.nanoTime();
      assertEquals(0, poll.poll(Duration.ofMillis(50)));
      assertTrue(System.nanoTime() - start >= 50_000_000);
      assertEquals(0, poll.poll(Duration.ZERO));
      assertEquals(0, poll.events(pair.first()));
    }
  }

  @OnBothThreads
  void anEmptySetOnlyWaits() throws Exception {
    assertEquals(0, new Poll().poll(Duration.ZERO));
    assertEquals(0, new Poll().poll(Duration.ofMillis(20)));
  }

  @OnBothThreads
  void tellsTheEndOfAConnection() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN | Poll.RDHUP);
      pair.second().shutdown(Shutdown.WR);
      assertEquals(1, poll.poll(null));
      assertEquals(Poll.IN | Poll.RDHUP, poll.events(pair.first()));
      poll.set(pair.first(), 0);
      assertEquals(0, poll.poll(Duration.ZERO));
      pair.first().shutdown(Shutdown.WR);
      assertEquals(1, poll.poll(null), "HUP is told unasked");
      assertEquals(Poll.HUP, poll.events(pair.first()));
    }
  }

  @OnBothThreads
  void tellsAnErrorUnasked() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      pair.second().setopt(Option.SO_LINGER, 0).close();
      Poll poll = new Poll().add(pair.first(), 0);
      assertEquals(1, poll.poll(null));
      assertEquals(Poll.ERR, poll.events(pair.first()) & Poll.ERR);
    }
  }

  @OnBothThreads
  void closingAMemberWakesThePoll(Link link, Threads threads) throws Exception {
    for (Duration timeout : new Duration[] {null, Duration.ofMinutes(10)}) {
      try (Pair pair = link.open();
          Pair other = link.open()) {
        Poll poll = new Poll().add(other.first(), Poll.IN).add(pair.first(), Poll.IN);
        Task<Integer> polling = threads.start(() -> poll.poll(timeout)).awaitBlocked();
        pair.first().close();
        assertEquals(1, polling.get());
        assertEquals(Poll.NVAL, poll.events(pair.first()));
        assertEquals(0, poll.events(other.first()));

        assertEquals(1, poll.poll(timeout), "as long as it is a member");
        assertEquals(Poll.NVAL, poll.events(pair.first()));
        poll.remove(pair.first());
        assertEquals(0, poll.poll(Duration.ZERO));
        other.second().send(Bytes.of("x"));
        assertEquals(1, poll.poll(timeout));
      }
    }
  }

  @OnBothThreads
  void aSocketMayBeInSeveralSets(Threads threads) throws Exception {
    try (Pair pair = Link.TCP.open()) {
      List<Task<Integer>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Poll poll = new Poll().add(pair.first(), Poll.IN);
        tasks.add(threads.start(() -> poll.poll(null)).awaitBlocked());
      }
      Task<Long> receiving =
          threads.start(() -> pair.first().recv(Bytes.room(8), Msg.PEEK)).awaitBlocked();
      pair.second().send(Bytes.of("abc"));
      for (Task<Integer> task : tasks) {
        assertEquals(1, task.get());
      }
      assertEquals(3, receiving.get());
    }
  }

  @OnBothThreads
  void belongsToOneThreadAtATime(Threads threads) throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN);
      Task<Integer> polling = threads.start(() -> poll.poll(null)).awaitBlocked();
      assertThrows(IllegalStateException.class, () -> poll.poll(Duration.ZERO));
      assertThrows(IllegalStateException.class, () -> poll.remove(pair.first()));
      pair.second().send(Bytes.of("x"));
      assertEquals(1, polling.get());
      assertEquals(1, poll.poll(Duration.ZERO));
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM, Link.UNIX_SEQPACKET})
  void tellsOfSomebodyToAccept(Link link, Threads threads) throws Exception {
    try (Socket listener = link.listener();
        Socket client = link.socket()) {
      Poll poll = new Poll().add(listener, Poll.IN);
      Task<Integer> polling = threads.start(() -> poll.poll(null)).awaitBlocked();
      client.connect(listener.getsockname());
      assertEquals(1, polling.get());
      listener.accept().socket().close();
    }
  }

  @OnBothThreads(links = {Link.TCP, Link.UNIX_STREAM})
  void tellsOfRoomToSend(Link link, Threads threads) throws Exception {
    try (Pair pair = link.open()) {
      Socket socket = pair.first().setblocking(false);
      MemorySegment data = Bytes.room(1 << 20);
      Poll poll = new Poll().add(socket, Poll.OUT);
      while (poll.poll(Duration.ofMillis(200)) > 0) { // what is full stays so
        socket.send(data);
      }
      Task<Integer> polling = threads.start(() -> poll.poll(null)).awaitBlocked();
      Task<Long> receiving =
          threads.start(() -> {
            long total = 0;
            for (; ; ) {
              long n = pair.second().recv(data);
              if (n == Socket.EOF) {
                return total;
              }
              total += n;
            }
          });
      assertEquals(1, polling.get());
      assertEquals(Poll.OUT, poll.events(socket));
      socket.close();
      assertTrue(receiving.get() > 0);
    }
  }

  @OnBothThreads
  void refusesWhatIsThereAlreadyOrNot() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN);
      IllegalArgumentException twice =
          assertThrows(IllegalArgumentException.class, () -> poll.add(pair.first(), Poll.IN));
      assertTrue(twice.getMessage().contains(pair.first().toString()), twice::getMessage);
      assertThrows(IllegalArgumentException.class, () -> poll.set(pair.second(), Poll.IN));
      poll.remove(pair.second());
      assertThrows(NullPointerException.class, () -> poll.add(null, Poll.IN));
      assertThrows(NullPointerException.class, () -> poll.events(null));
      IllegalArgumentException negative =
          assertThrows(IllegalArgumentException.class, () -> poll.poll(Duration.ofMillis(-1)));
      assertTrue(negative.getMessage().contains("PT-0.001S"), negative::getMessage);
      IllegalArgumentException events =
          assertThrows(IllegalArgumentException.class, () -> poll.set(pair.first(), 0x10000));
      assertTrue(events.getMessage().contains("0x10000"), events::getMessage);
    }
  }

  @Test
  void flagsHaveNixiosNames() {
    assertEquals(Poll.IN | Poll.PRI | Poll.OUT, Poll.flags("in", "pri", "out"));
    assertEquals(Poll.ERR | Poll.HUP | Poll.NVAL, Poll.flags("err", "hup", "nval"));
    assertEquals(Set.of("in", "rdhup"), Poll.names(Poll.IN | Poll.RDHUP));
    assertEquals(Set.of(), Poll.names(0));
    IllegalArgumentException unknown =
        assertThrows(IllegalArgumentException.class, () -> Poll.flags("in", "inn"));
    assertTrue(unknown.getMessage().contains("\"inn\""), unknown::getMessage);
    assertTrue(unknown.getMessage().contains("rdhup"), unknown::getMessage);
  }
}
