package nixio.bench.echo;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import java.net.InetSocketAddress;
import nixio.bench.Parent;

/** Netty, one event loop, epoll or io_uring. */
final class NettyEcho {
  private NettyEcho() {}

  public static void main(String[] args) throws Exception {
    boolean uring = args[0].equals("io_uring");
    EventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(
            1, uring ? IoUringIoHandler.newFactory() : EpollIoHandler.newFactory());
    InetSocketAddress address =
        (InetSocketAddress)
            new ServerBootstrap()
                .group(loop)
                .channel(uring ? IoUringServerSocketChannel.class : EpollServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, 4096)
                .childHandler(new Handler())
                .bind("127.0.0.1", 0)
                .sync()
                .channel()
                .localAddress();
    Parent.serve(address.getPort());
  }

  @SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel
  @Sharable
  private static final class Handler extends ChannelInboundHandlerAdapter {
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
      context.close(); // reset by the load
    }
  }
}
