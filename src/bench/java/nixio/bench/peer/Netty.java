package nixio.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerDomainSocketChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.channel.uring.IoUringDomainSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerDomainSocketChannel;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.ReferenceCountUtil;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Netty with one event loop, on epoll or io_uring. */
public final class Netty {
  private final boolean uring;
  private final EventLoopGroup loop;

  /**
   * @param transport {@code netty-epoll} or {@code netty-io_uring}
   */
  public Netty(String transport) {
    uring = transport.equals("netty-io_uring");
    loop =
        new MultiThreadIoEventLoopGroup(
            1, uring ? IoUringIoHandler.newFactory() : EpollIoHandler.newFactory());
  }

  /** Listens: the port. */
  public int listen(Endpoint at, ChannelHandler handler) throws InterruptedException {
    SocketAddress address =
        new ServerBootstrap()
            .group(loop)
            .channel(listener(at))
            .option(ChannelOption.SO_BACKLOG, 4096)
            .childHandler(handler)
            .bind(address(at))
            .sync()
            .channel()
            .localAddress();
    return address instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /** Connects. */
  public Channel connect(Endpoint to, ChannelHandler handler) throws InterruptedException {
    return new Bootstrap()
        .group(loop)
        .channel(stream(to))
        .handler(handler)
        .connect(address(to))
        .sync()
        .channel();
  }

  private Class<? extends ServerChannel> listener(Endpoint at) {
    if (uring) {
      return at.isUnix()
          ? IoUringServerDomainSocketChannel.class
          : IoUringServerSocketChannel.class;
    }
    return at.isUnix() ? EpollServerDomainSocketChannel.class : EpollServerSocketChannel.class;
  }

  private Class<? extends Channel> stream(Endpoint to) {
    if (uring) {
      return to.isUnix() ? IoUringDomainSocketChannel.class : IoUringSocketChannel.class;
    }
    return to.isUnix() ? EpollDomainSocketChannel.class : EpollSocketChannel.class;
  }

  private static SocketAddress address(Endpoint at) {
    return at.isUnix() ? new DomainSocketAddress(at.path()) : at.toSocketAddress();
  }

  /** Sends back what it receives. */
  @SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
  @Sharable
  public static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      context.write(message, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // reset by the other end
    }
  }

  /** Receives, and that is all. */
  @SuppressWarnings("FutureReturnValueIgnored")
  @Sharable
  public static final class Drain extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
