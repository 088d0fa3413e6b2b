package nixio.bench.inside;

import java.io.IOException;
import nixio.bench.peer.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A receive that finds nothing: EAGAIN. */
@State(Scope.Thread)
public class Nothing {
  @Param("nixio")
  private String technique;

  @Param("tcp")
  private String kind;

  private Connection connection;

  /** Connects. */
  @Setup
  public void connect() throws IOException {
    connection = Connection.open(Streams.of(technique), kind, 64);
    connection.accepted().dontWait();
  }

  /** Asks. */
  @Benchmark
  public long receive() throws IOException {
    return connection.accepted().receive();
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    connection.close();
  }
}
