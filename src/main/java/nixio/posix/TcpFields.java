package nixio.posix;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import nixio.posix.gen.linux.mptcp_info;
import nixio.posix.gen.linux.tcp_info;

/**
 * The fields of struct tcp_info and struct mptcp_info, tcp(7), as far as the kernel has given them:
 * -1 for those that lie behind the end.
 */
@SuppressWarnings("doclint:missing")
public final class TcpFields {
  /** Room for a struct tcp_info that is longer than any known. */
  public static final int TCP_INFO = 2 * Recent.TCP_INFO_SIZE;

  /** Room for a struct mptcp_info that is longer than any known. */
  public static final int MPTCP_INFO = 2 * Recent.MPTCP_INFO_SIZE;

  // Bit-fields, which jextract leaves out: <linux/tcp.h> has them behind tcpi_options, the first of
  // a byte in its lowest bits, as compilers for little-endian machines put them.

  private static final long WINDOW_SCALES = tcp_info.tcpi_options$offset() + 1;
  private static final long FLAGS = tcp_info.tcpi_options$offset() + 2;

  private TcpFields() {}

  private static int bits(MemorySegment info, long at, int shift, int mask) {
    int all = unsignedByte(info, at);
    return all < 0 ? all : all >> shift & mask;
  }

  private static int unsignedByte(MemorySegment info, long at) {
    return at + Byte.BYTES > info.byteSize()
        ? -1
        : Byte.toUnsignedInt(info.get(ValueLayout.JAVA_BYTE, at));
  }

  private static int unsignedShort(MemorySegment info, long at) {
    return at + Short.BYTES > info.byteSize()
        ? -1
        : Short.toUnsignedInt(info.get(ValueLayout.JAVA_SHORT, at));
  }

  private static long unsignedInt(MemorySegment info, long at) {
    return at + Integer.BYTES > info.byteSize()
        ? -1
        : Integer.toUnsignedLong(info.get(ValueLayout.JAVA_INT, at));
  }

  private static long wide(MemorySegment info, long at) {
    return at + Long.BYTES > info.byteSize() ? -1 : info.get(ValueLayout.JAVA_LONG, at);
  }

  // struct tcp_info

