package nixio.traces;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import nixio.Socket;

/** Takes back an option that Java sets where the reference is recorded to have refused it. */
final class Restoration {

  private final boolean needed;
  private final Object before;

  private Restoration(boolean needed, Object before) {
    this.needed = needed;
    this.before = before;
  }

  static Restoration before(Step step, Call call) {
    boolean refused = !step.succeeded() && call.setsOption() && !call.option().isEmpty();
    if (!refused || Parameters.READ_ONLY.contains(call.option())) {
      return new Restoration(false, null);
    }
    try {
      Socket socket = (Socket) call.self();
      return new Restoration(true, socket.getopt((String) call.get(0), (String) call.get(1)));
    } catch (IOException | RuntimeException e) {
      // It can't be read, or isn't an option at all: there is nothing to bring back.
      return new Restoration(true, null);
    }
  }

  /** Takes the call back that came to this outcome. */
  void after(Call call, Outcome outcome) throws IOException {
    if (!needed || !(outcome instanceof Outcome.Values)) {
      return;
    }
    Socket socket = (Socket) call.self();
    String level = (String) call.get(0);
    String option = (String) call.get(1);
    if (Parameters.MEMBERSHIPS.contains(call.option())) {
      String other = option.startsWith("add") ? "drop_membership" : "add_membership";
      List<Object> values = new ArrayList<>(call.args().subList(2, call.args().size()));
      socket.setopt(level, other, values.toArray());
    } else if (before != null) {
      socket.setopt(level, option, before);
    }
  }
}
