package nixio.bench.ends;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.epoll.AbstractEpollStreamChannel;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import nixio.Address;
import nixio.Domain;
import nixio.Pipe;
import nixio.Socket;
import nixio.Type;
import nixio.bench.Measures;
import nixio.bench.Parent;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Netty;

/**
 * Passes what comes by the first connection on to another one. Arguments: technique, where to
 * listen, where to connect to.
 */
final class RelayServer {
  private RelayServer() {}

  public static void main(String[] args) throws Exception {
    Endpoint at = Endpoint.parse(args[1]);
    Endpoint to = Endpoint.parse(args[2]);
    int port =
        switch (args[0]) {
          case "nixio" -> nixio(at, to, RelayServer::splice);
          case "nixio-copy" -> nixio(at, to, RelayServer::copy);
          case "jdk" -> jdk(at, to);
          case "netty-epoll" -> netty(at, to);
          default -> throw new IllegalArgumentException("no technique for a relay: " + args[0]);
        };
    Parent.serve(Measures.of("port", port), question -> Measures.of("port", port));
  }

  private interface Passing<T> {
    void pass(T from, T to) throws IOException;
  }

  private interface Accepting {
    void accept() throws IOException;
  }

  private static int nixio(Endpoint at, Endpoint to, Passing<Socket> passing) throws IOException {
    Domain domain = at.isUnix() ? Domain.UNIX : Domain.INET;
    Socket onward = Socket.open(domain, Type.STREAM);
    onward.connect(Address.of(to.toSocketAddress()));
    Socket listener = Socket.open(domain, Type.STREAM);
    listener.bind(Address.of(at.toSocketAddress())).listen(8);
    start(() -> passing.pass(listener.accept().socket(), onward));
    return at.isUnix() ? 0 : listener.getsockname().port();
  }

  private static void splice(Socket from, Socket to) throws IOException {
    try (Pipe pipe = Pipe.open()) {
      pipe.relay(from, to, Long.MAX_VALUE);
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    MemorySegment buffer = Arena.ofAuto().allocate(Relay.SIZE, 4096);
    for (long n = from.recv(buffer); n > 0; n = from.recv(buffer)) {
      to.send(buffer, 0, n);
    }
  }

  private static int jdk(Endpoint at, Endpoint to) throws IOException {
    StandardProtocolFamily family =
        at.isUnix() ? StandardProtocolFamily.UNIX : StandardProtocolFamily.INET;
    SocketChannel onward = SocketChannel.open(family);
    onward.connect(to.toSocketAddress());
    ServerSocketChannel listener = ServerSocketChannel.open(family);
    listener.bind(at.toSocketAddress());
    start(() -> copy(listener.accept(), onward));
    return listener.getLocalAddress() instanceof InetSocketAddress inet ? inet.getPort() : 0;
  }

  /** FileChannel.transferFrom and transferTo have no way from a channel to another one but this. */
  private static void copy(SocketChannel from, SocketChannel to) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(Relay.SIZE);
    while (from.read(buffer.clear()) > 0) {
      buffer.flip();
      while (buffer.hasRemaining()) {
        to.write(buffer);
      }
    }
  }

  private static int netty(Endpoint at, Endpoint to) throws InterruptedException {
    Netty netty = new Netty("netty-epoll");
    Channel onward = netty.connect(to, new Netty.Drain());
    return netty.listen(at, new Splicing((AbstractEpollStreamChannel) onward));
  }

  /** Netty's own splice, both ends of which must be of one event loop. */
  private static final class Splicing extends ChannelInboundHandlerAdapter {
    private final AbstractEpollStreamChannel onward;

    Splicing(AbstractEpollStreamChannel onward) {
      this.onward = onward;
    }

    @Override
    @SuppressWarnings({"deprecation", "FutureReturnValueIgnored"}) // it ends with the connection
    public void channelActive(ChannelHandlerContext context) {
      ((AbstractEpollStreamChannel) context.channel()).spliceTo(onward, Integer.MAX_VALUE);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored")
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close(); // reset by the other end
    }
  }

  private static void start(Accepting accepting) {
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            accepting.accept();
          } catch (IOException e) {
            // reset by the other end
          }
        });
  }
}
