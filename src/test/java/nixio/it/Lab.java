package nixio.it;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;

/**
 * Two networks, and hosts that all tests share: alpha and beta are on both, gamma and delta on the
 * eastern one alone. Tests may open and send here what they like; those that do harm start hosts of
 * their own.
 */
final class Lab implements AutoCloseable {
  /** For many steps, each of which must not hang: four JVMs start at once. */
  private static final Duration START = Await.PATIENCE.multipliedBy(4);

  private final Net east = Net.create();
  private final Net west = Net.create();
  private final Host alpha;
  private final Host beta;
  private final Host gamma;
  private final Host delta;

  Lab() {
    Future<Host> first = Await.later(() -> Host.start("alpha", List.of(east, west)));
    Future<Host> second = Await.later(() -> Host.start("beta", List.of(east, west)));
    Future<Host> third = Await.later(() -> Host.start("gamma", List.of(east)));
    Future<Host> fourth = Await.later(() -> Host.start("delta", List.of(east)));
    alpha = Await.end("alpha", first, START);
    beta = Await.end("beta", second, START);
    gamma = Await.end("gamma", third, START);
    delta = Await.end("delta", fourth, START);
    hosts().forEach(Host::settle);
  }

  Net east() {
    return east;
  }

  Net west() {
    return west;
  }

  Host alpha() {
    return alpha;
  }

  Host beta() {
    return beta;
  }

  Host gamma() {
    return gamma;
  }

  Host delta() {
    return delta;
  }

  /** A host on the eastern network, for those who need one of their own. */
  Host extra(String name, Consumer<GenericContainer<?>> more) {
    return Host.start(name, List.of(east), more);
  }

  void tidyUp() {
    hosts().forEach(Host::tidyUp);
  }

  private Stream<Host> hosts() {
    return Stream.of(alpha, beta, gamma, delta);
  }

  @Override
  public void close() {
    hosts().parallel().forEach(Host::close);
    east.close();
    west.close();
  }
}
