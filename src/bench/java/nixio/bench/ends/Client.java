package nixio.bench.ends;

import java.io.IOException;
import nixio.bench.Measures;
import nixio.bench.Parent;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Streams;

/**
 * The other end, which measures: asked with a number of milliseconds, it plays ping-pong or sends
 * for so long. The arguments are the server's.
 */
final class Client {
  private Client() {}

  public static void main(String[] args) throws Exception {
    Endpoint to = Endpoint.parse(args[1]);
    int size = Integer.parseInt(args[2]);
    boolean echo = args[3].equals("ping-pong");
    if (args[0].startsWith("netty-")) {
      NettyClient client = new NettyClient(args[0], to, size, echo);
      Parent.serve(Measures.of("ready", 1), client::run);
    } else {
      Streams.Stream stream = Streams.of(args[0]).connect(to).allocate(size);
      Parent.serve(
          Measures.of("ready", 1),
          question -> {
            long nanos = 1_000_000L * Long.parseLong(question);
            return echo ? pingPong(stream, size, nanos) : send(stream::send, nanos);
          });
    }
  }

  private static final Latencies LATENCIES = new Latencies();

  private static Measures pingPong(Streams.Stream stream, int size, long nanos) throws IOException {
    long start = System.nanoTime();
    long now = start;
    while (now - start < nanos) {
      stream.send();
      stream.receiveAll(size);
      long then = System.nanoTime();
      LATENCIES.add(then - now);
      now = then;
    }
    return LATENCIES.drain(now - start);
  }

  /** Sends something, again and again. */
  interface Sending {
    void send() throws IOException;
  }

  static Measures send(Sending sending, long nanos) throws IOException {
    long start = System.nanoTime();
    long now = start;
    while (now - start < nanos) {
      sending.send();
      long then = System.nanoTime();
      LATENCIES.add(then - now);
      now = then;
    }
    return LATENCIES.drain(now - start);
  }
}