  public static int state(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_state$offset());
  }

  public static int congestionState(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_ca_state$offset());
  }

  public static int retransmits(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_retransmits$offset());
  }

  public static int probes(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_probes$offset());
  }

  public static int backoff(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_backoff$offset());
  }

  public static int options(MemorySegment info) {
    return unsignedByte(info, tcp_info.tcpi_options$offset());
  }

  public static int sendWindowScale(MemorySegment info) {
    return bits(info, WINDOW_SCALES, 0, 15);
  }

  public static int receiveWindowScale(MemorySegment info) {
    return bits(info, WINDOW_SCALES, 4, 15);
  }

  public static boolean deliveryRateAppLimited(MemorySegment info) {
    return bits(info, FLAGS, 0, 1) == 1;
  }

  public static int fastOpenClientFail(MemorySegment info) {
    return bits(info, FLAGS, 1, 3);
  }

  public static long rto(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rto$offset());
  }

  public static long ato(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_ato$offset());
  }

  public static long sendMss(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_snd_mss$offset());
  }

  public static long receiveMss(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rcv_mss$offset());
  }

  public static long unacked(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_unacked$offset());
  }

  public static long sacked(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_sacked$offset());
  }

  public static long lost(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_lost$offset());
  }

  public static long retrans(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_retrans$offset());
  }

  public static long fackets(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_fackets$offset());
  }

  public static long lastDataSent(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_last_data_sent$offset());
  }

  public static long lastAckSent(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_last_ack_sent$offset());
  }

  public static long lastDataReceived(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_last_data_recv$offset());
  }

  public static long lastAckReceived(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_last_ack_recv$offset());
  }

  public static long pathMtu(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_pmtu$offset());
  }

  public static long receiveSlowStartThreshold(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rcv_ssthresh$offset());
  }

  public static long rtt(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rtt$offset());
  }

  public static long rttVariation(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rttvar$offset());
  }

  public static long sendSlowStartThreshold(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_snd_ssthresh$offset());
  }

  public static long congestionWindow(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_snd_cwnd$offset());
  }

  public static long advertisedMss(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_advmss$offset());
  }

  public static long reordering(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_reordering$offset());
  }

  public static long receiveRtt(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rcv_rtt$offset());
  }

  public static long receiveSpace(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rcv_space$offset());
  }

  public static long totalRetransmissions(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_total_retrans$offset());
  }

  public static long pacingRate(MemorySegment info) {
    return wide(info, tcp_info.tcpi_pacing_rate$offset());
  }

  public static long maxPacingRate(MemorySegment info) {
    return wide(info, tcp_info.tcpi_max_pacing_rate$offset());
  }

  public static long bytesAcked(MemorySegment info) {
    return wide(info, tcp_info.tcpi_bytes_acked$offset());
  }

  public static long bytesReceived(MemorySegment info) {
    return wide(info, tcp_info.tcpi_bytes_received$offset());
  }

  public static long segmentsOut(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_segs_out$offset());
  }

  public static long segmentsIn(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_segs_in$offset());
  }

  public static long notSentBytes(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_notsent_bytes$offset());
  }

  public static long minRtt(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_min_rtt$offset());
  }

  public static long dataSegmentsIn(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_data_segs_in$offset());
  }

  public static long dataSegmentsOut(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_data_segs_out$offset());
  }

  public static long deliveryRate(MemorySegment info) {
    return wide(info, tcp_info.tcpi_delivery_rate$offset());
  }

  public static long busyTime(MemorySegment info) {
    return wide(info, tcp_info.tcpi_busy_time$offset());
  }

  public static long receiveWindowLimited(MemorySegment info) {
    return wide(info, tcp_info.tcpi_rwnd_limited$offset());
  }

  public static long sendBufferLimited(MemorySegment info) {
    return wide(info, tcp_info.tcpi_sndbuf_limited$offset());
  }

  public static long delivered(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_delivered$offset());
  }

  public static long deliveredCe(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_delivered_ce$offset());
  }

  public static long bytesSent(MemorySegment info) {
    return wide(info, tcp_info.tcpi_bytes_sent$offset());
  }

  public static long bytesRetransmitted(MemorySegment info) {
    return wide(info, tcp_info.tcpi_bytes_retrans$offset());
  }

  public static long dsackDuplicates(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_dsack_dups$offset());
  }

  public static long reorderingSeen(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_reord_seen$offset());
  }

  public static long receivedOutOfOrder(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_rcv_ooopack$offset());
  }

  public static long sendWindow(MemorySegment info) {
    return unsignedInt(info, tcp_info.tcpi_snd_wnd$offset());
  }

  public static long receiveWindow(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_RCV_WND);
  }

  public static long rehash(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_REHASH);
  }

  public static int totalRto(MemorySegment info) {
    return unsignedShort(info, Recent.TCPI_TOTAL_RTO);
  }

  public static int totalRtoRecoveries(MemorySegment info) {
    return unsignedShort(info, Recent.TCPI_TOTAL_RTO_RECOVERIES);
  }

  public static long totalRtoTime(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_TOTAL_RTO_TIME);
  }

  public static long receivedCe(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_RECEIVED_CE);
  }

  public static long deliveredE1Bytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_DELIVERED_E1_BYTES);
  }

  public static long deliveredE0Bytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_DELIVERED_E0_BYTES);
  }

  public static long deliveredCeBytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_DELIVERED_CE_BYTES);
  }

  public static long receivedE1Bytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_RECEIVED_E1_BYTES);
  }

  public static long receivedE0Bytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_RECEIVED_E0_BYTES);
  }

  public static long receivedCeBytes(MemorySegment info) {
    return unsignedInt(info, Recent.TCPI_RECEIVED_CE_BYTES);
  }

  // struct mptcp_info

  public static int mptcpSubflows(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_subflows$offset());
  }

  public static int mptcpAddressesSignalled(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_add_addr_signal$offset());
  }

  public static int mptcpAddressesAccepted(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_add_addr_accepted$offset());
  }

  public static int mptcpSubflowsMax(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_subflows_max$offset());
  }

  public static int mptcpAddressesSignalledMax(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_add_addr_signal_max$offset());
  }

  public static int mptcpAddressesAcceptedMax(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_add_addr_accepted_max$offset());
  }

  public static long mptcpFlags(MemorySegment info) {
    return unsignedInt(info, mptcp_info.mptcpi_flags$offset());
  }

  public static long mptcpToken(MemorySegment info) {
    return unsignedInt(info, mptcp_info.mptcpi_token$offset());
  }

  public static long mptcpWriteSequence(MemorySegment info) {
    return wide(info, mptcp_info.mptcpi_write_seq$offset());
  }

  public static long mptcpSendUnacknowledged(MemorySegment info) {
    return wide(info, mptcp_info.mptcpi_snd_una$offset());
  }

  public static long mptcpReceiveNext(MemorySegment info) {
    return wide(info, mptcp_info.mptcpi_rcv_nxt$offset());
  }

  public static int mptcpLocalAddressesUsed(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_local_addr_used$offset());
  }

  public static int mptcpLocalAddressesMax(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_local_addr_max$offset());
  }

  public static int mptcpChecksumEnabled(MemorySegment info) {
    return unsignedByte(info, mptcp_info.mptcpi_csum_enabled$offset());
  }

  public static long mptcpRetransmits(MemorySegment info) {
    return unsignedInt(info, Recent.MPTCPI_RETRANSMITS);
  }

  public static long mptcpBytesRetransmitted(MemorySegment info) {
    return wide(info, Recent.MPTCPI_BYTES_RETRANS);
  }

  public static long mptcpBytesSent(MemorySegment info) {
    return wide(info, Recent.MPTCPI_BYTES_SENT);
  }

  public static long mptcpBytesReceived(MemorySegment info) {
    return wide(info, Recent.MPTCPI_BYTES_RECEIVED);
  }

  public static long mptcpBytesAcked(MemorySegment info) {
    return wide(info, Recent.MPTCPI_BYTES_ACKED);
  }

  public static int mptcpSubflowsTotal(MemorySegment info) {
    return unsignedByte(info, Recent.MPTCPI_SUBFLOWS_TOTAL);
  }

  public static long mptcpLastDataSent(MemorySegment info) {
    return unsignedInt(info, Recent.MPTCPI_LAST_DATA_SENT);
  }

  public static long mptcpLastDataReceived(MemorySegment info) {
    return unsignedInt(info, Recent.MPTCPI_LAST_DATA_RECV);
  }

  public static long mptcpLastAckReceived(MemorySegment info) {
    return unsignedInt(info, Recent.MPTCPI_LAST_ACK_RECV);
  }
}
