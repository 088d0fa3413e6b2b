package nixio.bench.inside;

import java.io.IOException;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Connect, accept, and close both, in one thread. */
@State(Scope.Thread)
public class Connections {
  @Param("nixio")
  private String technique;

  @Param("tcp")
  private String kind;

  private Streams streams;
  private Streams.Listener listener;
  private Endpoint endpoint;

  /** Listens. */
  @Setup
  public void listen() throws IOException {
    streams = Streams.of(technique);
    Endpoint at = Endpoint.unused(kind);
    listener = streams.listen(at);
    endpoint = at.with(listener.port());
  }

  /** Connects and closes. */
  @Benchmark
  public void connect() throws IOException {
    try (Streams.Stream _ = streams.connect(endpoint);
        Streams.Stream _ = listener.accept()) {
      // closed in the order of their opening, reversed
    }
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    listener.close();
    endpoint.delete();
  }
}
