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

  /** The bytes of the largest datagram, on IPv4. */
  private static final int LARGEST = 65_507;

  @Param("nixio")
  private String technique;

  @Param("64")
  private int size;

  private DatagramsTogether datagrams;

  /** How many of them a datagram has room for, MANY at most, a power of two. */
  private int together;

  /** Opens. */
  @Setup
  public void open() throws IOException {
    together = Integer.highestOneBit(Math.min(MANY, LARGEST / size));
    datagrams = DatagramsTogether.segments(technique, together, size);
  }

  /** Sends all, then receives all. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public void exchange() throws IOException {
    for (int i = 0; i < MANY; i += together) {
      datagrams.exchange(together);
    }
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    datagrams.close();
  }
}
