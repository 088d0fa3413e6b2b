package nixio.tool;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.Address;
import nixio.Shutdown;
import nixio.Socket;
import nixio.Type;

/** A link that goes through a third party, who changes a byte now and then. */
final class Relay {
  private Relay() {}

  static Link open() throws IOException {
    Address loopback = Address.Inet.of("127.0.0.1", 0);
    Link first = Link.stream(Type.STREAM, loopback);
    Link second = Link.stream(Type.STREAM, loopback);
    Thread.ofPlatform().daemon().start(() -> pass(first.receiver(), second.sender()));
    return new Link(first.sender(), second.receiver(), first.from(), second.to(), null);
  }

  private static void pass(Socket from, Socket to) {
    try (from;
        to;
        Arena arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(1 << 16, 64);
      for (long n = from.recv(buffer); n != Socket.EOF; n = from.recv(buffer)) {
        buffer.set(
            ValueLayout.JAVA_BYTE, n / 2, (byte) (buffer.get(ValueLayout.JAVA_BYTE, n / 2) ^ 1));
        to.sendall(buffer.asSlice(0, n));
      }
      to.shutdown(Shutdown.WR);
    } catch (IOException e) {
      // The link was closed: that's the end of it.
    }
  }
}
