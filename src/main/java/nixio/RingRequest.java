package nixio;

import java.time.Duration;

/**
 * The memory that a packet socket shares with the kernel: a struct tpacket_req3; see PACKET_RX_RING
 * in packet(7). {@code nixio.packet} has the rings themselves.
 *
 * @param blockSize bytes of a block, a multiple of the page's
 * @param blocks how many of them
 * @param frameSize bytes of a frame, a divisor of the block's; with TPACKET_V3 of no consequence
 *     for what is received
 * @param retire when a block that isn't full is handed over; TPACKET_V3 alone
 */
public record RingRequest(int blockSize, int blocks, int frameSize, Duration retire) {
  /** Checks that the sizes are positive, and that frames fill a block. */
  public RingRequest {
    if (blockSize <= 0 || blocks <= 0 || frameSize <= 0 || blockSize % frameSize != 0) {
      throw new IllegalArgumentException(
          blocks
              + " blocks of "
              + blockSize
              + " bytes with frames of "
              + frameSize
              + ": all are positive, and frames fill a block");
    }
    if (retire.isNegative()) {
      throw new IllegalArgumentException(retire + " is negative");
    }
  }

  /** The bytes of all blocks. */
  public long size() {
    return (long) blockSize * blocks;
  }
}
