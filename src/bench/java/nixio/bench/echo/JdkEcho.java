package nixio.bench.echo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import nixio.bench.Parent;

/** The JDK's SocketChannel, a virtual thread to each connection. */
final class JdkEcho {
  private JdkEcho() {}

  public static void main(String[] args) throws Exception {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    Thread.startVirtualThread(() -> accept(listener));
    Parent.serve(listener.socket().getLocalPort());
  }

  private static void accept(ServerSocketChannel listener) {
    try {
      for (; ; ) {
        SocketChannel channel = listener.accept();
        Thread.startVirtualThread(() -> echo(channel));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void echo(SocketChannel channel) {
    try (channel) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(1024);
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        channel.write(buffer);
        buffer.clear();
      }
    } catch (IOException e) {
      // reset by the load
    }
  }
}
