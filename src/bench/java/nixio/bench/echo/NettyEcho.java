package nixio.bench.echo;

import nixio.bench.Parent;
import nixio.bench.peer.Endpoint;
import nixio.bench.peer.Netty;

/** Netty, one event loop, epoll or io_uring. */
final class NettyEcho {
  private NettyEcho() {}

  public static void main(String[] args) throws Exception {
    Parent.serve(new Netty(args[0]).listen(Endpoint.ANY, new Netty.Echo()));
  }
}
