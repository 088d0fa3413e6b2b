package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import nixio.Nixio;
import nixio.Socket;
import nixio.ZeroCopy;

/** Sends from the sender's memory. */
final class ZeroCopyExample {
  private ZeroCopyExample() {}

  static void zerocopy(PrintStream out) throws IOException {
    try (Socket listener = Nixio.bind("127.0.0.1", 0).listen(1);
        Socket socket = Nixio.connect("127.0.0.1", listener.getsockname().port());
        Socket peer = listener.accept().socket()) {
      // @start region="zerocopy"
      try (ZeroCopy sender = ZeroCopy.of(socket, 4, 1 << 16)) {
        for (int i = 0; i < 3; i++) {
          MemorySegment buffer = sender.take(); // waits until the kernel is done with one
          buffer.fill((byte) i);
          sender.send(buffer, 10_000); // from now on its use is an exception
        }
        peer.recvall(MemorySegment.ofArray(new byte[30_000]));
        sender.finish();
        out.println(sender.done()); // 3
        out.println(sender.copied()); // 3
      }
      // @end
    }
  }
}
