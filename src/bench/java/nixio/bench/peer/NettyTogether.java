package nixio.bench.peer;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.ManualIoEventLoop;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.SegmentedDatagramPacket;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** Netty's datagram channels on epoll; the caller's thread is their event loop. */
final class NettyTogether implements DatagramsTogether {
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(1);

  private final ManualIoEventLoop loop =
      new ManualIoEventLoop(Thread.currentThread(), EpollIoHandler.newFactory());
  private final Channel from;
  private final Channel to;
  private final InetSocketAddress peer;
  private final ByteBuf data;
  private final int messages;
  private final int segment;
  private int received;

  private NettyTogether(int messages, int size, int segment) throws IOException {
    this.messages = messages;
    this.segment = segment;
    data = Unpooled.directBuffer(size).writeZero(size);
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(EpollDatagramChannel.class)
            .option(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(messages * size))
            .option(EpollChannelOption.UDP_GRO, segment > 0)
            .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, size)
            .handler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new Counter());
                  }
                });
    from = bound(bootstrap);
    to = bound(bootstrap);
    peer = (InetSocketAddress) to.localAddress();
    done(from.connect(peer));
    done(to.connect(from.localAddress()));
  }

  /** Messages of a datagram each. */
  static NettyTogether batches(int many, int size) throws IOException {
    return new NettyTogether(many, size, 0);
  }

  /** A datagram at a time. */
  static Datagrams oneByOne(int size) throws IOException {
    NettyTogether channels = new NettyTogether(1, size, 0);
    return new Datagrams() {
      private int taken;

      @Override
      public void send() {
        channels.send();
      }

      @Override
      public long receive() {
        while (taken == channels.received) {
          channels.receive();
        }
        taken++;
        return size;
      }

      @Override
      public void close() throws IOException {
        channels.close();
      }
    };
  }

  /** One message that is cut into datagrams. */
  static NettyTogether segments(int many, int size) throws IOException {
    return new NettyTogether(1, many * size, size);
  }

  private Channel bound(Bootstrap bootstrap) throws IOException {
    return done(bootstrap.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
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

  private final class Counter extends SimpleChannelInboundHandler<DatagramPacket> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, DatagramPacket packet) {
      received++;
    }
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // what is not sent is missed by receive
  public void send() {
    for (int i = 0; i < messages; i++) {
      from.write(message(data.retainedDuplicate()), from.voidPromise());
    }
    from.flush();
  }

  private Object message(ByteBuf content) {
    return segment > 0 ? new SegmentedDatagramPacket(content, segment, peer) : content;
  }

  @Override
  public int receive() {
    int before = received;
    loop.run(PATIENCE);
    return received - before;
  }

  @Override
  public void close() throws IOException {
    done(from.close());
    done(to.close());
    Future<?> end = loop.shutdownGracefully(0, 0, TimeUnit.SECONDS);
    while (!end.isDone()) {
      loop.run(PATIENCE);
    }
    data.release();
  }
}
