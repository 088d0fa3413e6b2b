package nixio.tool;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import nixio.PacketStatistics;
import nixio.packet.Packet;

/** Packets in a file, as the pcap and pcapng formats have them, with nanoseconds. */
abstract class CaptureFile implements Closeable {
  private static final int BUFFER = 1 << 20;

  /** Where Ethernet's header has its VLAN tag, which the kernel takes out, and its size. */
  private static final int TAG_OFFSET = 12;

  private static final int TAG = 4;

  final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER).order(ByteOrder.nativeOrder());

  private final MemorySegment memory = MemorySegment.ofBuffer(buffer);
  private final WritableByteChannel file;
  private final int limit;

  private CaptureFile(WritableByteChannel file, int limit) {
    this.file = file;
    this.limit = limit;
  }

  /** A pcapng file of one interface. */
  static CaptureFile pcapng(WritableByteChannel file, LinkType type, String via, int limit) {
    return new Pcapng(file, type, via, limit);
  }

  /** A pcap file. */
  static CaptureFile pcap(WritableByteChannel file, LinkType type, int limit) {
    return new Pcap(file, type, limit);
  }

  /** Adds a packet, up to the limit. */
  final void add(Packet packet) throws IOException {
    boolean tagged = packet.hasVlan() && packet.length() >= TAG_OFFSET;
    int more = tagged ? TAG : 0;
    int size = Math.min(limit, packet.length() + more);
    makeRoom(size + 64);
    begin(packet, size, packet.wireLength() + more);
    int start = buffer.position();
    if (tagged) {
      putTagged(packet, start, size);
    } else {
      packet.copyTo(0, memory, start, size);
    }
    buffer.position(start + size);
    end(size);
  }

  private void putTagged(Packet packet, int start, int size) {
    packet.copyTo(0, memory, start, Math.min(size, TAG_OFFSET));
    if (size > TAG_OFFSET) { // there is room for the whole tag, which the limit may cut
      int tag = packet.vlanProtocol() << 16 | (packet.vlan() & 0xFFFF);
      buffer.order(ByteOrder.BIG_ENDIAN).putInt(start + TAG_OFFSET, tag);
      buffer.order(ByteOrder.nativeOrder());
      int rest = Math.max(0, size - TAG_OFFSET - TAG);
      packet.copyTo(TAG_OFFSET, memory, (long) start + TAG_OFFSET + TAG, rest);
    }
  }

  abstract void begin(Packet packet, int size, int wireLength);

  abstract void end(int size);

  /** What the format tells at its end of what was counted. */
  abstract void finish(PacketStatistics counted) throws IOException;

  final void makeRoom(int size) throws IOException {
    if (buffer.remaining() < size) {
      flush();
    }
  }

  /** Writes what was added. */
  final void flush() throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      file.write(buffer);
    }
    buffer.clear();
  }

  @Override
  public final void close() throws IOException {
    try {
      flush();
    } finally {
      file.close();
    }
  }

  /** libpcap's first format; see pcap-savefile(5). */
  private static final class Pcap extends CaptureFile {
    private static final int NANOSECONDS = 0xA1B23C4D;

    Pcap(WritableByteChannel file, LinkType type, int limit) {
      super(file, limit);
      buffer.putInt(NANOSECONDS).putShort((short) 2).putShort((short) 4);
      buffer.putInt(0).putInt(0).putInt(limit).putInt(type.number());
    }

    @Override
    void begin(Packet packet, int size, int wireLength) {
      buffer.putInt((int) packet.seconds()).putInt(packet.nanoseconds());
      buffer.putInt(size).putInt(wireLength);
    }

    @Override
    void end(int size) {}

    @Override
    void finish(PacketStatistics counted) {}
  }

  /** The blocks of draft-ietf-opsawg-pcapng. */
  private static final class Pcapng extends CaptureFile {
    private static final int SECTION = 0x0A0D0D0A;
    private static final int BYTE_ORDER = 0x1A2B3C4D;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final int PACKET = 6;
    private static final int NAME = 2;
    private static final int RESOLUTION = 9;
    private static final int RECEIVED = 4;
    private static final int DROPPED = 5;

    private int start;
    private long time;

    Pcapng(WritableByteChannel file, LinkType type, String via, int limit) {
      super(file, limit);
      open(SECTION).putInt(BYTE_ORDER).putShort((short) 1).putShort((short) 0).putLong(-1);
      shut();
      open(INTERFACE).putShort((short) type.number()).putShort((short) 0).putInt(limit);
      option(NAME, via.getBytes(StandardCharsets.UTF_8));
      option(RESOLUTION, new byte[] {9});
      buffer.putInt(0);
      shut();
    }

    private ByteBuffer open(int type) {
      start = buffer.position();
      return buffer.putInt(type).putInt(0);
    }

    private void shut() {
      int length = buffer.position() - start + Integer.BYTES;
      buffer.putInt(length).putInt(start + Integer.BYTES, length);
    }

    private void option(int code, byte[] value) {
      buffer.putShort((short) code).putShort((short) value.length).put(value);
      pad(value.length);
    }

    private void pad(int size) {
      for (int i = size; i % Integer.BYTES != 0; i++) {
        buffer.put((byte) 0);
      }
    }

    private void putTime() {
      buffer.putInt((int) (time >>> Integer.SIZE)).putInt((int) time);
    }

    @Override
    void begin(Packet packet, int size, int wireLength) {
      time = packet.seconds() * 1_000_000_000 + packet.nanoseconds();
      open(PACKET).putInt(0);
      putTime();
      buffer.putInt(size).putInt(wireLength);
    }

    @Override
    void end(int size) {
      pad(size);
      shut();
    }

    @Override
    void finish(PacketStatistics counted) throws IOException {
      makeRoom(64);
      open(STATISTICS).putInt(0);
      putTime();
      buffer.putShort((short) RECEIVED).putShort((short) Long.BYTES).putLong(counted.packets());
      buffer.putShort((short) DROPPED).putShort((short) Long.BYTES).putLong(counted.dropped());
      buffer.putInt(0);
      shut();
    }
  }
}
