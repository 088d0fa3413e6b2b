package nixio.bench.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.newsclub.net.unix.AFUNIXServerSocketChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.newsclub.net.unix.AFUNIXSocketChannel;

/** Channels with direct buffers: the JDK's, and junixsocket's. */
final class ChannelStreams implements Streams {
  private static final int PAGE = 4096;

  private final boolean junixsocket;
  private final boolean aligned;

  private ChannelStreams(boolean junixsocket, boolean aligned) {
    this.junixsocket = junixsocket;
    this.aligned = aligned;
  }

  /** With buffers as allocateDirect gives them, or aligned as ours. */
  static Streams jdk(boolean aligned) {
    return new ChannelStreams(false, aligned);
  }

  static Streams junixsocket() {
    return new ChannelStreams(true, false);
  }

  @Override
  public Listener listen(Endpoint at) throws IOException {
    ServerSocketChannel listener = openListener(at);
    listener.bind(address(at), 128);
    return new Listener() {
      @Override
      public int port() throws IOException {
        return listener.getLocalAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
      }

      @Override
      public Stream accept() throws IOException {
        return new ChannelStream(listener.accept(), aligned);
      }

      @Override
      public void close() throws IOException {
        listener.close();
      }
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    SocketChannel channel = open(to);
    if (!to.isUnix()) {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    }
    channel.connect(address(to));
    return new ChannelStream(channel, aligned);
  }

  private ServerSocketChannel openListener(Endpoint at) throws IOException {
    if (junixsocket) {
      return AFUNIXServerSocketChannel.open();
    }
    return at.isUnix()
        ? ServerSocketChannel.open(StandardProtocolFamily.UNIX)
        : ServerSocketChannel.open();
  }

  private SocketChannel open(Endpoint to) throws IOException {
    if (junixsocket) {
      return AFUNIXSocketChannel.open();
    }
    return to.isUnix() ? SocketChannel.open(StandardProtocolFamily.UNIX) : SocketChannel.open();
  }

  private SocketAddress address(Endpoint at) throws IOException {
    return junixsocket ? AFUNIXSocketAddress.of(Path.of(at.path())) : at.toSocketAddress();
  }

  private static final class ChannelStream implements Stream {
    private final SocketChannel channel;
    private final boolean aligned;
    private ByteBuffer buffer;

    ChannelStream(SocketChannel channel, boolean aligned) {
      this.channel = channel;
      this.aligned = aligned;
    }

    @Override
    public Stream allocate(int size) {
      buffer =
          aligned
              ? ByteBuffer.allocateDirect(size + 2 * PAGE).alignedSlice(PAGE).slice(0, size)
              : ByteBuffer.allocateDirect(size);
      return this;
    }

    @Override
    public void send() throws IOException {
      buffer.clear();
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public long receive() throws IOException {
      return channel.read(buffer.clear());
    }

    @Override
    public void dontWait() throws IOException {
      channel.configureBlocking(false);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
