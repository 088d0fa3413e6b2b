package nixio.bench.start;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import nixio.Nixio;
import nixio.Socket;

/** A program that sends itself a byte over TCP, and ends; or does nothing at all. */
final class FirstByte {
  private FirstByte() {}

  public static void main(String[] args) throws IOException {
    switch (args[0]) {
      case "nixio" -> ByNixio.run();
      case "jdk" -> ByJdk.run();
      default -> {}
    }
  }

  /** Loaded only if it is asked for. */
  private static final class ByNixio {
    static void run() throws IOException {
      try (Arena arena = Arena.ofConfined();
          Socket listener = Nixio.bind("127.0.0.1", 0).listen(1);
          Socket client = Nixio.connect("127.0.0.1", listener.getsockname().port());
          Socket server = listener.accept().socket()) {
        MemorySegment buffer = arena.allocate(1);
        client.send(buffer);
        server.recv(buffer);
      }
    }
  }

  private static final class ByJdk {
    static void run() throws IOException {
      InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      try (ServerSocketChannel listener = ServerSocketChannel.open().bind(any, 1);
          SocketChannel client = SocketChannel.open(listener.getLocalAddress());
          SocketChannel server = listener.accept()) {
        ByteBuffer buffer = ByteBuffer.allocateDirect(1);
        client.write(buffer);
        server.read(buffer.clear());
      }
    }
  }
}
