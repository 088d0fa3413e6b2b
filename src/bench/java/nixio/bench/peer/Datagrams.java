package nixio.bench.peer;

import java.io.Closeable;
import java.io.IOException;

/** A technique for datagrams: two UDP sockets that are connected with each other. */
public interface Datagrams extends Closeable {
  /** The technique of this name. */
  static Datagrams of(String technique, int size) throws IOException {
    return switch (technique) {
      case "nixio" -> new NixioDatagrams(size);
      case "jdk" -> new ChannelDatagrams(size);
      case "netty-jni" -> new NettyJniDatagrams(size);
      case "netty-epoll" -> NettyTogether.oneByOne(size);
      default -> throw new IllegalArgumentException("no technique for datagrams: " + technique);
    };
  }

  /** The first socket sends a datagram. */
  void send() throws IOException;

  /** The second one receives it: its size. */
  long receive() throws IOException;
}
