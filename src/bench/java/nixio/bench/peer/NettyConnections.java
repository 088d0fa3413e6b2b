package nixio.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;

/**
 * Netty's channels on epoll, to be connected, accepted and closed; the caller's thread is their
 * event loop.
 */
final class NettyConnections implements Streams {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
  private final Queue<Channel> accepted = new ArrayDeque<>();

  private static SocketAddress address(Endpoint at) {
    return at.isUnix() ? new DomainSocketAddress(at.path()) : at.toSocketAddress();
  }

  private Channel done(ChannelFuture future) throws IOException {
    while (!future.isDone()) {
      loop.run(PATIENCE);
    }
    if (!future.isSuccess()) {
      throw new IOException(future.cause());
    }
    return future.channel();
  }

  @Override
  public Listener listen(Endpoint at) throws IOException {
    Channel listener =
        done(
            new ServerBootstrap()
                .group(loop)
                .channel(
                    at.isUnix()
                        ? EpollServerDomainSocketChannel.class
                        : EpollServerSocketChannel.class)
                .childHandler(
                    new ChannelInboundHandlerAdapter() {
                      @Override
                      public void handlerAdded(ChannelHandlerContext context) {
                        accepted.add(context.channel());
                      }

                      @Override
                      public boolean isSharable() {
                        return true;
                      }
                    })
                .bind(address(at)));
    return new Listener() {
      @Override
      public int port() {
        return listener.localAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
      }

      @Override
      public Stream accept() {
        while (accepted.isEmpty()) {
          loop.run(PATIENCE);
        }
        return new Connection(accepted.remove());
      }

      @Override
      public void close() throws IOException {
        done(listener.close());
      }
    };
  }

  @Override
  public Stream connect(Endpoint to) throws IOException {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(to.isUnix() ? EpollDomainSocketChannel.class : EpollSocketChannel.class)
            .handler(new ChannelInboundHandlerAdapter());
    if (!to.isUnix()) {
      bootstrap.option(ChannelOption.SO_LINGER, 0);
    }
    return new Connection(done(bootstrap.connect(address(to))));
  }

  private final class Connection implements Stream {
    private final Channel channel;

    Connection(Channel channel) {
      this.channel = channel;
    }

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
      done(channel.close());
    }
  }
}
