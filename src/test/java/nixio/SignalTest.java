package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Signals that interrupt a system call of a platform thread: nobody sees EINTR. */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
class SignalTest {
  private static final int MANY = 20;

  private static <T> Task<T> started(Callable<T> call) throws Exception {
    Task<T> task = Threads.PLATFORM.start(call).awaitBlocked();
    for (int i = 0; i < MANY; i++) {
      task.signal();
      task.awaitBlocked();
    }
    return task;
  }

  @ParameterizedTest
  @EnumSource
  void doNotEndReceiving(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(8);
      Socket socket = pair.first();
      List<Callable<Long>> calls =
          List.of(
              () -> socket.recv(buffer),
              () -> socket.recvfrom(buffer, new AddressBuffer()),
              () -> socket.recvall(buffer.asSlice(0, 3)),
              () -> socket.recvall(buffer.asSlice(0, 3), Duration.ofMinutes(1)));
      for (Callable<Long> call : calls) {
        Task<Long> receiving = started(call);
        pair.second().send(Bytes.of("abc"));
        assertEquals(3, receiving.get());
        assertEquals("abc", Bytes.text(buffer, 3));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX_STREAM"})
  void doNotSplitNorRepeatWhatIsSent(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment data = Bytes.pattern(16 << 20);
      Task<Long> sending = Threads.PLATFORM.start(() -> pair.first().send(data)).awaitBlocked();
      MemorySegment received = Bytes.room(data.byteSize());
      long total = 0;
      while (total < data.byteSize()) {
        sending.signal();
        total += pair.second().recv(received, total, Math.min(500_000, data.byteSize() - total));
      }
      assertEquals(data.byteSize(), sending.get());
      assertEquals(-1, data.mismatch(received));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"TCP", "UNIX_STREAM"})
  void doNotSplitAWaitall(Link link) throws Exception {
    try (Pair pair = link.open()) {
      MemorySegment buffer = Bytes.room(9);
      pair.second().send(Bytes.of("abc"));
      Task<Long> receiving = started(() -> pair.first().recv(buffer, Msg.WAITALL));
      pair.second().send(Bytes.of("def"));
      for (int i = 0; i < MANY; i++) {
        receiving.signal();
      }
      receiving.awaitBlocked();
      pair.second().send(Bytes.of("ghi"));
      assertEquals(9, receiving.get());
      assertEquals("abcdefghi", Bytes.text(buffer));
    }
  }

  @Test
  void doNotEndAMessageThatWaitsForRoom() throws Exception {
    try (Pair pair = Link.UNIX_DGRAM.open()) {
      MemorySegment data = Bytes.room(100);
      int queued = 1;
      while (pair.first().send(data, Msg.DONTWAIT) != Socket.WOULD_BLOCK) {
        queued++;
      }
      Task<Long> sending = started(() -> pair.first().send(data));
      for (int i = 0; i < queued; i++) {
        assertEquals(100, pair.second().recv(data));
      }
      assertEquals(100, sending.get());
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UDP", "UDP6", "UNIX_DGRAM"})
  void doNotEndAccept(Link link) throws Exception {
    try (Socket listener = link.listener();
        Socket client = link.socket()) {
      Task<Accepted> accepting = started(listener::accept);
      client.connect(listener.getsockname());
      accepting.get().socket().close();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"UDP", "UDP6", "UNIX_DGRAM"})
  void doNotEndConnect(Link link) throws Exception {
    try (FullListener full = new FullListener(link);
        Socket socket = link.socket()) {
      Address to = full.address();
      Task<Boolean> connecting = started(() -> socket.connect(to));
      full.takeAll(Threads.PLATFORM);
      assertTrue(connecting.get());
      assertEquals(to, socket.getpeername());
      assertTrue(socket.isBlocking());
      assertEquals(0, AdoptTest.flags(socket.fileno()) & 04000, "O_NONBLOCK");
    }
  }

  @Test
  void doNotEndPoll() throws Exception {
    try (Pair pair = Link.TCP.open()) {
      Poll poll = new Poll().add(pair.first(), Poll.IN);
      Task<Integer> polling = started(() -> poll.poll(null));
      pair.second().send(Bytes.of("x"));
      assertEquals(1, polling.get());
    }
  }

  @Test
  void doNotStartATimeoutAnew() throws Exception {
    Duration timeout = Duration.ofMillis(400);
    try (FullListener full = new FullListener(Link.UNIX_STREAM);
        Socket connecting = Link.UNIX_STREAM.socket();
        Pair pair = Link.TCP.open();
        Pair other = Link.UNIX_STREAM.open();
        Pair more = Link.TCP.open();
        Socket listener = Link.TCP.listener()) {
      Address to = full.address();
      Socket socket = pair.first();
      MemorySegment big = Bytes.room(16 << 20);
      socket.setopt(Option.SO_RCVTIMEO, timeout);
      other.first().setopt(Option.SO_SNDTIMEO, timeout);
      listener.setopt(Option.SO_RCVTIMEO, timeout);
      connecting.setopt(Option.SO_SNDTIMEO, timeout);
      List<Task<?>> tasks = new ArrayList<>();
      for (Callable<?> call :
          List.<Callable<?>>of(
              () -> socket.recv(Bytes.room(8)),
              () -> socket.recvall(Bytes.room(8)),
              () -> more.first().sendall(big, timeout),
              listener::accept,
              () -> connecting.connect(to),
              () -> other.first().send(big))) {
        tasks.add(Threads.PLATFORM.start(call));
      }
      // were it started anew by each signal, it would never be over
      Await.until(
          "the end of all time-outs",
          () -> {
            for (Task<?> task : tasks) {
              task.signal();
            }
            return tasks.stream().allMatch(Task::isDone);
          });
      for (Task<?> task : tasks) {
        task.failure(SocketTimeoutException.class);
      }
    }
  }
}
