package nixio;

import nixio.posix.Constants;

/**
 * Which timestamps are taken and told: the flags of {@link Option#SO_TIMESTAMPING}; see the
 * kernel's Documentation/networking/timestamping.rst.
 *
 * <p>A timestamp is told if it is both taken and asked for: {@code RX_SOFTWARE.or(SOFTWARE)}. Those
 * of sent messages come by the queue of errors: {@link Msg#ERRQUEUE}.
 */
public final class Timestamping {
  /** No timestamps. */
  public static final Timestamping NONE = new Timestamping(0);

  /**
   * Take one when the kernel receives a message. The first socket of a machine that asks for it
   * makes the kernel begin a moment later.
   */
  public static final Timestamping RX_SOFTWARE =
      new Timestamping(Constants.SOF_TIMESTAMPING_RX_SOFTWARE);

  /** Take one when the device receives a message. */
  public static final Timestamping RX_HARDWARE =
      new Timestamping(Constants.SOF_TIMESTAMPING_RX_HARDWARE);

  /** Take one when a message is handed to the device. */
  public static final Timestamping TX_SOFTWARE =
      new Timestamping(Constants.SOF_TIMESTAMPING_TX_SOFTWARE);

  /** Take one when a message leaves the device. */
  public static final Timestamping TX_HARDWARE =
      new Timestamping(Constants.SOF_TIMESTAMPING_TX_HARDWARE);

  /** Take one when a message enters the queueing discipline. */
  public static final Timestamping TX_SCHED = new Timestamping(Constants.SOF_TIMESTAMPING_TX_SCHED);

  /** Take one when the peer has acknowledged the data, TCP. */
  public static final Timestamping TX_ACK = new Timestamping(Constants.SOF_TIMESTAMPING_TX_ACK);

  /** Tell the system's: {@link Control#timestamp}. */
  public static final Timestamping SOFTWARE = new Timestamping(Constants.SOF_TIMESTAMPING_SOFTWARE);

  /** Tell the device's: {@link Control#hardwareTimestamp}. */
  public static final Timestamping RAW_HARDWARE =
      new Timestamping(Constants.SOF_TIMESTAMPING_RAW_HARDWARE);

  /** Count what is sent, and tell the number with its timestamp: {@link Control#errorData}. */
  public static final Timestamping OPT_ID = new Timestamping(Constants.SOF_TIMESTAMPING_OPT_ID);

  /** Tell IP_PKTINFO and others with the timestamps of what was sent. */
  public static final Timestamping OPT_CMSG = new Timestamping(Constants.SOF_TIMESTAMPING_OPT_CMSG);

  /** Tell the timestamps of what was sent without its data. */
  public static final Timestamping OPT_TSONLY =
      new Timestamping(Constants.SOF_TIMESTAMPING_OPT_TSONLY);

  private final int bits;

  private Timestamping(int bits) {
    this.bits = bits;
  }

  /** Flags by the kernel's numbers. */
  public static Timestamping of(int bits) {
    return new Timestamping(bits);
  }

  /** These flags and the others. */
  public Timestamping or(Timestamping other) {
    return new Timestamping(bits | other.bits);
  }

  /** Whether all the others are among these. */
  public boolean has(Timestamping others) {
    return (bits & others.bits) == others.bits;
  }

  /** The kernel's numbers, or'ed. */
  public int bits() {
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Timestamping that && that.bits == bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public String toString() {
    return "Timestamping 0x" + Integer.toHexString(bits);
  }
}
