package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import nixio.Domain;
import nixio.Errno;
import nixio.NixioException;
import nixio.Option;
import nixio.Pair;
import nixio.Socket;
import nixio.Type;

/** What failures look like. */
final class FailureExample {
  private FailureExample() {}

  static void refused(PrintStream out) throws IOException {
    // @start region="refused"
    try (Socket deaf = Socket.open(Domain.INET, Type.STREAM).bind("127.0.0.1", 0);
        Socket client = Socket.open(Domain.INET, Type.STREAM)) {
      client.connect(deaf.getsockname()); // bound, but it doesn't listen
    } catch (NixioException e) {
      out.println(e.getMessage());
      // connect 127.0.0.1:...: Connection refused (ECONNREFUSED, errno 111)
      out.println(e.errno() == Errno.ECONNREFUSED); // true
      out.println(e.operation()); // connect
      out.println(e.address().host()); // 127.0.0.1
    }
    // @end
  }

  static void timeout(PrintStream out) throws IOException {
    // @start region="timeout"
    try (Arena arena = Arena.ofConfined();
        Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      pair.first().send(arena.allocate(3));
      pair.second().setopt(Option.SO_RCVTIMEO, Duration.ofMillis(50));
      pair.second().recvall(arena.allocate(8));
    } catch (SocketTimeoutException e) {
      out.println(e.getMessage()); // recv: timed out after 3 bytes
      out.println(e.bytesTransferred); // 3
    }
    // @end
  }

  static void closed(PrintStream out) throws Exception {
    // @start region="closed"
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM);
        ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      MemorySegment buffer = MemorySegment.ofArray(new byte[8]);
      Future<Long> waiting = executor.submit(() -> pair.first().recv(buffer));
      Thread.sleep(50);
      pair.first().close();
      waiting.get();
    } catch (ExecutionException e) {
      out.println(e.getCause().getMessage());
      // recv: Bad file descriptor (EBADF, errno 9); socket closed
    }
    // @end
  }

  static void arguments(PrintStream out) throws IOException {
    // @start region="arguments"
    try (Arena arena = Arena.ofConfined();
        Socket socket = Socket.open(Domain.INET, Type.DGRAM)) {
      socket.send(arena.allocate(8), 4, 5);
    } catch (IndexOutOfBoundsException e) {
      out.println(e.getMessage()); // Range [4, 4 + 5) out of bounds for length 8
    }
    // @end
  }
}
