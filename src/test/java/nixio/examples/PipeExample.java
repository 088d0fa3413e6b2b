package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import nixio.Domain;
import nixio.Pair;
import nixio.Pipe;
import nixio.Shutdown;
import nixio.Socket;
import nixio.Type;

/** Data that this process does not look at. */
final class PipeExample {
  private PipeExample() {}

  static void relay(PrintStream out) throws IOException {
    try (Arena arena = Arena.ofConfined();
        Pair left = Socket.pair(Domain.UNIX, Type.STREAM);
        Pair right = Socket.pair(Domain.UNIX, Type.STREAM)) {
      Socket client = left.first();
      Socket server = right.second();
      Socket from = left.second();
      Socket to = right.first();
      client.send(arena.allocate(5000)); // a client that sends, and has finished
      client.shutdown(Shutdown.WR);
      // @start region="relay"
      try (Pipe pipe = Pipe.open()) {
        long bytes = pipe.relay(from, to, Long.MAX_VALUE); // until the first has ended
        to.shutdown(Shutdown.WR);
        out.println(bytes); // 5000
      }
      // @end
      server.recvall(arena.allocate(10_000));
    }
  }

  static void file(PrintStream out) throws IOException {
    Path path = Files.writeString(Files.createTempFile("nixio", ".txt"), "some file");
    try (Pair pair = Socket.pair(Domain.UNIX, Type.STREAM)) {
      Socket socket = pair.first();
      // @start region="file"
      try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
        out.println(socket.sendfile(file, 5, Long.MAX_VALUE)); // 4
      }
      // @end
    } finally {
      Files.delete(path);
    }
  }
}
