package nixio.traces;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import nixio.Errno;
import nixio.NixioException;
import nixio.Socket;

/** What the replay itself supplies. */
final class ProcCalls {

  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;

  /** How long no room comes up if all that was sent is acknowledged. */
  private static final Duration SETTLED = Duration.ofMillis(5);

  private static final Duration COLLECTION = Duration.ofSeconds(10);

  private final Scene scene;

  ProcCalls(Scene scene) {
    this.scene = scene;
  }

  Outcome call(String fn, Arguments a) throws IOException {
    return switch (fn) {
      case "exists" -> Outcome.values(Files.exists(Path.of(a.text(0)), LinkOption.NOFOLLOW_LINKS));
      case "fdflags" ->
          a.get(0) instanceof Socket socket ? flags(socket) : new Outcome.NotCovered();
      case "fill" -> a.get(0) instanceof Socket socket ? fill(socket) : new Outcome.NotCovered();
      case "forget" -> forget(a.text(0));
      case "isopen" -> Outcome.values(scene.open(a.whole(0)));
      case "loifaddrs" -> Outcome.values(Interfaces.loopback());
      case "unlink" -> Outcome.values(Files.deleteIfExists(Path.of(a.text(0))));
      case "writefile" -> {
        Files.write(Path.of(a.text(0)), Lua.bytes(a.text(1)));
        yield Outcome.done();
      }
      default -> new Outcome.NotCovered();
    };
  }

  private static Outcome flags(Socket socket) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/fdinfo/" + socket.fileno()))) {
      if (line.startsWith("flags:")) {
        int flags = Integer.parseInt(line.substring("flags:".length()).strip(), 8);
        return Outcome.values(
            Map.of(
                "cloexec", (flags & O_CLOEXEC) != 0,
                "nonblock", (flags & O_NONBLOCK) != 0));
      }
    }
    return new Outcome.Broken("no flags of descriptor " + socket.fileno(), null);
  }

  /**
   * Sends blocks until the socket takes no more. A time-out midway, of which C tells by a short
   * count, is not the end yet; nor is a full buffer that the peer's acknowledgement is just making
   * room in.
   */
  Outcome fill(Socket socket) throws IOException {
    MemorySegment block = scene.arena.allocate(8192);
    long total = 0;
    long settled = 0;
    while (true) {
      try {
        long sent = socket.send(block);
        if (sent != Socket.WOULD_BLOCK) {
          total += sent;
          settled = 0;
        } else if (settled == 0) {
          settled = System.nanoTime() + SETTLED.toNanos();
        } else if (System.nanoTime() - settled > 0) {
          return filled(total, Errno.EAGAIN.number());
        }
      } catch (SocketTimeoutException e) {
        total += e.bytesTransferred;
        if (e.bytesTransferred == 0) {
          return filled(total, Errno.EAGAIN.number());
        }
      } catch (NixioException e) {
        if (!socket.isOpen()) {
          throw e;
        }
        return filled(total, e.number());
      }
    }
  }

  private static Outcome filled(long total, int number) {
    boolean again = number == Errno.EAGAIN.number();
    return Outcome.values(total, again ? false : null, (long) number, new Outcome.Text());
  }

  /** Drops the references to an object and waits for the collector to close its descriptor. */
  private Outcome forget(String name) throws IOException {
    long fd = descriptor(name);
    scene.remember(fd);
    scene.forget(name);
    for (long end = System.nanoTime() + COLLECTION.toNanos();
        fd >= 0 && scene.open(fd) && System.nanoTime() < end; ) {
      System.gc();
      try {
        Thread.sleep(10);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return Outcome.done();
  }

  /** Stands alone: an interpreted frame keeps what its locals held alive. */
  private long descriptor(String name) throws IOException {
    return scene.named(name) instanceof Socket socket && socket.isOpen() ? socket.fileno() : -1;
  }
}
