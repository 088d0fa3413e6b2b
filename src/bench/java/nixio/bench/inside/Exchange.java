package nixio.bench.inside;

import java.io.IOException;
import nixio.bench.peer.Streams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A send and the receive of it, in one thread: nobody waits. */
@State(Scope.Thread)
public class Exchange {
  @Param("nixio")
  private String technique;

  @Param("tcp")
  private String kind;

  @Param("64")
  private int size;

  private Connection connection;

  /** Connects. */
  @Setup
  public void connect() throws IOException {
    connection = Connection.open(Streams.of(technique), kind, size);
  }

  /** Sends and receives. */
  @Benchmark
  public boolean exchange() throws IOException {
    connection.connected().send();
    return connection.accepted().receiveAll(size);
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    connection.close();
  }
}
