package nixio;

import java.lang.foreign.MemorySegment;
import nixio.posix.Constants;
import nixio.posix.TcpFields;

/**
 * What the kernel knows of a connection of Multipath TCP: struct mptcp_info. Read by {@code
 * socket.getopt(Option.MPTCP_INFO)}, of a socket of {@link Protocol#MPTCP}; EOPNOTSUPP if the
 * connection has fallen back to TCP alone.
 *
 * <p>Numbers are unsigned in C, and wide enough here. A field that the running kernel does not have
 * yet is -1; {@link #length} tells how much it gave.
 *
 * @param length the bytes that the kernel gave
 * @param subflows further subflows, beside the first
 * @param addressesSignalled addresses that this side has announced
 * @param addressesAccepted addresses of the peer's that this side uses
 * @param subflowsMax the most further subflows
 * @param addressesSignalledMax the most addresses to be announced
 * @param addressesAcceptedMax the most addresses of the peer's to be used
 * @param flags the MPTCP_INFO_FLAG_ bits: see {@link #isFallback}
 * @param token the connection's number
 * @param writeSequence the sequence number of the next byte to be written
 * @param sendUnacknowledged the sequence number of the first byte that is unacknowledged
 * @param receiveNext the sequence number of the next byte to be received
 * @param localAddressesUsed addresses of this side that are used
 * @param localAddressesMax the most of these
 * @param checksumEnabled 1 if data have checksums
 * @param retransmits retransmissions over another subflow (Linux 6.5)
 * @param bytesRetransmitted bytes of these (6.5)
 * @param bytesSent bytes sent (6.5)
 * @param bytesReceived bytes received (6.5)
 * @param bytesAcked bytes that the peer has acknowledged (6.5)
 * @param subflowsTotal all subflows, the first too (6.6)
 * @param lastDataSent milliseconds since data were last sent (6.10)
 * @param lastDataReceived milliseconds since data were last received (6.10)
 * @param lastAckReceived milliseconds since an acknowledgement was last received (6.10)
 */
public record MptcpInfo(
    long length,
    int subflows,
    int addressesSignalled,
    int addressesAccepted,
    int subflowsMax,
    int addressesSignalledMax,
    int addressesAcceptedMax,
    long flags,
    long token,
    long writeSequence,
    long sendUnacknowledged,
    long receiveNext,
    int localAddressesUsed,
    int localAddressesMax,
    int checksumEnabled,
    long retransmits,
    long bytesRetransmitted,
    long bytesSent,
    long bytesReceived,
    long bytesAcked,
    int subflowsTotal,
    long lastDataSent,
    long lastDataReceived,
    long lastAckReceived) {
  static MptcpInfo read(MemorySegment value) {
    return new MptcpInfo(
        value.byteSize(),
        TcpFields.mptcpSubflows(value),
        TcpFields.mptcpAddressesSignalled(value),
        TcpFields.mptcpAddressesAccepted(value),
        TcpFields.mptcpSubflowsMax(value),
        TcpFields.mptcpAddressesSignalledMax(value),
        TcpFields.mptcpAddressesAcceptedMax(value),
        TcpFields.mptcpFlags(value),
        TcpFields.mptcpToken(value),
        TcpFields.mptcpWriteSequence(value),
        TcpFields.mptcpSendUnacknowledged(value),
        TcpFields.mptcpReceiveNext(value),
        TcpFields.mptcpLocalAddressesUsed(value),
        TcpFields.mptcpLocalAddressesMax(value),
        TcpFields.mptcpChecksumEnabled(value),
        TcpFields.mptcpRetransmits(value),
        TcpFields.mptcpBytesRetransmitted(value),
        TcpFields.mptcpBytesSent(value),
        TcpFields.mptcpBytesReceived(value),
        TcpFields.mptcpBytesAcked(value),
        TcpFields.mptcpSubflowsTotal(value),
        TcpFields.mptcpLastDataSent(value),
        TcpFields.mptcpLastDataReceived(value),
        TcpFields.mptcpLastAckReceived(value));
  }

  /** Whether the connection is one of TCP alone, as the peer does not speak MPTCP. */
  public boolean isFallback() {
    return (flags & Constants.MPTCP_INFO_FLAG_FALLBACK) != 0;
  }

  /** Whether the peer has told its key, so that further subflows are possible. */
  public boolean hasRemoteKey() {
    return (flags & Constants.MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED) != 0;
  }
}
