package nixio;

import java.lang.foreign.MemorySegment;
import nixio.posix.Constants;
import nixio.posix.TcpFields;

/**
 * What the kernel knows of a TCP connection: struct tcp_info, all of it; see tcp(7). Read by {@code
 * socket.getopt(Option.TCP_INFO)}.
 *
 * {@snippet file="MessagesExample.java" region="tcp-info"}
 *
 * <p>Numbers are unsigned in C, and wide enough here. A field that the running kernel does not have
 * yet is -1; {@link #length} tells how much it gave.
 *
 * @param length the bytes that the kernel gave
 * @param state the state of the connection
 * @param congestionState what the congestion control does
 * @param retransmits retransmissions of what is unacknowledged now, since the last acknowledgement
 * @param probes window probes and keepalive probes that are unanswered
 * @param backoff how often the retransmission time-out was doubled
 * @param options the TCPI_OPT_ bits: see {@link #hasTimestamps} and others
 * @param sendWindowScale bits that the peer's windows are shifted by
 * @param receiveWindowScale bits that this side's windows are shifted by
 * @param deliveryRateAppLimited whether the delivery rate is the program's, which sent no more
 * @param fastOpenClientFail why a fast open failed: 0 it did not, or is not known; 1 no cookie, 2
 *     the data were not acknowledged, 3 the SYN was not
 * @param rto the retransmission time-out, in microseconds
 * @param ato the time-out of delayed acknowledgements, in microseconds
 * @param sendMss bytes of the segments sent at most
 * @param receiveMss bytes of the segments received, as estimated
 * @param unacked segments that are unacknowledged; of a listener: connections that wait for accept
 * @param sacked segments that are selectively acknowledged; of a listener: the backlog
 * @param lost segments that are thought lost
 * @param retrans segments that are retransmitted and unacknowledged
 * @param fackets 0: the kernel does not count it any more
 * @param lastDataSent milliseconds since data were last sent
 * @param lastAckSent 0: the kernel does not remember
 * @param lastDataReceived milliseconds since data were last received
 * @param lastAckReceived milliseconds since an acknowledgement was last received
 * @param pathMtu bytes of a packet at most, on the way to the peer
 * @param receiveSlowStartThreshold bytes of this side's window at most, for now
 * @param rtt the smoothed round-trip time, in microseconds
 * @param rttVariation its mean deviation, in microseconds
 * @param sendSlowStartThreshold the slow start threshold, in segments
 * @param congestionWindow the congestion window, in segments
 * @param advertisedMss the segment size that this side has announced
 * @param reordering how many segments may come out of order
 * @param receiveRtt the round-trip time as the receiver sees it, in microseconds; 0 not known
 * @param receiveSpace bytes that the receive buffer is sized for
 * @param totalRetransmissions segments retransmitted, in all
 * @param pacingRate bytes a second that are sent at; -1 no limit
 * @param maxPacingRate the most of that, of SO_MAX_PACING_RATE; -1 no limit
 * @param bytesAcked bytes that the peer has acknowledged
 * @param bytesReceived bytes that this side has acknowledged
 * @param segmentsOut segments sent
 * @param segmentsIn segments received
 * @param notSentBytes bytes that wait to be sent
 * @param minRtt the shortest round-trip time lately, in microseconds
 * @param dataSegmentsIn segments with data received
 * @param dataSegmentsOut segments with data sent
 * @param deliveryRate bytes a second that arrived at the peer lately
 * @param busyTime microseconds with something to send or unacknowledged
 * @param receiveWindowLimited microseconds of these held up by the peer's window
 * @param sendBufferLimited microseconds of these held up by the send buffer
 * @param delivered segments that have arrived at the peer
 * @param deliveredCe those of them that had a congestion mark
 * @param bytesSent bytes of data sent, retransmissions too
 * @param bytesRetransmitted bytes of data retransmitted
 * @param dsackDuplicates segments that the peer says it had twice
 * @param reorderingSeen how often segments came out of order
 * @param receivedOutOfOrder segments received out of order
 * @param sendWindow the peer's window, in bytes
 * @param receiveWindow this side's window, in bytes (Linux 6.2)
 * @param rehash how often another path was tried (6.2)
 * @param totalRto retransmission time-outs, in all (6.7)
 * @param totalRtoRecoveries recoveries from these (6.7)
 * @param totalRtoTime milliseconds in these (6.7)
 * @param receivedCe segments received with a congestion mark (6.18, as those that follow: accurate
 *     ECN)
 * @param deliveredE1Bytes bytes that arrived at the peer with ECT(1)
 * @param deliveredE0Bytes bytes that arrived at the peer with ECT(0)
 * @param deliveredCeBytes bytes that arrived at the peer with a congestion mark
 * @param receivedE1Bytes bytes received with ECT(1)
 * @param receivedE0Bytes bytes received with ECT(0)
 * @param receivedCeBytes bytes received with a congestion mark
 */
