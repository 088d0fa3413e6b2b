package nixio.bench.peer;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/** A technique for streams, as the works use it; a stream has one buffer. */
public interface Streams {
  /** The technique of this name. */
  static Streams of(String technique) throws IOException {
    return switch (technique) {
      case "nixio" -> new NixioStreams(Duration.ZERO);
      case "nixio-spinning" -> new NixioStreams(Duration.ofNanos(30_000));
      case "jdk" -> ChannelStreams.jdk(false);
      case "jdk-aligned" -> ChannelStreams.jdk(true);
      case "jdk-socket" -> new SocketStreams();
      case "junixsocket" -> ChannelStreams.junixsocket();
      case "netty-jni" -> new NettyJniStreams();
      case "netty-epoll" -> new NettyConnections();
      default -> throw new IllegalArgumentException("no technique for streams: " + technique);
    };
  }

  /** Listens. */
  Listener listen(Endpoint at) throws IOException;

  /** Connects; a TCP connection is reset by close, so that nothing stays in TIME_WAIT. */
  Stream connect(Endpoint to) throws IOException;

  /** Accepts streams. */
  interface Listener extends Closeable {
    int port() throws IOException;

    Stream accept() throws IOException;
  }

  /** A connection. */
  interface Stream extends Closeable {
    /** Makes the buffer. */
    Stream allocate(int size);

    /** Sends the whole buffer. */
    void send() throws IOException;

    /** Receives once, up to the size of the buffer: the number of bytes; not positive: none. */
    long receive() throws IOException;

    /** From now on, no call waits. */
    void dontWait() throws IOException;

    /** Receives until the buffer's size has come. */
    default boolean receiveAll(int size) throws IOException {
      for (long missing = size; missing > 0; ) {
        long n = receive();
        if (n < 0) {
          return false;
        }
        missing -= n;
      }
      return true;
    }
  }
}
