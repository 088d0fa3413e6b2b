package nixio.bench.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** The JDK's Socket, with arrays; TCP only. */
final class SocketStreams implements Streams {
  @Override
  public Listener listen(Endpoint at) throws IOException {
    ServerSocket listener = new ServerSocket(at.port(), 128, InetAddress.getLoopbackAddress());
    return new Listener() {
      @Override
      public int port() {
        return listener.getLocalPort();
      }

      @Override
      public Stream accept() throws IOException {
        return new SocketStream(listener.accept());
      }

      @Override
      public void close() throws IOException {
        listener.close();
      }
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), to.port());
    socket.setSoLinger(true, 0);
    return new SocketStream(socket);
  }

  private static final class SocketStream implements Stream {
    private final Socket socket;
    private byte[] buffer;

    SocketStream(Socket socket) {
      this.socket = socket;
    }

    @Override
    public Stream allocate(int size) {
      buffer = new byte[size];
      return this;
    }

    @Override
    public void send() throws IOException {
      socket.getOutputStream().write(buffer);
    }

    @Override
    public long receive() throws IOException {
      return socket.getInputStream().read(buffer);
    }

    @Override
    public void dontWait() {
      throw new UnsupportedOperationException("java.net.Socket always waits");
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
