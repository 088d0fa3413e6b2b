package nixio.bench.peer;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Netty's channels on epoll, to be connected, accepted and closed. */
final class NettyConnections implements Streams {
  private final Netty netty = new Netty("netty-epoll");
  private final BlockingQueue<Channel> accepted = new LinkedBlockingQueue<>();

  @Sharable
  private final class Acceptor extends ChannelInboundHandlerAdapter {
    @Override
    public void channelActive(ChannelHandlerContext context) {
      accepted.add(context.channel());
    }
  }

  private interface Wait<T> {
    T run() throws InterruptedException;
  }

  private static <T> T waiting(Wait<T> wait) throws IOException {
    try {
      return wait.run();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Override
  public Listener listen(Endpoint at) throws IOException {
    int port = waiting(() -> netty.listen(at, new Acceptor()));
    return new Listener() {
      @Override
      public int port() {
        return port;
      }

      @Override
      public Stream accept() throws IOException {
        return new Connection(waiting(accepted::take));
      }

      @Override
      public void close() {} // ends with the process
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    Channel channel = waiting(() -> netty.connect(to, new ChannelInboundHandlerAdapter()));
    if (!to.isUnix()) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    return new Connection(channel);
  }

  private record Connection(Channel channel) implements Stream {
    @Override
    public Stream allocate(int size) {
      return this;
    }

    @Override
    public void send() {
      throw new UnsupportedOperationException("for connections only");
    }

    @Override
    public long receive() {
      throw new UnsupportedOperationException("for connections only");
    }

    @Override
    public void dontWait() {}

    @Override
    public void close() throws IOException {
      var _ = waiting(() -> channel.close().sync());
    }
  }
}
