package nixio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.function.Executable;

/** What {@link ResolverTest} lets a process of its own check. */
final class ResolverChecks {
  static final String ALL_WELL = "all is well";

  private static final String SEVERAL = "several.test";
  private static final String SLOW = "slow.test";

  private ResolverChecks() {}

  /** A program: prints that all is well, or why it is not. */
  @SuppressWarnings("SystemExitOutsideMain") // a look-up that nobody waits for may still go on
  public static void main(String[] args) throws Exception {
    try (Socket deaf = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 53)) {
      for (Threads threads : Threads.values()) {
        threads.start(() -> everything(threads)).get();
      }
      assertTrue(deaf.recv(Bytes.room(512)) > 0, "nobody was asked");
      System.out.println(ALL_WELL);
      System.exit(0);
    } catch (Throwable t) {
      t.printStackTrace(System.out);
      System.exit(1);
    }
  }

  private static Void everything(Threads threads) throws Exception {
    List<Address> addresses =
        Nixio.getaddrinfo(SEVERAL).stream().map(AddressInfo::address).toList();
    assertEquals(2, addresses.size());
    String first = addresses.getFirst().host();
    String second = addresses.getLast().host();
    bindTriesEach(first, second);
    connectTriesEach(first, second);
    sendtoTakesTheFirst(first);
    closeEndsALookUp(threads);
    interruptEndsALookUp();
    aNameIsAwaitedOnlyAsLongAsAllowed();
    return null;
  }

  private static void bindTriesEach(String first, String second) throws IOException {
    try (Socket one = Socket.open(Domain.INET, Type.STREAM).bind(first, 0).listen(1)) {
      int port = one.getsockname().port();
      try (Socket two = Socket.open(Domain.INET, Type.STREAM).bind(SEVERAL, port)) {
        assertEquals(Address.Inet.of(second, port), two.getsockname());
      }
      try (Socket two = Nixio.bind(SEVERAL, port).listen(1)) {
        assertEquals(Address.Inet.of(second, port), two.getsockname());
        try (Socket three = Socket.open(Domain.INET, Type.STREAM)) {
          assertBothFail(Errno.EADDRINUSE, first, second, () -> three.bind(SEVERAL, port));
          assertBothFail(Errno.EADDRINUSE, first, second, () -> Nixio.bind(SEVERAL, port));
        }
      }
    }
  }

  private static void connectTriesEach(String first, String second) throws IOException {
    try (Socket listener = Socket.open(Domain.INET, Type.STREAM).bind(second, 0)) {
      int port = listener.getsockname().port();
      try (Socket client = Socket.open(Domain.INET, Type.STREAM)) {
        assertBothFail(Errno.ECONNREFUSED, first, second, () -> client.connect(SEVERAL, port));
        assertBothFail(Errno.ECONNREFUSED, first, second, () -> Nixio.connect(SEVERAL, port));
        listener.listen(4);
        assertTrue(client.connect(SEVERAL, port));
        assertEquals(listener.getsockname(), client.getpeername());
      }
      try (Socket client = Nixio.connect(SEVERAL, Integer.toString(port))) {
        assertEquals(listener.getsockname(), client.getpeername());
      }
    }
  }

  private static void assertBothFail(Errno errno, String first, String second, Executable call) {
    NixioException last = assertThrows(NixioException.class, call);
    assertEquals(errno, last.errno());
    assertEquals(second, last.address().host());
    assertEquals(1, last.getSuppressed().length);
    NixioException before = (NixioException) last.getSuppressed()[0];
    assertEquals(errno, before.errno());
    assertEquals(first, before.address().host());
  }

  private static void sendtoTakesTheFirst(String first) throws IOException {
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind(first, 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM)) {
      sender.sendto(Bytes.of("abc"), SEVERAL, receiver.getsockname().port());
      assertEquals(3, receiver.recv(Bytes.room(8)));
    }
  }

  private static void closeEndsALookUp(Threads threads) throws Exception {
    Socket socket = Socket.open(Domain.INET, Type.DGRAM);
    List<Task<Object>> tasks =
        List.<Callable<Object>>of(
                () -> socket.connect(SLOW, 80),
                () -> socket.bind(SLOW, 0),
                () -> socket.sendto(Bytes.room(1), SLOW, 80))
            .stream()
            .map(threads::start)
            .toList();
    for (Task<Object> task : tasks) {
      task.awaitBlocked();
    }
    socket.close();
    for (Task<Object> task : tasks) {
      assertEquals(Errno.EBADF, task.failure(NixioException.class).errno());
    }
  }

  private static void interruptEndsALookUp() throws Exception {
    try (Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      Task<Boolean> task = Threads.VIRTUAL.start(() -> socket.connect(SLOW, 80)).awaitBlocked();
      task.interrupt();
      assertEquals(Errno.EINTR, task.failure(NixioException.class).errno());
      assertTrue(socket.isOpen());
    }
  }

  private static void aNameIsAwaitedOnlyAsLongAsAllowed() {
    long start = System.nanoTime();
    assertThrows(
        SocketTimeoutException.class,
        () -> Nixio.getnameinfo("198.51.100.7", null, Duration.ofMillis(100)));
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertTrue(millis >= 100 && millis < 20_000, () -> millis + " ms");
  }
}
