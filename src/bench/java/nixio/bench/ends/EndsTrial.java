package nixio.bench.ends;

import java.io.IOException;
import java.util.List;
import nixio.bench.Child;
import nixio.bench.Measures;
import nixio.bench.Trial;
import nixio.bench.peer.Endpoint;

/** Two processes, a server and a client, both of one technique. */
final class EndsTrial implements Trial {
  private final Endpoint endpoint;
  private final Child server;
  private final Child client;

  private EndsTrial(Endpoint endpoint, Child server, Child client) {
    this.endpoint = endpoint;
    this.server = server;
    this.client = client;
  }

  /**
   * Starts both.
   *
   * @param cores the server's and the client's
   */
  static Trial start(String technique, String kind, int size, String work, List<Integer> cores)
      throws IOException {
    Endpoint at = Endpoint.unused(kind);
    Child server = end("serve", cores.getFirst(), technique, at, size, work);
    Endpoint to = at.with((int) server.ready().get("port"));
    return new EndsTrial(to, server, end("call", cores.getLast(), technique, to, size, work));
  }

  private static Child end(
      String role, int core, String technique, Endpoint at, int size, String work)
      throws IOException {
    if (technique.equals("c")) {
      return Child.c(core, "ends", role, at, size, work);
    }
    String main = (role.equals("serve") ? Server.class : Client.class).getName();
    return Child.java(core, List.of(), main, technique, at, size, work);
  }

  @Override
  public Measures round(double seconds) throws IOException {
    double before = server.cpu() + client.cpu();
    Measures measures = client.ask("" + Math.round(1000 * seconds));
    double used = server.cpu() + client.cpu() - before;
    return measures.with("cpu", used / measures.get("operations"));
  }

  @Override
  public void close() throws IOException {
    try (server) {
      client.close();
    } finally {
      endpoint.delete();
    }
  }
}
