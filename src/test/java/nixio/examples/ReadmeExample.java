package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.Nixio;
import nixio.Shutdown;
import nixio.Socket;

/** The first thing that a reader sees. */
final class ReadmeExample {
  private ReadmeExample() {}

  static void readme(PrintStream out) throws IOException {
    // @start region="readme"
    try (Arena arena = Arena.ofConfined();
        Socket listener = Nixio.bind("127.0.0.1", 0).listen(8);
        Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port());
        Socket server = listener.accept().socket()) {
      client.send(arena.allocateFrom("hello"));
      client.shutdown(Shutdown.WR);
      MemorySegment buffer = arena.allocate(Nixio.BUFFERSIZE);
      out.println(server.recv(buffer)); // 6
      out.println(buffer.getString(0)); // hello
      out.println(server.recv(buffer) == Socket.EOF); // true
    }
    // @end
  }
}
