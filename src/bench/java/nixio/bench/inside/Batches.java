package nixio.bench.inside;

import java.io.IOException;
import nixio.bench.peer.DatagramsTogether;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Datagrams, sent together and then received together, in one thread. */
@State(Scope.Thread)
public class Batches {
  private static final int MANY = 64;

  @Param("nixio")
  private String technique;

  @Param("64")
  private int size;

  private DatagramsTogether datagrams;

  /** Opens. */
  @Setup
  public void open() throws IOException {
    datagrams = DatagramsTogether.batches(technique, MANY, size);
  }

  /** Sends all, then receives all. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public void exchange() throws IOException {
    datagrams.exchange(MANY);
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    datagrams.close();
  }
}
