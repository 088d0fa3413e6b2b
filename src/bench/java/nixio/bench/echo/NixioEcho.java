package nixio.bench.echo;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.Nixio;
import nixio.Socket;
import nixio.bench.Parent;

/** This library, a virtual thread to each connection. */
final class NixioEcho {
  private NixioEcho() {}

  public static void main(String[] args) throws Exception {
    Socket listener = Nixio.bind("127.0.0.1", 0).listen(4096);
    Thread.startVirtualThread(() -> accept(listener));
    Parent.serve(listener.getsockname().port());
  }

  private static void accept(Socket listener) {
    try {
      for (; ; ) {
        Socket socket = listener.accept().socket();
        Thread.startVirtualThread(() -> echo(socket));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void echo(Socket socket) {
    try (socket;
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(1024, 64);
      for (long n = socket.recv(buffer); n >= 0; n = socket.recv(buffer)) {
        socket.send(buffer, 0, n);
      }
    } catch (IOException e) {
      // reset by the load
    }
  }
}
