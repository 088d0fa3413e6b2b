package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.Nixio;
import nixio.Socket;

/** Virtual threads. */
final class ThreadExample {
  private ThreadExample() {}

  // @start region="echo"
  static void echo(Socket socket) {
    try (socket;
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(Nixio.BUFFERSIZE, 64);
      for (long n; (n = socket.recv(buffer)) != Socket.EOF; ) {
        socket.send(buffer, 0, n);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // @end

  static void virtual(PrintStream out) throws IOException {
    // @start region="virtual"
    try (Arena arena = Arena.ofConfined();
        Socket listener = Nixio.bind("127.0.0.1", 0).listen(8);
        Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port())) {
      Socket server = listener.accept().socket();
      Thread.startVirtualThread(() -> echo(server));
      client.send(arena.allocateFrom("hello"));
      out.println(client.recv(arena, 100).getString(0)); // hello
    }
    // @end
  }
}
