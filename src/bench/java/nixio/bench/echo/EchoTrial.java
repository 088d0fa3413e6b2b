package nixio.bench.echo;

import java.io.IOException;
import java.util.List;
import nixio.bench.Child;
import nixio.bench.Measures;
import nixio.bench.Trial;

/** One server, and the load that keeps its connections. */
final class EchoTrial implements Trial {
  private static final int SERVER_CORE = 0;
  private static final int LOAD_CORE = 1;

  /** What warms the server up before its memory is looked at. */
  private static final int FEW = 64;

  /** One carrier; and the whole heap resident at once, so that what grows is other memory. */
  private static final List<String> OPTIONS =
      List.of(
          "-Djdk.virtualThreadScheduler.parallelism=1",
          "-Djdk.virtualThreadScheduler.maxPoolSize=1",
          "-Xms512m",
          "-Xmx512m",
          "-XX:+AlwaysPreTouch");

  private final Child server;
  private final Child load;
  private final int active;
  private final double heap;
  private final double rest;

  private EchoTrial(Child server, int connections, int active) throws IOException {
    this.server = server;
    this.load = Child.c(LOAD_CORE, "echo_load", (int) server.ready().get("port"), server.pid());
    this.active = active;
    load.ask("open " + FEW);
    load.ask("go " + FEW + " 3000");
    double heapOfFew = server.ask("heap").get("heap");
    double few = server.resident();
    int more = connections - FEW;
    load.ask("open " + more);
    heap = (server.ask("heap").get("heap") - heapOfFew) / more;
    rest = (server.resident() - few) / more;
  }

  static EchoTrial c(int connections, int active) throws IOException {
    return new EchoTrial(Child.c(SERVER_CORE, "echo_server"), connections, active);
  }

  static EchoTrial java(String server, int connections, int active, Object... arguments)
      throws IOException {
    String main = EchoTrial.class.getPackageName() + "." + server;
    return new EchoTrial(Child.java(SERVER_CORE, OPTIONS, main, arguments), connections, active);
  }

  @Override
  public Measures round(double seconds) throws IOException {
    Measures measures = load.ask("go " + active + " " + Math.round(1000 * seconds));
    return measures.with("heap", heap).with("native", rest);
  }

  @Override
  public void close() throws IOException {
    try (server) {
      load.close();
    }
  }
}
