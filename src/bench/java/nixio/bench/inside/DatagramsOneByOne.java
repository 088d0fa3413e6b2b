package nixio.bench.inside;

import java.io.IOException;
import nixio.bench.peer.Datagrams;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Datagrams, sent and then received one by one, in one thread. */
@State(Scope.Thread)
public class DatagramsOneByOne {
  private static final int MANY = 64;

  @Param("nixio")
  private String technique;

  @Param("64")
  private int size;

  private Datagrams datagrams;

  /** Opens. */
  @Setup
  public void open() throws IOException {
    datagrams = Datagrams.of(technique, size);
  }

  /** Sends all, then receives all. */
  @Benchmark
  @OperationsPerInvocation(MANY)
  public long exchange() throws IOException {
    long bytes = 0;
    for (int i = 0; i < MANY; i++) {
      datagrams.send();
    }
    for (int i = 0; i < MANY; i++) {
      bytes += datagrams.receive();
    }
    return bytes;
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    datagrams.close();
  }
}
