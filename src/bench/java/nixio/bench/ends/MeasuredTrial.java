package nixio.bench.ends;

import java.io.IOException;
import java.util.List;
import nixio.bench.Child;
import nixio.bench.Measures;
import nixio.bench.Trial;
import nixio.bench.peer.Endpoint;

/**
 * Processes of which only one is measured; the ends that it needs are C programs, on another core.
 *
 * @param measured whose processor time counts
 * @param sender who is asked to send
 * @param processes all, in the order in which they end
 * @param endpoints what they listened on
 */
record MeasuredTrial(Child measured, Child sender, List<Child> processes, List<Endpoint> endpoints)
    implements Trial {
  static final int CORE = 0;
  static final int OTHER_CORE = 1;

  /** Listens, and receives whatever comes. */
  static Child drain(Endpoint at, int size) throws IOException {
    return Child.c(OTHER_CORE, "ends", "serve", at, size, "stream");
  }

  @Override
  public Measures round(double seconds) throws IOException {
    double before = measured.cpu();
    Measures measures = sender.ask("" + Math.round(1000 * seconds));
    return measures.with("cpu", (measured.cpu() - before) / measures.get("operations"));
  }

  @Override
  public void close() throws IOException {
    for (Child process : processes) {
      process.close();
    }
    for (Endpoint endpoint : endpoints) {
      endpoint.delete();
    }
  }
}
