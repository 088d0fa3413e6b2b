package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import nixio.posix.Constants;
import nixio.posix.Recent;
import org.junit.jupiter.api.Test;

/**
 * Descriptors in messages. What is passed is counted by what it is, in /proc/self/fd, so that other
 * tests' descriptors do not matter.
 */
class PassingTest {
  private static final AtomicInteger SERIAL = new AtomicInteger();

  private static final int MOST = Control.MOST_DESCRIPTORS;

  /** What a descriptor is, such as socket:[123]; nothing else in this process is the same. */
  private static String what(int fd) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/self/fd", Integer.toString(fd))).toString();
  }

  /** How many descriptors of this process are that. */
  private static long count(String what) throws IOException {
    return OpenDescriptors.now().values().stream().filter(what::equals).count();
  }

  static boolean isCloseOnExec(int fd) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/fdinfo", Integer.toString(fd))).stream()
        .filter(line -> line.startsWith("flags:"))
        .anyMatch(line -> (Integer.parseInt(line.substring(6).strip(), 8) & 02000000) != 0);
  }

  /** How many descriptors of this process are pidfds of another. */
  private static long descriptorsOf(long pid) throws IOException {
    long count = 0;
    for (Map.Entry<String, String> each : OpenDescriptors.now().entrySet()) {
      Path info = Path.of("/proc/self/fdinfo", each.getKey());
      try {
        if (each.getValue().contains("pidfd")
            && Files.readAllLines(info).contains("Pid:\t" + pid)) {
          count++;
        }
      } catch (NoSuchFileException e) {
        // another test's, which has closed it
      }
    }
    return count;
  }

  private static Batch batch(int descriptors) {
    Batch batch = Batch.of(1, 16, Control.space(4L * Math.max(1, descriptors)));
    batch.length(0, 1).count(1);
    return batch;
  }

  private static int[] repeated(int fd, int count) {
    int[] fds = new int[count];
    java.util.Arrays.fill(fds, fd);
    return fds;
  }

  private static Socket[] repeated(Socket socket, int count) {
    Socket[] sockets = new Socket[count];
    java.util.Arrays.fill(sockets, socket);
    return sockets;
  }

  @SuppressWarnings("try") // it is closed before its time
  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void socketsArriveOpenAndCloseOnExec(Link link) throws Exception {
    try (Pair pair = link.open();
        Pair passed = Socket.pair(Domain.UNIX, Type.STREAM);
        Batch sent = batch(2);
        Batch received = batch(2)) {
      String what = what(passed.first().fileno());
      sent.control(0).pass(passed.first(), passed.second());
      assertEquals(1, pair.first().sendmsg(sent));
      assertEquals(1, count(what), "duplicates are gone after the call");
      assertEquals(1, pair.second().recvmsg(received));
      Control control = received.control(0);
      assertEquals(2, control.descriptors());
      assertEquals(2, count(what));
      assertTrue(isCloseOnExec(control.descriptor(0)));
      try (Socket socket = control.takeSocket(0)) {
        assertThrows(IllegalStateException.class, () -> control.descriptor(0));
        assertThrows(IllegalStateException.class, () -> control.take(0));
        assertThrows(IndexOutOfBoundsException.class, () -> control.take(2));
        assertEquals(2, control.descriptors());
        socket.send(Bytes.of("hello"));
        MemorySegment buffer = Bytes.room(16);
        assertEquals(5, passed.second().recv(buffer));
        assertEquals("hello", Bytes.text(buffer, 5));
        received.close();
        assertTrue(socket.isOpen());
        assertEquals(2, count(what), "what was taken stays");
      }
      assertEquals(1, count(what));
      assertEquals(1, count(what(passed.second().fileno())), "what was not taken goes");
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void whatNobodyTakesIsClosed(Link link) throws Exception {
    for (int way = 0; way < 6; way++) {
      try (Pair pair = link.open();
          Socket passed = Socket.open(Domain.INET, Type.DGRAM);
          Batch sent = batch(3)) {
        Batch received = batch(3);
        String what = what(passed.fileno());
        sent.control(0).pass(repeated(passed, 3));
        pair.first().sendmsg(sent);
        pair.second().recvmmsg(received);
        assertEquals(4, count(what));
        switch (way) {
          case 0 -> received.clear();
          case 1 -> received.close();
          case 2 -> received.control(0).clear();
          case 3 -> received.control(0).add(1, 99, Bytes.of("x"));
          case 4 -> pair.second().recvmsg(received, Msg.DONTWAIT);
          default -> received.count(0).add(Bytes.of("y"));
        }
        assertEquals(1, count(what), "way " + way);
        received.close();
        assertEquals(1, count(what));
      }
    }
  }

  @Test
  void whatALostBatchHasIsClosed() throws Exception {
    try (Pair pair = Link.UNIX_STREAM.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM)) {
      String what = what(passed.fileno());
      lose(pair, passed);
      Await.until(
          "closing",
          () -> {
            System.gc();
            return count(what) == 1;
          });
    }
  }

  private static void lose(Pair pair, Socket passed) throws IOException {
    Batch sent = batch(2);
    sent.control(0).pass(passed, passed);
    pair.first().sendmsg(sent);
    pair.second().recvmsg(batch(2));
    assertTrue(count(what(passed.fileno())) >= 2);
  }

  /** Whatever is too short for them is told, and nothing is left open. */
  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void aControlBufferTooShortByAnyAmountLeavesNothingOpen(Link link) throws Exception {
    int passedCount = 5;
    long enough = Control.space(4L * passedCount);
    try (Pair pair = link.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = batch(passedCount)) {
      String what = what(passed.fileno());
      sent.control(0).pass(repeated(passed, passedCount));
      for (boolean credentials : new boolean[] {false, true}) {
        pair.second().setopt(Option.SO_PASSCRED, credentials);
        for (long room = 0; room <= enough + Control.space(12); room++) {
          long open;
          try (Batch received = Batch.of(1, 16, room)) {
            pair.first().sendmsg(sent);
            pair.second().recvmsg(received);
            Control control = received.control(0);
            int found = control.descriptors();
            open = count(what);
            assertEquals(1 + found, open, "room " + room);
            boolean whole = found == passedCount && (!credentials || control.pid() > 0);
            assertEquals(!whole, received.isControlTruncated(0), "room " + room);
            if (found > 0) {
              Nixio.close(control.take(found - 1));
            }
          }
          assertEquals(1, count(what), "room " + room);
        }
      }
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void receivesThatKnowNothingOfDescriptorsLeaveNoneOpen(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = batch(3);
        Batch none = Batch.of(4, 16, 0)) {
      String what = what(passed.fileno());
      sent.control(0).pass(repeated(passed, 3));
      MemorySegment buffer = Bytes.room(16);
      for (int i = 0; i < 3; i++) {
        pair.first().sendmsg(sent);
      }
      assertEquals(1, pair.second().recv(buffer));
      assertEquals(1, pair.second().recvfrom(buffer, new AddressBuffer()));
      assertEquals(1, pair.second().recvmmsg(none, Msg.DONTWAIT));
      assertTrue(none.isControlTruncated(0));
      assertEquals(1, count(what));
    }
  }

  @SuppressWarnings("try") // it is closed before its time
  @OnBothThreads(links = {Link.UNIX_DGRAM, Link.UNIX_SEQPACKET})
  void manyMessagesHaveTheirOwn(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket one = Socket.open(Domain.INET, Type.DGRAM);
        Socket two = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = Batch.of(3, 16);
        Batch received = Batch.of(4, 16)) {
      sent.add(Bytes.of("a")).add(Bytes.of("b")).add(Bytes.of("c"));
      sent.control(0).pass(one);
      sent.control(2).pass(two, one);
      assertEquals(3, pair.first().sendmmsg(sent));
      assertEquals(3, pair.second().recvmmsg(received));
      assertEquals(1, received.control(0).descriptors());
      assertEquals(0, received.control(1).descriptors());
      assertEquals(2, received.control(2).descriptors());
      assertEquals(what(one.fileno()), what(received.control(0).descriptor(0)));
      assertEquals(what(two.fileno()), what(received.control(2).descriptor(0)));
      received.close();
      assertEquals(1, count(what(one.fileno())));
      assertEquals(1, count(what(two.fileno())));
    }
  }

  /** Peeking makes descriptors too, each time. */
  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void whatIsPeekedAtIsOwnedToo(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = batch(1);
        Batch received = batch(1)) {
      String what = what(passed.fileno());
      sent.control(0).pass(passed);
      pair.first().sendmsg(sent);
      for (int i = 0; i < 3; i++) {
        pair.second().recvmsg(received, Msg.PEEK);
        assertEquals(1, received.control(0).descriptors());
        assertEquals(2, count(what));
      }
      pair.second().recvmsg(received);
      assertEquals(2, count(what));
      received.clear();
      assertEquals(1, count(what));
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void aSocketThatIsClosedIsNotPassed(Link link) throws Exception {
    try (Pair pair = link.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = batch(2)) {
      Socket closed = Socket.open(Domain.INET, Type.DGRAM);
      String what = what(passed.fileno());
      sent.control(0).pass(passed, closed);
      closed.close();
      NixioException failure = assertThrows(NixioException.class, () -> pair.first().sendmsg(sent));
      assertEquals(
          "dup: Bad file descriptor (EBADF, errno 9); socket 1 that message 0 passes is closed",
          failure.getMessage());
      assertEquals(1, count(what));
      sent.control(0).pass(passed, passed);
      pair.second().close();
      // a process that another test starts has it too, from fork to exec
      Await.until("a peer that is gone", () -> isRefused(pair.first(), sent));
      assertEquals(1, count(what));
    }
  }

  private static boolean isRefused(Socket socket, Batch batch) throws IOException {
    try {
      return socket.sendmsg(batch) < 0;
    } catch (NixioException e) {
      return true;
    }
  }

  @Test
  void tooManyAndNoneAreRefused() throws Exception {
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(1, 1, Control.space(4L * MOST))) {
      Control control = batch.control(0);
      for (int count : new int[] {0, MOST + 1, 10 * MOST}) {
        IllegalArgumentException refused =
            assertThrows(
                IllegalArgumentException.class, () -> control.pass(repeated(socket, count)));
        assertEquals(
            count + " descriptors are not 1..253: use several messages", refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> control.pass(repeated(0, count)));
      }
      assertThrows(IllegalArgumentException.class, () -> control.pass(-1));
      assertThrows(NullPointerException.class, () -> control.pass(socket, null));
      control.pass(repeated(socket, MOST));
    }
  }

  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void whatIsNoSocketIsTakenAsItIs(Link link, Threads threads) throws Exception {
    Path file = Files.createTempFile("nixio-passed", ".txt");
    try (var open = Files.newByteChannel(file);
        Pair pair = link.open();
        Batch sent = batch(1);
        Batch received = batch(1)) {
      int fd =
          OpenDescriptors.now().entrySet().stream()
              .filter(entry -> entry.getValue().equals(file.toString()))
              .map(entry -> Integer.parseInt(entry.getKey()))
              .findFirst()
              .orElseThrow();
      sent.control(0).pass(fd);
      pair.first().sendmsg(sent);
      pair.second().recvmsg(received);
      NixioException failure =
          assertThrows(NixioException.class, () -> received.control(0).takeSocket(0));
      assertEquals(Errno.ENOTSOCK, failure.errno());
      int taken = received.control(0).take(0);
      assertNotEquals(fd, taken);
      assertEquals(file.toString(), what(taken));
      Nixio.close(taken);
      assertEquals(1, count(file.toString()));
      assertTrue(open.isOpen());
    } finally {
      Files.delete(file);
    }
  }

  private static final String RECEIVES =
      """
      import array, os, socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
      s.connect(chr(0) + sys.argv[1])
      data, anc, flags, peer = s.recvmsg(10, socket.CMSG_SPACE(4 * 253))
      fds = array.array('i')
      for level, type, d in anc:
          if level == socket.SOL_SOCKET and type == socket.SCM_RIGHTS:
              fds.frombytes(d)
      print(len(fds), flags & socket.MSG_CTRUNC)
      for i, fd in enumerate(fds):
          os.write(fd, b'%d\\n' % i)
      """;

  /** Each of them is another pipe's end, or socket: what is written to it comes out here. */
  @OnBothThreads
  void anotherProcessGetsThem() throws Exception {
    for (int count : new int[] {1, 2, MOST}) {
      String name = "nixio-passing-" + System.nanoTime() + SERIAL.incrementAndGet();
      List<Pair> pairs = new ArrayList<>();
      try (Socket listener = Socket.open(Domain.UNIX, Type.STREAM).bind("\0" + name).listen(1);
          Python python = Python.start(RECEIVES, name);
          Socket socket = listener.accept().socket();
          Batch batch = batch(count)) {
        Socket[] ends = new Socket[count];
        for (int i = 0; i < count; i++) {
          pairs.add(Socket.pair(Domain.UNIX, Type.STREAM));
          ends[i] = pairs.get(i).first();
        }
        batch.control(0).pass(ends);
        assertEquals(1, socket.sendmsg(batch));
        assertEquals(count + " 0", python.line());
        MemorySegment buffer = Bytes.room(16);
        for (int i = 0; i < count; i++) {
          long n = pairs.get(i).second().recv(buffer);
          assertEquals(i + "\n", Bytes.text(buffer, n));
        }
        python.end();
      } finally {
        for (Pair pair : pairs) {
          pair.close();
        }
      }
    }
  }

  private static final String SENDS =
      """
      import array, os, socket, sys
      s = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
      s.connect(chr(0) + sys.argv[1])
      count = int(sys.argv[2])
      pairs = [socket.socketpair() for i in range(count)]
      fds = array.array('i', [a.fileno() for a, b in pairs])
      try:
          s.sendmsg([b'x'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, fds)])
          print('sent')
          for i, (a, b) in enumerate(pairs):
              b.send(b'%d' % i)
          sys.stdin.readline()
      except OSError as e:
          print(e.errno)
      """;

  @OnBothThreads
  void thoseOfAnotherProcessAreTaken() throws Exception {
    for (int count : new int[] {1, 2, MOST, MOST + 1}) {
      String name = "nixio-passing-" + System.nanoTime() + SERIAL.incrementAndGet();
      try (Socket listener = Socket.open(Domain.UNIX, Type.STREAM).bind("\0" + name).listen(1);
          Python python = Python.start(SENDS, name, count);
          Socket socket = listener.accept().socket();
          Batch batch = batch(count)) {
        if (count > MOST) {
          assertEquals(Errno.EINVAL.number(), python.number());
          assertEquals(Socket.EOF, socket.recvmsg(batch));
          continue;
        }
        assertEquals("sent", python.line());
        assertEquals(1, socket.recvmsg(batch));
        assertEquals(count, batch.control(0).descriptors());
        assertFalse(batch.isControlTruncated(0));
        MemorySegment buffer = Bytes.room(16);
        for (int i = 0; i < count; i++) {
          try (Socket taken = batch.control(0).takeSocket(i)) {
            assertTrue(isCloseOnExec(taken.fileno()));
            long n = taken.recv(buffer);
            assertEquals(Integer.toString(i), Bytes.text(buffer, n));
          }
        }
        python.tell("").end();
      }
    }
  }

  /**
   * A stream's receive stops short at what comes with descriptors: nothing tells that there is more
   * behind them, and nothing hangs.
   */
  @OnBothThreads
  void descriptorsAmidAStreamHangNobody(Threads threads) throws Exception {
    int pieces = 500;
    try (Pair pair = Link.UNIX_STREAM.open();
        Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch received = Batch.of(1, 4096)) {
      String what = what(passed.fileno());
      Task<Long> sender =
          threads.start(() -> {
            long total = 0;
            try (Batch sent = Batch.of(1, 700)) {
              for (int i = 0; i < pieces; i++) {
                sent.clear().length(0, 1 + i % 700).count(1);
                if (i % 3 == 0) {
                  sent.control(0).pass(repeated(passed, 1 + i % 5));
                }
                total += pair.first().sendmsg(sent);
              }
            }
            pair.first().shutdown(Shutdown.WR);
            return total;
          });
      long bytes = 0;
      long descriptors = 0;
      for (; ; ) {
        long n = pair.second().recvmsg(received);
        if (n == Socket.EOF) {
          break;
        }
        bytes += n;
        descriptors += received.control(0).descriptors();
        if (received.control(0).descriptors() > 0 && bytes % 2 == 0) {
          Nixio.close(received.control(0).take(0));
        }
      }
      assertEquals(sender.get(), bytes);
      long expected = 0;
      for (int i = 0; i < pieces; i += 3) {
        expected += 1 + i % 5;
      }
      assertEquals(expected, descriptors);
      assertEquals(1, count(what));
    }
  }

  /**
   * A virtual thread's accept sets O_NONBLOCK for itself: whoever gets the listener must not see.
   */
  @Test
  void aListenerIsPassedInTheUsersMode() throws Exception {
    try (Socket listener = Link.TCP.listener();
        Pair pair = Link.UNIX_STREAM.open();
        Batch sent = batch(1);
        Batch received = batch(1)) {
      Task<Accepted> accepting = Threads.VIRTUAL.start(listener::accept).awaitBlocked();
      try (Socket client = Link.TCP.socket()) {
        client.connect(listener.getsockname());
        accepting.get().socket().close();
      }
      sent.control(0).pass(listener);
      pair.first().sendmsg(sent);
      pair.second().recvmsg(received);
      try (Socket taken = received.control(0).takeSocket(0)) {
        assertTrue(taken.isBlocking());
        assumeTrue(taken.getopt(Option.SO_ACCEPTCONN));
      }
    }
  }

  /** The process of the sender comes as a descriptor too, if it is asked for: it is not lost. */
  @OnBothThreads
  void aDescriptorOfTheSendersProcessIsClosed() throws Exception {
    String name = "nixio-passing-" + System.nanoTime() + SERIAL.incrementAndGet();
    String sends =
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.connect(chr(0) + sys.argv[1])
        for i in range(3):
            s.send(b'x')
        sys.stdin.readline()
        """;
    try (Socket socket = Socket.open(Domain.UNIX, Type.DGRAM).bind("\0" + name);
        Batch batch = Batch.of(1, 16);
        Python python = Python.start(sends, name)) {
      try {
        socket.setopt(Option.of(Constants.SOL_SOCKET, Recent.SO_PASSPIDFD, Codecs.FLAG), true);
      } catch (NixioException e) {
        assumeTrue(e.errno() != Errno.ENOPROTOOPT, "the kernel passes no pidfds");
        throw e;
      }
      socket.recvmsg(batch);
      for (int i = 0; i < 2; i++) { // the first may have been sent before
        socket.recvmsg(batch);
        assertEquals(1, batch.control(0).descriptors());
        assertEquals(1, descriptorsOf(python.pid()));
        batch.clear();
        assertEquals(0, descriptorsOf(python.pid()));
      }
      python.tell("").end();
    }
  }

  /** A receive that is ended at any moment, by close or interrupt, has what it has, or nothing. */
  @OnBothThreads(links = {Link.UNIX_STREAM, Link.UNIX_DGRAM})
  void receivesThatAreEndedAtAnyMomentLeaveNothingOpen(Link link, Threads threads)
      throws Exception {
    try (Socket passed = Socket.open(Domain.INET, Type.DGRAM);
        Batch sent = batch(4)) {
      String what = what(passed.fileno());
      sent.control(0).pass(repeated(passed, 4));
      for (int round = 0; round < 100; round++) {
        try (Batch received = Batch.of(4, 16);
            Pair pair = link.open()) {
          Task<Integer> receiver =
              threads.start(() -> {
                int count = 0;
                while (pair.second().recvmsg(received) >= 0) {
                  count++;
                }
                return count;
              });
          long end = System.nanoTime() + ThreadLocalRandom.current().nextInt(300_000);
          do {
            pair.first().sendmsg(sent, Msg.DONTWAIT);
          } while (System.nanoTime() < end);
          if (round % 2 == 0) {
            pair.second().close();
          } else {
            receiver.interrupt();
          }
          NixioException failure = receiver.failure(NixioException.class);
          assertTrue(
              failure.errno() == Errno.EBADF || failure.errno() == Errno.EINTR,
              failure::getMessage);
        }
        assertEquals(1, count(what), "round " + round);
      }
    }
  }

  /** A socket whose reading was shut down answers 0 without the kernel's writing a message. */
  @OnBothThreads
  void aReceiveOfNothingBringsNoOldDescriptor(Threads threads) throws Exception {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.DGRAM);
        Batch sent = batch(1);
        Batch received = batch(1)) {
      sent.control(0).pass(pair.first());
      pair.first().sendmsg(sent);
      pair.second().recvmsg(received);
      Nixio.close(received.control(0).take(0));
      Task<Long> receiving = threads.start(() -> pair.second().recvmsg(received)).awaitBlocked();
      pair.second().shutdown(Shutdown.RD);
      assertEquals(0, receiving.get());
      assertEquals(0, received.control(0).descriptors());
    }
  }

  @OnBothThreads
  void aWriteThatIsRefusedLeavesWhatWasReceived() throws Exception {
    try (Pair pair = Socket.pair(Domain.UNIX, Type.DGRAM);
        Batch sent = batch(1);
        Batch received = batch(1)) {
      sent.control(0).pass(pair.first());
      pair.first().sendmsg(sent);
      pair.second().recvmsg(received);
      Control control = received.control(0);
      assertThrows(IndexOutOfBoundsException.class, () -> control.source(Interface.ANY));
      assertThrows(IndexOutOfBoundsException.class, () -> control.ttl(1));
      assertThrows(IllegalArgumentException.class, () -> control.source(new AddressBuffer(), 0));
      try (Socket socket = control.takeSocket(0)) {
        assertEquals(pair.first().getsockname(), socket.getsockname());
      }
      control.mark(7); // which has room, and takes the place of what was received
      assertEquals(7, control.mark());
      assertEquals(0, control.descriptors());
    }
  }
}
