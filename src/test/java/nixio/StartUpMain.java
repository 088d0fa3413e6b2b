package nixio;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A program that sends itself a byte over TCP. */
final class StartUpMain {
  private StartUpMain() {}

  public static void main(String[] args) throws IOException {
    try (Arena arena = Arena.ofConfined();
        Socket listener = Nixio.bind("127.0.0.1", 0).listen(1);
        Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port());
        Socket server = listener.accept().socket()) {
      MemorySegment buffer = arena.allocate(1);
      client.send(buffer);
      System.out.println(server.recv(buffer));
    }
  }
}
