package nixio.bench.peer;

import java.io.IOException;
import nixio.Batch;

/** This library's sendmmsg and recvmmsg. */
final class NixioBatches implements DatagramsTogether {
  private final NixioPair sockets = NixioPair.open();
  private final Batch sent;
  private final Batch received;

  NixioBatches(int many, int size) throws IOException {
    sent = Batch.of(many, size, 0).count(many);
    received = Batch.of(many, size, 0);
    for (int i = 0; i < many; i++) {
      sent.length(i, size);
    }
  }

  @Override
  public void send() throws IOException {
    for (int done = 0; done < sent.count(); ) {
      done += sockets.from().sendmmsg(sent, done);
    }
  }

  @Override
  public int receive() throws IOException {
    return sockets.to().recvmmsg(received);
  }

  @Override
  public void close() throws IOException {
    sockets.close();
    sent.close();
    received.close();
  }
}
