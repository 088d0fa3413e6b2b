package nixio.bench.peer;

import java.io.IOException;
import nixio.Batch;
import nixio.Option;

/** This library's sendmsg with UDP_SEGMENT, and its recvmsg with UDP_GRO. */
final class NixioSegments implements DatagramsTogether {
  private final NixioPair sockets = NixioPair.open();
  private final Batch sent;
  private final Batch received;
  private final int size;

  NixioSegments(int many, int size) throws IOException {
    sockets.to().setopt(Option.UDP_GRO, true);
    sent = Batch.of(1, (long) many * size).count(1).length(0, (long) many * size);
    sent.segmentSize(0, size);
    received = Batch.of(1, (long) many * size);
    this.size = size;
  }

  @Override
  public void send() throws IOException {
    sockets.from().sendmsg(sent);
  }

  @Override
  public int receive() throws IOException {
    long bytes = sockets.to().recvmsg(received);
    if (received.segmentSize(0) != size || bytes % size != 0) {
      throw new IOException(bytes + " bytes in segments of " + received.segmentSize(0));
    }
    return (int) (bytes / size);
  }

  @Override
  public void close() throws IOException {
    sockets.close();
    sent.close();
    received.close();
  }
}
