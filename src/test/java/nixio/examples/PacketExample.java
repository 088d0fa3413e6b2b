package nixio.examples;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import nixio.Address;
import nixio.Domain;
import nixio.Interface;
import nixio.Socket;
import nixio.Type;
import nixio.packet.Packet;
import nixio.packet.RxRing;
import nixio.packet.TxRing;

/** Packets in place. */
final class PacketExample {
  private PacketExample() {}

  static void ring(PrintStream out) throws IOException {
    // @start region="ring"
    Interface lo = Interface.of("lo");
    Socket socket = Socket.open(Domain.PACKET, Type.RAW); // attach a filter here, if there is one
    try (RxRing ring = RxRing.of(socket, RxRing.DEFAULT);
        Socket sender = Socket.open(Domain.PACKET, Type.DGRAM)) {
      socket.bind(Address.Packet.of(lo, 0x88b7));
      MemorySegment hello = MemorySegment.ofArray("hello".getBytes(StandardCharsets.US_ASCII));
      sender.sendto(hello, Address.Packet.of(lo, 0x88b7, new byte[6]));

      Packet packet = ring.next();
      out.println(packet.length()); // 19
      out.println(Integer.toHexString(packet.shortAt(12) & 0xffff)); // 88b7
      out.println((char) packet.byteAt(packet.networkOffset())); // h
      out.println(ring.statistics().dropped()); // 0
    }
    // @end
  }

  static void send(PrintStream out) throws IOException {
    // @start region="send"
    try (TxRing ring = TxRing.open(Interface.of("lo"))) {
      for (byte i = 0; i < 3; i++) {
        MemorySegment frame = ring.claim();
        frame.asSlice(0, 60).fill((byte) 0);
        frame.set(ValueLayout.JAVA_BYTE, 14, i);
        ring.commit(60);
      }
      out.println(ring.flush()); // 180
    }
    // @end
  }
}
