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

  private static int round;

  private NixioRing() {}

  public static void main(String[] args) throws Exception {
    Reading.serve(NixioRing::read);
  }

  /**
   * Waits are a hundred a second: too few to be compiled in the time that a round has. They come
   * after the first round: the compiler is to see a ring with packets first, as in a program that
   * runs for long.
   */
  private static void warmUp() throws IOException {
    try (RxRing ring = RxRing.of(Socket.open(Domain.PACKET, Type.RAW), RxRing.DEFAULT)) {
      for (int i = 0; i < 50_000; i++) {
        ring.next(Duration.ZERO);
      }
    }
  }

  private static long[] read(long end, Runnable opened) throws IOException {
    long[] totals = new long[2];
    if (round++ == 1) {
      warmUp();
    }
    try (RxRing ring = RxRing.of(Socket.open(Domain.PACKET, Type.RAW), RxRing.DEFAULT)) {
      ring.socket().bind(Address.Packet.of(Interface.of("b"), Reading.PROTOCOL));
      opened.run();
      while (System.nanoTime() - end < 0) {
        readSome(ring, totals);
      }
    }
    return totals;
  }

  /** In a method of its own, so that what it is compiled to does not depend on the rest. */
  private static void readSome(RxRing ring, long[] totals) throws IOException {
    long sum = 0;
    int packets = 0;
    for (Packet packet; packets < 1024 && (packet = ring.next(PATIENCE)) != null; packets++) {
      sum += sum(packet);
    }
    totals[0] += packets;
    totals[1] += sum;
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
