package nixio.bench.inside;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import nixio.Domain;
import nixio.Pair;
import nixio.Socket;
import nixio.Type;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A block that is received into memory which begins somewhere in a page. */
@State(Scope.Thread)
public class Alignment {
  private static final int SIZE = 1 << 16;
  private static final int PAGE = 1 << 12;

  @Param("page")
  private String technique;

  private final MemorySegment sent = Arena.ofAuto().allocate(SIZE, PAGE);
  private MemorySegment received;
  private Pair pair;

  /** Connects. */
  @Setup
  public void open() throws IOException {
    long place = technique.equals("page") ? 0 : Integer.parseInt(technique.substring(5));
    received = Arena.ofAuto().allocate(SIZE + PAGE, PAGE).asSlice(place, SIZE);
    pair = Socket.pair(Domain.UNIX, Type.STREAM);
  }

  /** Sends and receives. */
  @Benchmark
  public long exchange() throws IOException {
    pair.first().send(sent);
    return pair.second().recvall(received);
  }

  /** Closes. */
  @TearDown
  public void close() throws IOException {
    pair.close();
  }
}
