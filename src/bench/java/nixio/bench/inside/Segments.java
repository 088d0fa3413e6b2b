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

/** Datagrams, sent as one that the kernel cuts, and received put together, in one thread. */
@State(Scope.Thread)
public class Segments {
  /** The most that Linux 6.9 and later cut, UDP_MAX_SEGMENTS; before it was 64. */
  private static final int MANY = 128;

  @Param("nixio")
  private String technique;

  @Param("64")
  private int size;

  private DatagramsTogether datagrams;

  /** Opens. */
  @Setup
  public void open() throws IOException {
    datagrams = DatagramsTogether.segments(technique, MANY, size);
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
