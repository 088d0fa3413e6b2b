package nixio.bench.peer;

import io.netty.channel.epoll.NettyJniTogether;
import java.io.Closeable;
import java.io.IOException;

/** A technique for many datagrams together: two UDP sockets that are connected with each other. */
public interface DatagramsTogether extends Closeable {
  /** So many datagrams, each of which is a message of its own: the technique of this name. */
  static DatagramsTogether batches(String technique, int many, int size) throws IOException {
    return switch (technique) {
      case "nixio" -> new NixioBatches(many, size);
      case "netty-jni" -> NettyJniTogether.batches(many, size);
      case "netty-epoll" -> NettyTogether.batches(many, size);
      default -> new OneByOne(Datagrams.of(technique, size), many);
    };
  }

  /** So many datagrams that the kernel cuts out of one, and puts together again. */
  static DatagramsTogether segments(String technique, int many, int size) throws IOException {
    return switch (technique) {
      case "nixio" -> new NixioSegments(many, size);
      case "netty-jni" -> NettyJniTogether.segments(many, size);
      case "netty-epoll" -> NettyTogether.segments(many, size);
      default -> new OneByOne(Datagrams.of(technique, size), many);
    };
  }

  /** The first socket sends all. */
  void send() throws IOException;

  /** The second one receives some, or all: how many. */
  int receive() throws IOException;

  /** Sends all, then receives all. */
  default void exchange(int many) throws IOException {
    send();
    for (int received = 0; received < many; ) {
      received += receive();
    }
  }
}
