package nixio.bench.peer;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;

/** The native calls below Netty's epoll channels, without its pipeline: no call ever waits. */
final class NettyJniStreams implements Streams {
  NettyJniStreams() {
    Epoll.ensureAvailability();
  }

  @Override
  public Listener listen(Endpoint at) throws IOException {
    Socket listener = open(at);
    listener.bind(address(at));
    listener.listen(128);
    return new Listener() {
      @Override
      public int port() {
        return at.isUnix() ? 0 : listener.localAddress().getPort();
      }

      @Override
      public Stream accept() throws IOException {
        return new JniStream(new Socket(listener.accept(new byte[128])));
      }

      @Override
      public void close() throws IOException {
        listener.close();
      }
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    Socket socket = open(to);
    if (!to.isUnix()) {
      socket.setSoLinger(0);
    }
    if (!socket.connect(address(to)) && !socket.finishConnect()) {
      throw new IOException("the connection is not there at once");
    }
    return new JniStream(socket);
  }

  private static Socket open(Endpoint at) {
    return at.isUnix() ? Socket.newSocketDomain() : Socket.newSocketStream();
  }

  private static SocketAddress address(Endpoint at) {
    return at.isUnix() ? new DomainSocketAddress(at.path()) : at.toSocketAddress();
  }

  private static final class JniStream implements Stream {
    private final Socket socket;
    private ByteBuffer buffer;

    JniStream(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Stream allocate(int size) {
      buffer = ByteBuffer.allocateDirect(size);
      return this;
    }

    @Override
    public void send() throws IOException {
      for (int sent = 0; sent < buffer.capacity(); ) {
        sent += socket.send(buffer, sent, buffer.capacity());
      }
    }

    @Override
    public long receive() throws IOException {
      return socket.recv(buffer, 0, buffer.capacity());
    }

    @Override
    public void dontWait() {
      // it is so
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
