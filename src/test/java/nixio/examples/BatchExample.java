package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import nixio.Address;
import nixio.Batch;
import nixio.Domain;
import nixio.Option;
import nixio.Socket;
import nixio.Type;

/** Messages together. */
final class BatchExample {
  private BatchExample() {}

  private static MemorySegment text(String text) {
    return MemorySegment.ofArray(text.getBytes(StandardCharsets.UTF_8));
  }

  static void batch(PrintStream out) throws IOException {
    // @start region="batch"
    try (Socket server = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket client = Socket.open(Domain.INET, Type.DGRAM);
        Batch questions = Batch.of(64, 1500);
        Batch batch = Batch.of(64, 1500)) {
      Address to = server.getsockname();
      questions.add(text("one"), to).add(text("two"), to).add(text("three"), to);
      out.println(client.sendmmsg(questions)); // 3
      out.println(server.recvmmsg(batch)); // 3
      out.println(batch.length(2)); // 5
      out.println(batch.peer(2).port() == client.getsockname().port()); // true
      out.println(server.sendmmsg(batch)); // 3
      out.println(client.recvmmsg(questions)); // 3
    }
    // @end
  }

  static void all(PrintStream out) throws IOException {
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket socket = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(2, 100)) {
      Address to = receiver.getsockname();
      batch.add(text("a"), to).add(text("b"), to);
      // @start region="all"
      int sent = 0;
      while (sent < batch.count()) {
        sent += socket.sendmmsg(batch, sent);
      }
      out.println(sent); // 2
      // @end
    }
  }

  static void segments(PrintStream out) throws IOException {
    // @start region="segments"
    try (Socket receiver = Socket.open(Domain.INET, Type.DGRAM).bind("127.0.0.1", 0);
        Socket sender = Socket.open(Domain.INET, Type.DGRAM);
        Batch batch = Batch.of(16, 65_507)) {
      receiver.setopt(Option.UDP_GRO, true);
      sender.connect(receiver.getsockname());
      batch.length(0, 2500).segmentSize(0, 1000).count(1);
      out.println(sender.sendmsg(batch)); // 2500
      out.println(receiver.recvmmsg(batch)); // 1
      out.println(batch.length(0)); // 2500
      out.println(batch.segmentSize(0)); // 1000
    }
    // @end
  }
}
