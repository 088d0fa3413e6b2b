package nixio.bench.peer;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The native calls below Netty's epoll channels. */
final class NettyJniDatagrams implements Datagrams {
  private final Socket from = open();
  private final Socket to = open();
  private final ByteBuffer buffer;
  private final int size;

  NettyJniDatagrams(int size) throws IOException {
    from.connect(to.localAddress());
    to.connect(from.localAddress());
    this.buffer = ByteBuffer.allocateDirect(size);
    this.size = size;
  }

  private static Socket open() throws IOException {
    Epoll.ensureAvailability();
    Socket socket = Socket.newSocketDgram();
    socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    return socket;
  }

  @Override
  public void send() throws IOException {
    from.send(buffer, 0, size);
  }

  @Override
  public long receive() throws IOException {
    return to.recv(buffer, 0, size);
  }

  @Override
  public void close() throws IOException {
    from.close();
    to.close();
  }
}
