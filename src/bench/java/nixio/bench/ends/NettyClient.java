package nixio.bench.ends;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import nixio.bench.Measures;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Netty;

/** Netty's end; all of it runs in the event loop. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails ends the channel, and the trial
final class NettyClient extends ChannelInboundHandlerAdapter {
  private final Channel channel;
  private final int size;
  private final Supplier<Object> message;
  private final boolean echo;
  private final Latencies latencies = new Latencies();
  private CompletableFuture<Measures> result;
  private long start;
  private long end;
  private long sent;
  private int missing;

  NettyClient(String transport, Endpoint to, int size, boolean echo) throws InterruptedException {
    this(
        transport,
        to,
        size,
        echo,
        Unpooled.directBuffer(size).writerIndex(size)::retainedDuplicate);
  }

  /** One that sends what it gets, of so many bytes. */
  NettyClient(String transport, Endpoint to, int size, boolean echo, Supplier<Object> message)
      throws InterruptedException {
    this.size = size;
    this.echo = echo;
    this.message = message;
    channel = new Netty(transport).connect(to, this);
  }

  Measures run(String milliseconds) {
    CompletableFuture<Measures> asked = new CompletableFuture<>();
    channel.eventLoop().execute(() -> begin(asked, 1_000_000L * Long.parseLong(milliseconds)));
    return asked.join();
  }

  private void begin(CompletableFuture<Measures> asked, long nanos) {
    result = asked;
    start = System.nanoTime();
    end = start + nanos;
    post();
  }

  private void post() {
    sent = System.nanoTime();
    missing = size;
    ChannelFuture written = channel.writeAndFlush(message.get());
    if (!echo) {
      written.addListener(_ -> channel.eventLoop().execute(this::next));
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object received) {
    ByteBuf buffer = (ByteBuf) received;
    missing -= buffer.readableBytes();
    buffer.release();
    if (missing == 0) {
      next();
    }
  }

  private void next() {
    long now = System.nanoTime();
    latencies.add(now - sent);
    if (now < end) {
      post();
    } else {
      result.complete(latencies.drain(now - start));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (result != null) {
      result.completeExceptionally(new IllegalStateException("the server has closed"));
    }
  }
}
