package nixio.bench.packets;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.SocketTimeoutException;
import java.time.Duration;
import nixio.Address;
import nixio.Batch;
import nixio.Domain;
import nixio.Interface;
import nixio.Option;
import nixio.Socket;
import nixio.Type;

/** This library's recvmmsg. */
final class NixioMany {
  private NixioMany() {}

  public static void main(String[] args) throws Exception {
    Reading.serve(NixioMany::read);
  }

  private static long[] read(long end, Runnable opened) throws IOException {
    long packets = 0;
    long sum = 0;
    try (Socket socket = Socket.open(Domain.PACKET, Type.RAW);
        Batch batch = Batch.of(64, 2048)) {
      socket.setopt(Option.SO_RCVTIMEO, Duration.ofMillis(20));
      socket.setopt(Option.SO_RCVBUF, 1 << 20);
      socket.bind(Address.Packet.of(Interface.of("b"), Reading.PROTOCOL));
      opened.run();
      while (System.nanoTime() - end < 0) {
        try {
          int received = socket.recvmmsg(batch);
          for (int i = 0; i < received; i++) {
            sum += sum(batch.buffer(i), batch.length(i));
          }
          packets += received;
        } catch (SocketTimeoutException e) {
          // look at the time
        }
      }
    }
    return new long[] {packets, sum};
  }

  private static long sum(MemorySegment data, long length) {
    long sum = 0;
    for (long i = 0; i < length; i++) {
      sum += Byte.toUnsignedInt(data.get(ValueLayout.JAVA_BYTE, i));
    }
    return sum;
  }
}
