package nixio.packet;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import nixio.posix.Tpacket;

/** The blocks of a receiving ring, one after the other, and the packets in them. */
final class Blocks {
  final Packet packet;

  private final MemorySegment ring;
  private final long blockSize;

  private long block;
  private boolean held;
  private long next;
  private int left;

  Blocks(Mapping mapping, long blockSize) {
    this.packet = new Packet(mapping, blockSize);
    this.ring = mapping.memory;
    this.blockSize = blockSize;
  }

  /**
   * Moves to the next packet, if there is one; what was read before is given back when its block is
   * through.
   *
   * @throws IOException if what the ring says of itself can't be; the rest of the block is left out
   */
  boolean advance() throws IOException {
    if (left == 0 && !nextBlock()) {
      return false;
    }
    long frame = next;
    String wrong = packet.moveTo(block, frame);
    if (wrong != null) {
      throw lie(frame, wrong);
    }
    left--;
    if (left > 0) {
      long distance = Tpacket.next(ring, frame);
      if (distance < Tpacket.FRAME_HEADER) {
        packet.leave();
        throw lie(frame, "is followed by one after " + distance + " bytes");
      }
      next = frame + distance;
    }
    return true;
  }

  private IOException lie(long frame, String what) {
    left = 0;
    return new IOException(
        "a frame at %d in block %d %s: the rest of the block is left out"
            .formatted(frame - block, block / blockSize, what));
  }

  private boolean nextBlock() {
    for (; ; ) {
      release();
      if (!Tpacket.isUsers(ring, block)) {
        return false;
      }
      held = true;
      left = Math.max(0, Tpacket.packets(ring, block));
      next = block + Tpacket.first(ring, block);
      if (left > 0) {
        return true;
      }
    }
  }

  /** Gives the block back that was read. */
  void release() {
    if (held) {
      packet.leave();
      Tpacket.giveBack(ring, block);
      held = false;
      left = 0;
      block = block + blockSize == ring.byteSize() ? 0 : block + blockSize;
    }
  }
}
