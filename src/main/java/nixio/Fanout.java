package nixio;

import nixio.posix.Constants;

/**
 * How the packet sockets of a group share what arrives; see PACKET_FANOUT in packet(7).
 *
 * @param group the group's number, 0..65535
 * @param mode one of the constants, with flags or'ed
 */
public record Fanout(int group, int mode) {
  /** By the flow: addresses and ports. */
  public static final int HASH = Constants.PACKET_FANOUT_HASH;

  /** One after the other. */
  public static final int ROUND_ROBIN = Constants.PACKET_FANOUT_LB;

  /** By the CPU that it arrived on. */
  public static final int CPU = Constants.PACKET_FANOUT_CPU;

  /** The first socket that has room. */
  public static final int ROLLOVER = Constants.PACKET_FANOUT_ROLLOVER;

  /** By chance. */
  public static final int RANDOM = Constants.PACKET_FANOUT_RND;

  /** By the device's queue. */
  public static final int QUEUE = Constants.PACKET_FANOUT_QM;

  /** Flag: to the next socket if the chosen one is full. */
  public static final int FLAG_ROLLOVER = Constants.PACKET_FANOUT_FLAG_ROLLOVER;

  /** Flag: a group that has no members yet, whose number the kernel chooses and tells. */
  public static final int FLAG_UNIQUE = Constants.PACKET_FANOUT_FLAG_UNIQUEID;

  /** Flag: fragments are put together first, so that all go one way. */
  public static final int FLAG_DEFRAGMENT = Constants.PACKET_FANOUT_FLAG_DEFRAG;

  /** Checks the ranges. */
  public Fanout {
    if (group >>> 16 != 0 || mode >>> 16 != 0) {
      throw new IllegalArgumentException(group + " and " + mode + " are not in 0..65535");
    }
  }
}
