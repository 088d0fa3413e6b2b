package nixio.it.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes a request a line from its standard input: a tag, the kind of thread to use ({@code
 * platform} or {@code virtual}), a command and its arguments, with tabs between them. Answers a
 * line each, when it is done: the tag, {@code ok} and the values, or {@code failed} and why.
 */
public final class Peer {
  private final Map<String, Command> commands = new HashMap<>();
  private final PrintStream answers;

  private Peer(PrintStream answers) {
    this.answers = answers;
    commands.putAll(new SocketCommands().table());
    commands.putAll(HostCommands.TABLE);
  }

  /** Runs until its input ends. */
  public static void main(String[] args) throws IOException {
    Peer peer = new Peer(new PrintStream(System.out, false, StandardCharsets.UTF_8));
    BufferedReader requests =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = requests.readLine(); line != null; line = requests.readLine()) {
      List<String> request = Line.fields(line);
      Thread.Builder thread =
          request.get(1).equals("virtual") ? Thread.ofVirtual() : Thread.ofPlatform().daemon();
      thread.name(line).start(() -> peer.carryOut(request));
    }
  }

  private void carryOut(List<String> request) {
    List<String> answer = new ArrayList<>();
    answer.add(request.get(0));
    try {
      Command command = commands.get(request.get(2));
      List<String> values = command.run(new Arguments(request.subList(3, request.size())));
      answer.add("ok");
      answer.addAll(values);
    } catch (Throwable t) {
      answer.add("failed");
      answer.addAll(Failure.of(t).fields());
    }
    synchronized (answers) {
      answers.println(Line.of(answer));
      answers.flush();
    }
  }
}
