package nixio.it;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Assertions;

/** A program in a container that uses the library as it is told to. */
final class RemotePeer implements Closeable {
  private final ControlChannel channel;
  private final String thread;

  private RemotePeer(ControlChannel channel, String thread) {
    this.channel = channel;
    this.thread = thread;
  }

  RemotePeer(ControlChannel channel) {
    this(channel, "platform");
  }

  /** The same program, where virtual threads do what it is told. */
  RemotePeer virtual() {
    return new RemotePeer(channel, "virtual");
  }

  /** Has something done, and waits until it is. */
  List<String> tell(String... request) {
    try {
      return Await.end(String.join(" ", request), channel.ask(thread, List.of(request)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RemoteSocket open(String domain, String type, String protocol) {
    return new RemoteSocket(this, tell("open", domain, type, protocol).getFirst());
  }

  RemoteSocket open(String domain, String type) {
    return open(domain, type, "default");
  }

  /** Nixio.connect. */
  RemoteSocket connected(String host, int port) {
    return new RemoteSocket(this, tell("connected", host, Integer.toString(port)).getFirst());
  }

  /** A TCP socket that listens on an address, or on any. */
  RemoteSocket listener(String domain, String host) {
    return open(domain, "stream").bind(host, 0).listen();
  }

  /** A UDP socket that is bound to any address. */
  RemoteSocket datagrams(String domain) {
    return open(domain, "dgram").bind(null, 0);
  }

  /** Nixio.getaddrinfo. */
  List<String> resolve(String host, String domain) {
    return tell("resolve", host, domain);
  }

  /** The lines of a file there. */
  List<String> read(String file) {
    return tell("read", file);
  }

  /** Closes what a test has opened, and looks whether the kernel sees it so too. */
  void tidyUp() {
    tell("close all");
    Assertions.assertEquals(List.of("0"), tell("open sockets"), "sockets that nobody has closed");
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
