package nixio;

import nixio.posix.Constants;

/**
 * Flags of one call that sends or receives; see send(2) and recv(2).
 *
 * <pre>{@code socket.recv(buffer, Msg.PEEK.or(Msg.DONTWAIT))}</pre>
 */
public final class Msg {
  /** No flag. */
  public static final Msg NONE = new Msg(0);

  /** Send or receive out-of-band data: TCP's urgent byte, tcp(7). */
  public static final Msg OOB = new Msg(Constants.MSG_OOB);

  /** Receive, and leave the data where they are. */
  public static final Msg PEEK = new Msg(Constants.MSG_PEEK);

  /** Send to hosts of attached networks only. */
  public static final Msg DONTROUTE = new Msg(Constants.MSG_DONTROUTE);

  /**
   * Receive a datagram and answer its real length, also if it is longer than the buffer, so that a
   * truncated one can be told from a whole one. On TCP: discard.
   */
  public static final Msg TRUNC = new Msg(Constants.MSG_TRUNC);

  /** Do not wait, whatever the socket's mode. */
  public static final Msg DONTWAIT = new Msg(Constants.MSG_DONTWAIT);

  /** Send the end of a record. */
  public static final Msg EOR = new Msg(Constants.MSG_EOR);

  /** Receive until the buffer is full, the stream ends or an error comes. */
  public static final Msg WAITALL = new Msg(Constants.MSG_WAITALL);

  /** Tell the link layer that the peer answers. */
  public static final Msg CONFIRM = new Msg(Constants.MSG_CONFIRM);

  /** Receive from the queue of errors; never waits. */
  public static final Msg ERRQUEUE = new Msg(Constants.MSG_ERRQUEUE);

  /** More data follow: hold back a partial segment or datagram. */
  public static final Msg MORE = new Msg(Constants.MSG_MORE);

  /** Send data with the SYN; see tcp(7) for TCP_FASTOPEN. */
  public static final Msg FASTOPEN = new Msg(Constants.MSG_FASTOPEN);

  /**
   * Send without a copy, where the device can, with {@link Option#SO_ZEROCOPY}: the data must stay
   * as they are until the queue of errors tells that the send is done; see {@link QueuedError}.
   */
  public static final Msg ZEROCOPY = new Msg(Constants.MSG_ZEROCOPY);

  private final int bits;

  private Msg(int bits) {
    this.bits = bits;
  }

  /** Flags by the kernel's numbers. */
  public static Msg of(int bits) {
    return new Msg(bits);
  }

  /** These flags and the others. */
  public Msg or(Msg other) {
    return new Msg(bits | other.bits);
  }

  /** Whether all the others are among these. */
  public boolean has(Msg others) {
    return (bits & others.bits) == others.bits;
  }

  /** The kernel's numbers, or'ed. */
  public int bits() {
    return bits;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Msg that && that.bits == bits;
  }

  @Override
  public int hashCode() {
    return bits;
  }

  @Override
  public String toString() {
    return "Msg 0x" + Integer.toHexString(bits);
  }
}
