package nixio.bench.ends;

import java.io.IOException;
import nixio.bench.Measures;
import nixio.bench.Parent;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Netty;
import nixio.bench.peer.Streams;

/**
 * One end, on a platform thread: it sends back what it receives, or only receives. Arguments:
 * technique, endpoint, size of a message, {@code ping-pong} or {@code stream}.
 */
final class Server {
  private Server() {}

  public static void main(String[] args) throws Exception {
    Endpoint at = Endpoint.parse(args[1]);
    int size = Integer.parseInt(args[2]);
    boolean echo = args[3].equals("ping-pong");
    int port =
        args[0].startsWith("netty-")
            ? new Netty(args[0]).listen(at, echo ? new Netty.Echo() : new Netty.Drain())
            : listen(Streams.of(args[0]).listen(at), size, echo);
    Parent.serve(Measures.of("port", port), question -> Measures.of("port", port));
  }

  private static int listen(Streams.Listener listener, int size, boolean echo) throws IOException {
    Thread.ofPlatform().daemon().start(() -> serve(listener, size, echo));
    return listener.port();
  }

  private static void serve(Streams.Listener listener, int size, boolean echo) {
    try (Streams.Stream stream = listener.accept().allocate(size)) {
      if (echo) {
        while (stream.receiveAll(size)) {
          stream.send();
        }
      } else {
        while (stream.receive() >= 0) {
          // and again
        }
      }
    } catch (IOException e) {
      // reset by the client
    }
  }
}
