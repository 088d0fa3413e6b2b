package nixio.bench.packets;

import java.io.IOException;
import java.time.Duration;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.Socket;
import nixio.Type;
import nixio.packet.Packet;
import nixio.packet.RxRing;

/** This library's ring. */
final class NixioRing {
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private NixioRing() {}

  public static void main(String[] args) throws Exception {
    warmUp();
    Reading.serve(NixioRing::read);
  }

  /** Waits are a hundred a second: too few to be compiled in the time that a round has. */
  private static void warmUp() throws IOException {
    try (RxRing ring = RxRing.of(Socket.open(Domain.PACKET, Type.RAW), RxRing.DEFAULT)) {
      for (int i = 0; i < 50_000; i++) {
        ring.next(Duration.ZERO);
      }
    }
  }

  private static long[] read(long end, Runnable opened) throws IOException {
    long packets = 0;
    long sum = 0;
    try (RxRing ring = RxRing.of(Socket.open(Domain.PACKET, Type.RAW), RxRing.DEFAULT)) {
      ring.socket().bind(Address.Packet.of(Interface.of("b"), Reading.PROTOCOL));
      opened.run();
      while (System.nanoTime() - end < 0) {
        for (Packet packet = ring.next(PATIENCE); packet != null; packet = ring.next(PATIENCE)) {
          sum += sum(packet);
          packets++;
          if (packets % 1024 == 0 && System.nanoTime() - end >= 0) {
            break;
          }
        }
      }
    }
    return new long[] {packets, sum};
  }

  private static long sum(Packet packet) {
    long sum = 0;
    int length = packet.length();
    for (int i = 0; i < length; i++) {
      sum += Byte.toUnsignedInt(packet.byteAt(i));
    }
    return sum;
  }
}
