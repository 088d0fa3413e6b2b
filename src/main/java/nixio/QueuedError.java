package nixio;

import nixio.posix.Constants;

/**
 * What the queue of errors tells of a message that was sent: struct sock_extended_err; see ip(7),
 * IP_RECVERR.
 *
 * @param errno what is wrong; null where it is nothing, or a number without a name
 * @param number the same as the system's number; 0 for nothing
 * @param origin who said it
 * @param type the type of the ICMP message
 * @param code the code of the ICMP message, or another by the origin
 * @param info with EMSGSIZE the path's MTU; of a timestamp where it was taken, such as {@link
 *     #SENT}; of MSG_ZEROCOPY the first of the sends that are done
 * @param data of a timestamp which send it is of; of MSG_ZEROCOPY the last of the sends
 * @param offender the host that said it; null if it was this one
 */
public record QueuedError(
    Errno errno,
    int number,
    Origin origin,
    int type,
    int code,
    long info,
    long data,
    Address offender) {

  /** In {@link #info} of a timestamp: when the message was handed to the device, or left it. */
  public static final int SENT = Constants.SCM_TSTAMP_SND;

  /** In {@link #info} of a timestamp: when the message entered the queueing discipline. */
  public static final int SCHEDULED = Constants.SCM_TSTAMP_SCHED;

  /** In {@link #info} of a timestamp: when the peer had acknowledged the data, TCP. */
  public static final int ACKNOWLEDGED = Constants.SCM_TSTAMP_ACK;

  /** In {@link #code} of MSG_ZEROCOPY: the data were copied all the same. */
  public static final int COPIED = Constants.SO_EE_CODE_ZEROCOPY_COPIED;

  /** Who said it. */
  public enum Origin {
    /** Nobody. */
    NONE(Constants.SO_EE_ORIGIN_NONE),
    /** This machine. */
    LOCAL(Constants.SO_EE_ORIGIN_LOCAL),
    /** An ICMP message. */
    ICMP(Constants.SO_EE_ORIGIN_ICMP),
    /** An ICMPv6 message. */
    ICMPV6(Constants.SO_EE_ORIGIN_ICMP6),
    /** It is no error, but a timestamp: {@link Control#timestamp}. */
    TIMESTAMP(Constants.SO_EE_ORIGIN_TXSTATUS),
    /** It is no error: sends with MSG_ZEROCOPY are done. */
    ZEROCOPY(Constants.SO_EE_ORIGIN_ZEROCOPY),
    /** The time to send at, of SO_TXTIME, was missed or can't be. */
    TXTIME(Constants.SO_EE_ORIGIN_TXTIME),
    /** One that came with a later kernel. */
    UNKNOWN(-1);

    private final int number;

    Origin(int number) {
      this.number = number;
    }

    /** The kernel's number; -1 for {@link #UNKNOWN}. */
    public int number() {
      return number;
    }

    static Origin of(int number) {
      for (Origin each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      return UNKNOWN;
    }
  }
}
