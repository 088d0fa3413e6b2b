package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.time.Duration;
import nixio.Domain;
import nixio.Pair;
import nixio.Poll;
import nixio.Socket;
import nixio.Type;

/** Waiting for several sockets. */
final class PollExample {
  private PollExample() {}

  static void poll(PrintStream out) throws IOException {
    // @start region="poll"
    try (Arena arena = Arena.ofConfined();
        Pair a = Socket.pair(Domain.UNIX, Type.STREAM);
        Pair b = Socket.pair(Domain.UNIX, Type.STREAM)) {
      Poll poll = new Poll().add(a.first(), Poll.IN).add(b.first(), Poll.IN);
      out.println(poll.poll(Duration.ZERO)); // 0
      b.second().send(arena.allocateFrom("hello"));
      out.println(poll.poll(Duration.ofSeconds(5))); // 1
      out.println(Poll.names(poll.events(a.first()))); // []
      out.println(Poll.names(poll.events(b.first()))); // [in]
    }
    // @end
  }
}
