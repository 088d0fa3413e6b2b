package nixio;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A listener whose queue is full, so that whoever connects has to wait. */
final class FullListener implements Closeable {
  private static final Duration ENOUGH = Duration.ofMillis(300);

  private final Socket listener;
  private final List<Socket> waiting = new ArrayList<>();
  private final Queue<Socket> taken = new ConcurrentLinkedQueue<>();

  FullListener(Link link) throws IOException {
    listener = link.bound().listen(0);
    boolean full = false;
    while (!full) {
      Socket client = link.socket().setblocking(false);
      waiting.add(client);
      full = !client.connect(address()) && (link.domain == Domain.UNIX || !ends(client));
    }
  }

  private static boolean ends(Socket connecting) throws IOException {
    return new Poll().add(connecting, Poll.OUT).poll(ENOUGH) > 0;
  }

  Address address() throws IOException {
    return listener.getsockname();
  }

  /** From now on takes everybody. */
  void takeAll(Threads threads) {
    threads.start(() -> {
      for (; ; ) {
        taken.add(listener.accept().socket());
      }
    });
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket client : waiting) {
      client.close();
    }
    for (Socket server : taken) {
      server.close();
    }
  }
}
