package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

/** Sends without copies, for a process that may pin little memory: tells how they ended. */
final class ZeroCopyMain {
  private static final int SIZE = 300_000;
  private static final int DATAGRAM = 50_000;

  private ZeroCopyMain() {}

  public static void main(String[] args) throws Exception {
    switch (args[0]) {
      case "stream" -> stream();
      case "stuck" -> stuck();
      case "datagram" -> datagram();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void stream() throws Exception {
    try (Pair pair = Link.TCP.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, SIZE)) {
      FutureTask<String> receiving = new FutureTask<>(received(pair.second()));
      Thread.ofPlatform().daemon().start(receiving);
      if (sends(sender, SIZE)) {
        sender.finish();
        System.out.println(receiving.get());
      }
    }
  }

  private static Callable<String> received(Socket from) {
    return () -> {
      MemorySegment into = Arena.ofAuto().allocate(SIZE);
      long received = from.recvall(into);
      for (long at = 0; at < received; at++) {
        if (into.get(ValueLayout.JAVA_BYTE, at) != 7) {
          return "wrong at " + at;
        }
      }
      return "received " + received + ", rightly";
    };
  }

  private static void stuck() throws Exception {
    try (Pair pair = Link.TCP.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, SIZE)) {
      pair.first().setopt(Option.SO_SNDBUF, 1 << 16);
      pair.first().setopt(Option.SO_SNDTIMEO, Duration.ofMillis(100));
      pair.second().setopt(Option.SO_RCVBUF, 1 << 12);
      sends(sender, SIZE);
    } catch (SocketTimeoutException e) {
      System.out.println("timed out, and " + (e.bytesTransferred > 0 ? "some" : "none") + " went");
    }
  }

  private static void datagram() throws Exception {
    try (Pair pair = Link.UDP.open();
        ZeroCopy sender = ZeroCopy.of(pair.first(), 1, DATAGRAM)) {
      sends(sender, DATAGRAM);
    }
  }

  /** Whether it could; tells why not. */
  private static boolean sends(ZeroCopy sender, int size) throws IOException {
    MemorySegment buffer = sender.take().fill((byte) 7);
    try {
      sender.send(buffer, size);
      return true;
    } catch (NixioException e) {
      buffer.fill((byte) 8);
      System.out.println(e.getMessage() + "; the buffer is still there");
      return false;
    }
  }
}
