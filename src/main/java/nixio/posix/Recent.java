package nixio.posix;

/**
 * The numbers that no header for programs has, or none that is old enough to build with: the only
 * ones that are typed. Each tells where it comes from. (struct epoll_event stands in {@link
 * Epoll}.)
 */
public final class Recent {
  /** include/uapi/asm-generic/socket.h, Linux 6.5. */
  public static final int SO_PASSPIDFD = 76;

  /** include/uapi/asm-generic/socket.h, Linux 6.5. */
  public static final int SO_PEERPIDFD = 77;

  /** include/linux/socket.h, Linux 6.5; in no header for programs. */
  public static final int SCM_PIDFD = 4;

  /** The most descriptors of a message: include/net/scm.h, also in unix(7). */
  public static final int SCM_MAX_FD = 253;

  // struct tcp_info of include/uapi/linux/tcp.h, behind tcpi_snd_wnd: what came with which Linux.

  static final long TCPI_RCV_WND = 232; // 6.2
  static final long TCPI_REHASH = 236; // 6.2
  static final long TCPI_TOTAL_RTO = 240; // 6.7, 16 bits
  static final long TCPI_TOTAL_RTO_RECOVERIES = 242; // 6.7, 16 bits
  static final long TCPI_TOTAL_RTO_TIME = 244; // 6.7
  static final long TCPI_RECEIVED_CE = 248; // 6.18, as the six behind it
  static final long TCPI_DELIVERED_E1_BYTES = 252;
  static final long TCPI_DELIVERED_E0_BYTES = 256;
  static final long TCPI_DELIVERED_CE_BYTES = 260;
  static final long TCPI_RECEIVED_E1_BYTES = 264;
  static final long TCPI_RECEIVED_E0_BYTES = 268;
  static final long TCPI_RECEIVED_CE_BYTES = 272;

  /** Bytes of the longest struct tcp_info that is known, of 7.0. */
  static final int TCP_INFO_SIZE = 280;

  // struct mptcp_info of include/uapi/linux/mptcp.h, behind mptcpi_csum_enabled.

  static final long MPTCPI_RETRANSMITS = 44; // 6.5, as the four behind it
  static final long MPTCPI_BYTES_RETRANS = 48;
  static final long MPTCPI_BYTES_SENT = 56;
  static final long MPTCPI_BYTES_RECEIVED = 64;
  static final long MPTCPI_BYTES_ACKED = 72;
  static final long MPTCPI_SUBFLOWS_TOTAL = 80; // 6.6
  static final long MPTCPI_LAST_DATA_SENT = 84; // 6.10, as the two behind it
  static final long MPTCPI_LAST_DATA_RECV = 88;
  static final long MPTCPI_LAST_ACK_RECV = 92;

  /** Bytes of the longest struct mptcp_info that is known. */
  static final int MPTCP_INFO_SIZE = 96;

  private Recent() {}

  /**
   * WIFEXITED and WEXITSTATUS, WTERMSIG of &lt;sys/wait.h&gt;, which are macros: the code that a
   * process has ended with, or 128 and the number of the signal that has ended it.
   */
  public static int exitCode(int status) {
    int signal = status & 0x7f;
    return signal == 0 ? status >> 8 & 0xff : 128 + signal;
  }
}