public record TcpInfo(
    long length,
    State state,
    CongestionState congestionState,
    int retransmits,
    int probes,
    int backoff,
    int options,
    int sendWindowScale,
    int receiveWindowScale,
    boolean deliveryRateAppLimited,
    int fastOpenClientFail,
    long rto,
    long ato,
    long sendMss,
    long receiveMss,
    long unacked,
    long sacked,
    long lost,
    long retrans,
    long fackets,
    long lastDataSent,
    long lastAckSent,
    long lastDataReceived,
    long lastAckReceived,
    long pathMtu,
    long receiveSlowStartThreshold,
    long rtt,
    long rttVariation,
    long sendSlowStartThreshold,
    long congestionWindow,
    long advertisedMss,
    long reordering,
    long receiveRtt,
    long receiveSpace,
    long totalRetransmissions,
    long pacingRate,
    long maxPacingRate,
    long bytesAcked,
    long bytesReceived,
    long segmentsOut,
    long segmentsIn,
    long notSentBytes,
    long minRtt,
    long dataSegmentsIn,
    long dataSegmentsOut,
    long deliveryRate,
    long busyTime,
    long receiveWindowLimited,
    long sendBufferLimited,
    long delivered,
    long deliveredCe,
    long bytesSent,
    long bytesRetransmitted,
    long dsackDuplicates,
    long reorderingSeen,
    long receivedOutOfOrder,
    long sendWindow,
    long receiveWindow,
    long rehash,
    int totalRto,
    int totalRtoRecoveries,
    long totalRtoTime,
    long receivedCe,
    long deliveredE1Bytes,
    long deliveredE0Bytes,
    long deliveredCeBytes,
    long receivedE1Bytes,
    long receivedE0Bytes,
    long receivedCeBytes) {
  /** The states of a connection, RFC 9293. */
  public enum State {
    ESTABLISHED(Constants.BPF_TCP_ESTABLISHED),
    SYN_SENT(Constants.BPF_TCP_SYN_SENT),
    SYN_RECEIVED(Constants.BPF_TCP_SYN_RECV),
    FIN_WAIT_1(Constants.BPF_TCP_FIN_WAIT1),
    FIN_WAIT_2(Constants.BPF_TCP_FIN_WAIT2),
    TIME_WAIT(Constants.BPF_TCP_TIME_WAIT),
    CLOSED(Constants.BPF_TCP_CLOSE),
    CLOSE_WAIT(Constants.BPF_TCP_CLOSE_WAIT),
    LAST_ACK(Constants.BPF_TCP_LAST_ACK),
    LISTEN(Constants.BPF_TCP_LISTEN),
    CLOSING(Constants.BPF_TCP_CLOSING),
    NEW_SYN_RECEIVED(Constants.BPF_TCP_NEW_SYN_RECV),
    /** A state that came with a later kernel. */
    UNKNOWN(-1);

    private final int number;

    State(int number) {
      this.number = number;
    }

    private static State of(int number) {
      for (State each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      return UNKNOWN;
    }
  }

  /** What the congestion control does. */
  public enum CongestionState {
    /** Nothing is wrong. */
    OPEN(Constants.TCP_CA_Open),
    /** Duplicate or selective acknowledgements have come. */
    DISORDER(Constants.TCP_CA_Disorder),
    /** The window is being made smaller, as the network is congested. */
    CWR(Constants.TCP_CA_CWR),
    /** What was lost is sent again. */
    RECOVERY(Constants.TCP_CA_Recovery),
    /** The retransmission time-out has elapsed. */
    LOSS(Constants.TCP_CA_Loss),
    /** A state that came with a later kernel. */
    UNKNOWN(-1);

    private final int number;

    CongestionState(int number) {
      this.number = number;
    }

    private static CongestionState of(int number) {
      for (CongestionState each : values()) {
        if (each.number == number) {
          return each;
        }
      }
      return UNKNOWN;
    }
  }

  static TcpInfo read(MemorySegment value) {
    return new TcpInfo(
        value.byteSize(),
        State.of(TcpFields.state(value)),
        CongestionState.of(TcpFields.congestionState(value)),
        TcpFields.retransmits(value),
        TcpFields.probes(value),
        TcpFields.backoff(value),
        TcpFields.options(value),
        TcpFields.sendWindowScale(value),
        TcpFields.receiveWindowScale(value),
        TcpFields.deliveryRateAppLimited(value),
        TcpFields.fastOpenClientFail(value),
        TcpFields.rto(value),
        TcpFields.ato(value),
        TcpFields.sendMss(value),
        TcpFields.receiveMss(value),
        TcpFields.unacked(value),
        TcpFields.sacked(value),
        TcpFields.lost(value),
        TcpFields.retrans(value),
        TcpFields.fackets(value),
        TcpFields.lastDataSent(value),
        TcpFields.lastAckSent(value),
        TcpFields.lastDataReceived(value),
        TcpFields.lastAckReceived(value),
        TcpFields.pathMtu(value),
        TcpFields.receiveSlowStartThreshold(value),
        TcpFields.rtt(value),
        TcpFields.rttVariation(value),
        TcpFields.sendSlowStartThreshold(value),
        TcpFields.congestionWindow(value),
        TcpFields.advertisedMss(value),
        TcpFields.reordering(value),
        TcpFields.receiveRtt(value),
        TcpFields.receiveSpace(value),
        TcpFields.totalRetransmissions(value),
        TcpFields.pacingRate(value),
        TcpFields.maxPacingRate(value),
        TcpFields.bytesAcked(value),
        TcpFields.bytesReceived(value),
        TcpFields.segmentsOut(value),
        TcpFields.segmentsIn(value),
        TcpFields.notSentBytes(value),
        TcpFields.minRtt(value),
        TcpFields.dataSegmentsIn(value),
        TcpFields.dataSegmentsOut(value),
        TcpFields.deliveryRate(value),
        TcpFields.busyTime(value),
        TcpFields.receiveWindowLimited(value),
        TcpFields.sendBufferLimited(value),
        TcpFields.delivered(value),
        TcpFields.deliveredCe(value),
        TcpFields.bytesSent(value),
        TcpFields.bytesRetransmitted(value),
        TcpFields.dsackDuplicates(value),
        TcpFields.reorderingSeen(value),
        TcpFields.receivedOutOfOrder(value),
        TcpFields.sendWindow(value),
        TcpFields.receiveWindow(value),
        TcpFields.rehash(value),
        TcpFields.totalRto(value),
        TcpFields.totalRtoRecoveries(value),
        TcpFields.totalRtoTime(value),
        TcpFields.receivedCe(value),
        TcpFields.deliveredE1Bytes(value),
        TcpFields.deliveredE0Bytes(value),
        TcpFields.deliveredCeBytes(value),
        TcpFields.receivedE1Bytes(value),
        TcpFields.receivedE0Bytes(value),
        TcpFields.receivedCeBytes(value));
  }

  /** Whether segments have timestamps. */
  public boolean hasTimestamps() {
    return has(Constants.TCPI_OPT_TIMESTAMPS);
  }

  /** Whether acknowledgements are selective. */
  public boolean hasSack() {
    return has(Constants.TCPI_OPT_SACK);
  }

  /** Whether windows are scaled. */
  public boolean hasWindowScale() {
    return has(Constants.TCPI_OPT_WSCALE);
  }

  /** Whether explicit congestion notification was agreed on. */
  public boolean hasEcn() {
    return has(Constants.TCPI_OPT_ECN);
  }

  /** Whether a segment with an ECT mark was received. */
  public boolean hasSeenEcn() {
    return has(Constants.TCPI_OPT_ECN_SEEN);
  }

  /** Whether the data of the SYN were acknowledged: fast open. */
  public boolean hasSynData() {
    return has(Constants.TCPI_OPT_SYN_DATA);
  }

  private boolean has(int option) {
    return (options & option) != 0;
  }
}
