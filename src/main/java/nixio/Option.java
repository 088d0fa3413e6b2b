package nixio;

import static nixio.Option.Access.BOTH;
import static nixio.Option.Access.GET;
import static nixio.Option.Access.SET;
import static nixio.posix.Constants.IPPROTO_IP;
import static nixio.posix.Constants.IPPROTO_IPV6;
import static nixio.posix.Constants.IPPROTO_TCP;
import static nixio.posix.Constants.SOL_SOCKET;
import static nixio.posix.Constants.SOL_UDP;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableTable;
import java.net.SocketOption;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import nixio.posix.Constants;
import nixio.posix.Recent;

/**
 * An option of a socket, by its C name; see getsockopt(2). The constants are one table: a row has
 * the option's names here and in nixio, its numbers, how its value stands in memory, whether it can
 * be read, set or both, and the right that it may need.
 *
 * {@snippet file="OptionExample.java" region="option"}
 *
 * <p>{@link #of(int, int, Codec)} is the door to any other option.
 *
 * @param <T> the type of the values
 */
public final class Option<T> implements SocketOption<T> {
  /** What can be done with an option. */
  public enum Access {
    /** It can be read. */
    GET,
    /** It can be set. */
    SET,
    /** Both. */
    BOTH
  }

  // socket(7)

  /** Ask a silent peer whether it is still there. Default off. */
  public static final Option<Boolean> SO_KEEPALIVE =
      row(
          "SO_KEEPALIVE",
          "socket",
          "keepalive",
          SOL_SOCKET,
          Constants.SO_KEEPALIVE,
          Codecs.FLAG,
          BOTH,
          null);

  /** Bind to an address that old connections still have. Default off. */
  public static final Option<Boolean> SO_REUSEADDR =
      row(
          "SO_REUSEADDR",
          "socket",
          "reuseaddr",
          SOL_SOCKET,
          Constants.SO_REUSEADDR,
          Codecs.FLAG,
          BOTH,
          null);

  /** Several sockets of one user on one address, each with its share. Default off. */
  public static final Option<Boolean> SO_REUSEPORT =
      row(
          "SO_REUSEPORT",
          "socket",
          "reuseport",
          SOL_SOCKET,
          Constants.SO_REUSEPORT,
          Codecs.FLAG,
          BOTH,
          null);

  /** Bytes of the send buffer; reads back the double, which the kernel takes. */
  public static final Option<Integer> SO_SNDBUF =
      row("SO_SNDBUF", "socket", "sndbuf", SOL_SOCKET, Constants.SO_SNDBUF, Codecs.INT, BOTH, null);

  /** Bytes of the receive buffer; reads back the double, which the kernel takes. */
  public static final Option<Integer> SO_RCVBUF =
      row("SO_RCVBUF", "socket", "rcvbuf", SOL_SOCKET, Constants.SO_RCVBUF, Codecs.INT, BOTH, null);

  /** Bytes of the send buffer, beyond the limit. Right: CAP_NET_ADMIN. */
  public static final Option<Integer> SO_SNDBUFFORCE =
      row(
          "SO_SNDBUFFORCE",
          "socket",
          "sndbufforce",
          SOL_SOCKET,
          Constants.SO_SNDBUFFORCE,
          Codecs.INT,
          SET,
          "CAP_NET_ADMIN");

  /** Bytes of the receive buffer, beyond the limit. Right: CAP_NET_ADMIN. */
  public static final Option<Integer> SO_RCVBUFFORCE =
      row(
          "SO_RCVBUFFORCE",
          "socket",
          "rcvbufforce",
          SOL_SOCKET,
          Constants.SO_RCVBUFFORCE,
          Codecs.INT,
          SET,
          "CAP_NET_ADMIN");

  /** Priority of what is sent, 0..6; others need the right. Default 0. Right: CAP_NET_ADMIN. */
  public static final Option<Integer> SO_PRIORITY =
      row(
          "SO_PRIORITY",
          "socket",
          "priority",
          SOL_SOCKET,
          Constants.SO_PRIORITY,
          Codecs.INT,
          BOTH,
          "CAP_NET_ADMIN");

  /** Send to broadcast addresses (else EACCES). Default off. */
  public static final Option<Boolean> SO_BROADCAST =
      row(
          "SO_BROADCAST",
          "socket",
          "broadcast",
          SOL_SOCKET,
          Constants.SO_BROADCAST,
          Codecs.FLAG,
          BOTH,
          null);

  /** Seconds that close waits for what was sent; 0: reset; negative: off, the default. */
  public static final Option<Integer> SO_LINGER =
      row(
          "SO_LINGER",
          "socket",
          "linger",
          SOL_SOCKET,
          Constants.SO_LINGER,
          Codecs.LINGER,
          BOTH,
          null);

  /** How long each wait to send or connect lasts at most; zero: for ever, the default. */
  public static final Option<Duration> SO_SNDTIMEO =
      row(
          "SO_SNDTIMEO",
          "socket",
          "sndtimeo",
          SOL_SOCKET,
          Constants.SO_SNDTIMEO,
          Codecs.TIMEVAL,
          BOTH,
          null);

  /** How long each wait to receive or accept lasts at most; zero: for ever, the default. */
  public static final Option<Duration> SO_RCVTIMEO =
      row(
          "SO_RCVTIMEO",
          "socket",
          "rcvtimeo",
          SOL_SOCKET,
          Constants.SO_RCVTIMEO,
          Codecs.TIMEVAL,
          BOTH,
          null);

  /** Send to hosts of attached networks only. Default off. */
  public static final Option<Boolean> SO_DONTROUTE =
      row(
          "SO_DONTROUTE",
          "socket",
          "dontroute",
          SOL_SOCKET,
          Constants.SO_DONTROUTE,
          Codecs.FLAG,
          BOTH,
          null);

  /** Receive and send by this interface only; empty: by any, the default. Right: CAP_NET_RAW. */
  public static final Option<String> SO_BINDTODEVICE =
      row(
          "SO_BINDTODEVICE",
          "socket",
          "bindtodevice",
          SOL_SOCKET,
          Constants.SO_BINDTODEVICE,
          Codecs.NAME,
          BOTH,
          "CAP_NET_RAW");

  /** The number of the pending error, which is cleared; 0: none. */
  public static final Option<Integer> SO_ERROR =
      row("SO_ERROR", "socket", "error", SOL_SOCKET, Constants.SO_ERROR, Codecs.INT, GET, null);

  /** Receive urgent data amid the others. Default off. */
  public static final Option<Boolean> SO_OOBINLINE =
      row(
          "SO_OOBINLINE",
          "socket",
          "oobinline",
          SOL_SOCKET,
          Constants.SO_OOBINLINE,
          Codecs.FLAG,
          BOTH,
          null);

  /** Mark of what is sent, for routing and firewalls. Default 0. Right: CAP_NET_ADMIN. */
  public static final Option<Integer> SO_MARK =
      row(
          "SO_MARK",
          "socket",
          "mark",
          SOL_SOCKET,
          Constants.SO_MARK,
          Codecs.INT,
          BOTH,
          "CAP_NET_ADMIN");

  /** Who is at the other end; UNIX sockets, see unix(7). */
  public static final Option<Credentials> SO_PEERCRED =
      row(
          "SO_PEERCRED",
          "socket",
          "peercred",
          SOL_SOCKET,
          Constants.SO_PEERCRED,
          Codecs.CREDENTIALS,
          GET,
          null);

  /** Receive the sender's credentials with each message; UNIX sockets. Default off. */
  public static final Option<Boolean> SO_PASSCRED =
      row(
          "SO_PASSCRED",
          "socket",
          "passcred",
          SOL_SOCKET,
          Constants.SO_PASSCRED,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell when a message was received, in microseconds: {@link Control#timestamp}. Default off. */
  public static final Option<Boolean> SO_TIMESTAMP =
      row(
          "SO_TIMESTAMP",
          "socket",
          "timestamp",
          SOL_SOCKET,
          Constants.SO_TIMESTAMP,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell when a message was received, in nanoseconds: {@link Control#timestamp}. Default off. */
  public static final Option<Boolean> SO_TIMESTAMPNS =
      row(
          "SO_TIMESTAMPNS",
          "socket",
          "timestampns",
          SOL_SOCKET,
          Constants.SO_TIMESTAMPNS,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell when messages were received and sent, by whom and where. Default nothing. */
  public static final Option<Timestamping> SO_TIMESTAMPING =
      row(
          "SO_TIMESTAMPING",
          "socket",
          "timestamping",
          SOL_SOCKET,
          Constants.SO_TIMESTAMPING,
          Codecs.TIMESTAMPING,
          BOTH,
          null);

  /**
   * Tell how many messages were dropped as the queue was full: {@link Control#dropped}. Default
   * off.
   */
  public static final Option<Boolean> SO_RXQ_OVFL =
      row(
          "SO_RXQ_OVFL",
          "socket",
          "rxq_ovfl",
          SOL_SOCKET,
          Constants.SO_RXQ_OVFL,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell the mark of a message: {@link Control#mark()}. Default off. Linux 6.0. */
  public static final Option<Boolean> SO_RCVMARK =
      row(
          "SO_RCVMARK",
          "socket",
          "rcvmark",
          SOL_SOCKET,
          Constants.SO_RCVMARK,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * Send at the time that {@link Control#transmitTime} says. Right, but for CLOCK_MONOTONIC:
   * CAP_NET_ADMIN.
   */
  public static final Option<TransmitTimes> SO_TXTIME =
      row(
          "SO_TXTIME",
          "socket",
          "txtime",
          SOL_SOCKET,
          Constants.SO_TXTIME,
          Codecs.TRANSMIT_TIMES,
          BOTH,
          "CAP_NET_ADMIN");

  /** Allow {@link Msg#ZEROCOPY}; TCP and UDP. Default off. */
  public static final Option<Boolean> SO_ZEROCOPY =
      row(
          "SO_ZEROCOPY",
          "socket",
          "zerocopy",
          SOL_SOCKET,
          Constants.SO_ZEROCOPY,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * A new descriptor of the process at the other end, which is the caller's: {@link Nixio#close};
   * UNIX sockets. Linux 6.5.
   */
  public static final Option<Integer> SO_PEERPIDFD =
      row(
          "SO_PEERPIDFD",
          "socket",
          "peerpidfd",
          SOL_SOCKET,
          Recent.SO_PEERPIDFD,
          Codecs.INT,
          GET,
          null);

  /** The CPU that received last; with SO_REUSEPORT: the one to receive from. */
  public static final Option<Integer> SO_INCOMING_CPU =
      row(
          "SO_INCOMING_CPU",
          "socket",
          "incoming_cpu",
          SOL_SOCKET,
          Constants.SO_INCOMING_CPU,
          Codecs.INT,
          BOTH,
          null);

  /** The NAPI id of the queue that received last; 0: none. */
  public static final Option<Integer> SO_INCOMING_NAPI_ID =
      row(
          "SO_INCOMING_NAPI_ID",
          "socket",
          "incoming_napi_id",
          SOL_SOCKET,
          Constants.SO_INCOMING_NAPI_ID,
          Codecs.INT,
          GET,
          null);

  /** Microseconds to poll the device before sleeping. Default 0. Right: CAP_NET_ADMIN. */
  public static final Option<Integer> SO_BUSY_POLL =
      row(
          "SO_BUSY_POLL",
          "socket",
          "busy_poll",
          SOL_SOCKET,
          Constants.SO_BUSY_POLL,
          Codecs.INT,
          BOTH,
          "CAP_NET_ADMIN");

  /** The socket's domain. */
  public static final Option<Domain> SO_DOMAIN =
      row(
          "SO_DOMAIN",
          "socket",
          "domain",
          SOL_SOCKET,
          Constants.SO_DOMAIN,
          Codecs.DOMAIN,
          GET,
          null);

  /** The socket's type. */
  public static final Option<Type> SO_TYPE =
      row("SO_TYPE", "socket", "type", SOL_SOCKET, Constants.SO_TYPE, Codecs.TYPE, GET, null);

  /** The socket's protocol. */
  public static final Option<Protocol> SO_PROTOCOL =
      row(
          "SO_PROTOCOL",
          "socket",
          "protocol",
          SOL_SOCKET,
          Constants.SO_PROTOCOL,
          Codecs.PROTOCOL,
          GET,
          null);

  /** Whether the socket listens. */
  public static final Option<Boolean> SO_ACCEPTCONN =
      row(
          "SO_ACCEPTCONN",
          "socket",
          "acceptconn",
          SOL_SOCKET,
          Constants.SO_ACCEPTCONN,
          Codecs.FLAG,
          GET,
          null);

  /** A number that no other socket has. */
  public static final Option<Long> SO_COOKIE =
      row("SO_COOKIE", "socket", "cookie", SOL_SOCKET, Constants.SO_COOKIE, Codecs.LONG, GET, null);

  /** Bytes that must be there before a receiver wakes. Default 1. */
  public static final Option<Integer> SO_RCVLOWAT =
      row(
          "SO_RCVLOWAT",
          "socket",
          "rcvlowat",
          SOL_SOCKET,
          Constants.SO_RCVLOWAT,
          Codecs.INT,
          BOTH,
          null);

  /** Bytes a second at most; -1: no limit, the default. */
  public static final Option<Long> SO_MAX_PACING_RATE =
      row(
          "SO_MAX_PACING_RATE",
          "socket",
          "max_pacing_rate",
          SOL_SOCKET,
          Constants.SO_MAX_PACING_RATE,
          Codecs.LONG,
          BOTH,
          null);

  /** SO_BINDTODEVICE by index; 0: any, the default. Right: CAP_NET_RAW. */
  public static final Option<Integer> SO_BINDTOIFINDEX =
      row(
          "SO_BINDTOIFINDEX",
          "socket",
          "bindtoifindex",
          SOL_SOCKET,
          Constants.SO_BINDTOIFINDEX,
          Codecs.INT,
          BOTH,
          "CAP_NET_RAW");

  /**
   * Receive only what a program keeps; packets and datagrams that came before may still be there.
   */
  public static final Option<Filter> SO_ATTACH_FILTER =
      row(
          "SO_ATTACH_FILTER",
          "socket",
          "attach_filter",
          SOL_SOCKET,
          Constants.SO_ATTACH_FILTER,
          Codecs.FILTER,
          SET,
          null);

  /** Receive everything again; the value is of no consequence. */
  public static final Option<Boolean> SO_DETACH_FILTER =
      row(
          "SO_DETACH_FILTER",
          "socket",
          "detach_filter",
          SOL_SOCKET,
          Constants.SO_DETACH_FILTER,
          Codecs.FLAG,
          SET,
          null);

  /** The filter can't be changed any more, nor this be undone (EPERM). Default off. */
  public static final Option<Boolean> SO_LOCK_FILTER =
      row(
          "SO_LOCK_FILTER",
          "socket",
          "lock_filter",
          SOL_SOCKET,
          Constants.SO_LOCK_FILTER,
          Codecs.FLAG,
          BOTH,
          null);

  // tcp(7)

  /** Hold back partial segments, for 200 ms at most. Default off. */
  public static final Option<Boolean> TCP_CORK =
      row("TCP_CORK", "tcp", "cork", IPPROTO_TCP, Constants.TCP_CORK, Codecs.FLAG, BOTH, null);

  /** Send small segments at once. Default off. */
  public static final Option<Boolean> TCP_NODELAY =
      row(
          "TCP_NODELAY",
          "tcp",
          "nodelay",
          IPPROTO_TCP,
          Constants.TCP_NODELAY,
          Codecs.FLAG,
          BOTH,
          null);

  /** Bytes of a segment at most. */
  public static final Option<Integer> TCP_MAXSEG =
      row("TCP_MAXSEG", "tcp", "maxseg", IPPROTO_TCP, Constants.TCP_MAXSEG, Codecs.INT, BOTH, null);

  /** Seconds of silence before the first keepalive probe, 1..32767. Default 7200. */
  public static final Option<Integer> TCP_KEEPIDLE =
      row(
          "TCP_KEEPIDLE",
          "tcp",
          "keepidle",
          IPPROTO_TCP,
          Constants.TCP_KEEPIDLE,
          Codecs.INT,
          BOTH,
          null);

  /** Seconds between keepalive probes, 1..32767. Default 75. */
  public static final Option<Integer> TCP_KEEPINTVL =
      row(
          "TCP_KEEPINTVL",
          "tcp",
          "keepintvl",
          IPPROTO_TCP,
          Constants.TCP_KEEPINTVL,
          Codecs.INT,
          BOTH,
          null);

  /** Keepalive probes before the connection is given up, 1..127. Default 9. */
  public static final Option<Integer> TCP_KEEPCNT =
      row(
          "TCP_KEEPCNT",
          "tcp",
          "keepcnt",
          IPPROTO_TCP,
          Constants.TCP_KEEPCNT,
          Codecs.INT,
          BOTH,
          null);

  /** SYNs sent again before connect gives up, 1..255. */
  public static final Option<Integer> TCP_SYNCNT =
      row("TCP_SYNCNT", "tcp", "syncnt", IPPROTO_TCP, Constants.TCP_SYNCNT, Codecs.INT, BOTH, null);

  /** Seconds that a closed connection stays in FIN_WAIT2; negative: not at all. */
  public static final Option<Integer> TCP_LINGER2 =
      row(
          "TCP_LINGER2",
          "tcp",
          "linger2",
          IPPROTO_TCP,
          Constants.TCP_LINGER2,
          Codecs.INT,
          BOTH,
          null);

  /**
   * Seconds to wait for data before accept sees the connection; rounded by the kernel. Default 0.
   */
  public static final Option<Integer> TCP_DEFER_ACCEPT =
      row(
          "TCP_DEFER_ACCEPT",
          "tcp",
          "defer_accept",
          IPPROTO_TCP,
          Constants.TCP_DEFER_ACCEPT,
          Codecs.INT,
          BOTH,
          null);

  /** Bytes of the advertised window at most; 0: no limit, the default. */
  public static final Option<Integer> TCP_WINDOW_CLAMP =
      row(
          "TCP_WINDOW_CLAMP",
          "tcp",
          "window_clamp",
          IPPROTO_TCP,
          Constants.TCP_WINDOW_CLAMP,
          Codecs.INT,
          BOTH,
          null);

  /** Acknowledge at once; the kernel turns it off again at will. */
  public static final Option<Boolean> TCP_QUICKACK =
      row(
          "TCP_QUICKACK",
          "tcp",
          "quickack",
          IPPROTO_TCP,
          Constants.TCP_QUICKACK,
          Codecs.FLAG,
          BOTH,
          null);

  /** The name of the congestion control, such as cubic. Right: CAP_NET_ADMIN. */
  public static final Option<String> TCP_CONGESTION =
      row(
          "TCP_CONGESTION",
          "tcp",
          "congestion",
          IPPROTO_TCP,
          Constants.TCP_CONGESTION,
          Codecs.NAME,
          BOTH,
          "CAP_NET_ADMIN");

  /** How long sent data may stay unacknowledged until ETIMEDOUT; zero: the system's default. */
  public static final Option<Duration> TCP_USER_TIMEOUT =
      row(
          "TCP_USER_TIMEOUT",
          "tcp",
          "user_timeout",
          IPPROTO_TCP,
          Constants.TCP_USER_TIMEOUT,
          Codecs.MILLIS,
          BOTH,
          null);

  /** Listener: how many connections may wait that began with data. Default 0. */
  public static final Option<Integer> TCP_FASTOPEN =
      row(
          "TCP_FASTOPEN",
          "tcp",
          "fastopen",
          IPPROTO_TCP,
          Constants.TCP_FASTOPEN,
          Codecs.INT,
          BOTH,
          null);

  /** connect waits for the first send, whose data go with the SYN. Default off. */
  public static final Option<Boolean> TCP_FASTOPEN_CONNECT =
      row(
          "TCP_FASTOPEN_CONNECT",
          "tcp",
          "fastopen_connect",
          IPPROTO_TCP,
          Constants.TCP_FASTOPEN_CONNECT,
          Codecs.FLAG,
          BOTH,
          null);

  /** Bytes not sent yet above which there is no room. Default no limit. */
  public static final Option<Integer> TCP_NOTSENT_LOWAT =
      row(
          "TCP_NOTSENT_LOWAT",
          "tcp",
          "notsent_lowat",
          IPPROTO_TCP,
          Constants.TCP_NOTSENT_LOWAT,
          Codecs.INT,
          BOTH,
          null);

  /** What the kernel knows of the connection. */
  public static final Option<TcpInfo> TCP_INFO =
      row("TCP_INFO", "tcp", "info", IPPROTO_TCP, Constants.TCP_INFO, Codecs.TCP_INFO, GET, null);

  // udp(7)

  /**
   * Bytes of the datagrams that what is sent is cut into, 1..65535; 0, the default: not cut. The
   * last may be shorter. At most 64 datagrams (128 since Linux 6.9), each within the path's MTU, or
   * sends fail with EINVAL or EMSGSIZE. {@link Interface#segments} tells whether a device will cut;
   * if not, sends fail with EIO, the first or, when the route has changed, a later one. For single
   * messages: {@link Control#segmentSize(int)}. Linux 4.18.
   */
  public static final Option<Integer> UDP_SEGMENT =
      row("UDP_SEGMENT", "udp", "segment", SOL_UDP, Constants.UDP_SEGMENT, Codecs.INT, BOTH, null);

  /** Receive datagrams of one sender together: {@link Batch#segmentSize(int)}. Default off. */
  public static final Option<Boolean> UDP_GRO =
      row("UDP_GRO", "udp", "gro", SOL_UDP, Constants.UDP_GRO, Codecs.FLAG, BOTH, null);

  /** What the kernel knows of a connection of Multipath TCP. Linux 5.16. */
  public static final Option<MptcpInfo> MPTCP_INFO =
      row(
          "MPTCP_INFO",
          "mptcp",
          "info",
          Constants.SOL_MPTCP,
          Constants.MPTCP_INFO,
          Codecs.MPTCP_INFO,
          GET,
          null);

  // ip(7)

  /** Type of service of what is sent: DSCP and ECN, 0..255. Default 0. */
  public static final Option<Integer> IP_TOS =
      row("IP_TOS", "ip", "tos", IPPROTO_IP, Constants.IP_TOS, Codecs.INT, BOTH, null);

  /** Time to live of what is sent, 1..255; -1: the system's default. */
  public static final Option<Integer> IP_TTL =
      row("IP_TTL", "ip", "ttl", IPPROTO_IP, Constants.IP_TTL, Codecs.INT, BOTH, null);

  /** The path's MTU, in bytes; connected sockets only (else ENOTCONN). */
  public static final Option<Integer> IP_MTU =
      row("IP_MTU", "ip", "mtu", IPPROTO_IP, Constants.IP_MTU, Codecs.INT, GET, null);

  /**
   * Path MTU discovery: 0 never, 1 as the route says, 2 always, 3 don't fragment but ignore the
   * path's.
   */
  public static final Option<Integer> IP_MTU_DISCOVER =
      row(
          "IP_MTU_DISCOVER",
          "ip",
          "mtu_discover",
          IPPROTO_IP,
          Constants.IP_MTU_DISCOVER,
          Codecs.INT,
          BOTH,
          null);

  /** The user writes the IP header; raw sockets only. Default off. */
  public static final Option<Boolean> IP_HDRINCL =
      row("IP_HDRINCL", "ip", "hdrincl", IPPROTO_IP, Constants.IP_HDRINCL, Codecs.FLAG, BOTH, null);

  /** Bind to an address that is not (yet) local. Default off. */
  public static final Option<Boolean> IP_FREEBIND =
      row(
          "IP_FREEBIND",
          "ip",
          "freebind",
          IPPROTO_IP,
          Constants.IP_FREEBIND,
          Codecs.FLAG,
          BOTH,
          null);

  /** Be a transparent proxy. Default off. Right: CAP_NET_ADMIN. */
  public static final Option<Boolean> IP_TRANSPARENT =
      row(
          "IP_TRANSPARENT",
          "ip",
          "transparent",
          IPPROTO_IP,
          Constants.IP_TRANSPARENT,
          Codecs.FLAG,
          BOTH,
          "CAP_NET_ADMIN");

  /** bind to port 0 chooses no port yet; connect will. Default off. */
  public static final Option<Boolean> IP_BIND_ADDRESS_NO_PORT =
      row(
          "IP_BIND_ADDRESS_NO_PORT",
          "ip",
          "bind_address_no_port",
          IPPROTO_IP,
          Constants.IP_BIND_ADDRESS_NO_PORT,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell the time to live of a message: {@link Control#ttl()}. Default off. */
  public static final Option<Boolean> IP_RECVTTL =
      row("IP_RECVTTL", "ip", "recvttl", IPPROTO_IP, Constants.IP_RECVTTL, Codecs.FLAG, BOTH, null);

  /** Tell the type of service of a message: {@link Control#trafficClass()}. Default off. */
  public static final Option<Boolean> IP_RECVTOS =
      row("IP_RECVTOS", "ip", "recvtos", IPPROTO_IP, Constants.IP_RECVTOS, Codecs.FLAG, BOTH, null);

  /**
   * Tell where a message was sent to, and the interface: {@link Control#destination()}. Default
   * off.
   */
  public static final Option<Boolean> IP_PKTINFO =
      row("IP_PKTINFO", "ip", "pktinfo", IPPROTO_IP, Constants.IP_PKTINFO, Codecs.FLAG, BOTH, null);

  /**
   * Tell where a message was sent to at first, with the port: {@link
   * Control#originalDestination()}. Default off.
   */
  public static final Option<Boolean> IP_RECVORIGDSTADDR =
      row(
          "IP_RECVORIGDSTADDR",
          "ip",
          "recvorigdstaddr",
          IPPROTO_IP,
          Constants.IP_RECVORIGDSTADDR,
          Codecs.FLAG,
          BOTH,
          null);

  /** Queue what is told of sent messages: {@link Control#error}. Default off. */
  public static final Option<Boolean> IP_RECVERR =
      row("IP_RECVERR", "ip", "recverr", IPPROTO_IP, Constants.IP_RECVERR, Codecs.FLAG, BOTH, null);

  /** Time to live of multicast, 0..255; -1: 1, the default. */
  public static final Option<Integer> IP_MULTICAST_TTL =
      row(
          "IP_MULTICAST_TTL",
          "ip",
          "multicast_ttl",
          IPPROTO_IP,
          Constants.IP_MULTICAST_TTL,
          Codecs.INT,
          BOTH,
          null);

  /** This host receives its own multicast too. Default on. */
  public static final Option<Boolean> IP_MULTICAST_LOOP =
      row(
          "IP_MULTICAST_LOOP",
          "ip",
          "multicast_loop",
          IPPROTO_IP,
          Constants.IP_MULTICAST_LOOP,
          Codecs.FLAG,
          BOTH,
          null);

  /** Which interface multicast leaves by; reads back an address. */
  public static final Option<Interface> IP_MULTICAST_IF =
      row(
          "IP_MULTICAST_IF",
          "ip",
          "multicast_if",
          IPPROTO_IP,
          Constants.IP_MULTICAST_IF,
          Codecs.INTERFACE,
          BOTH,
          null);

  /** Receive groups that other sockets of this host joined. Default on. */
  public static final Option<Boolean> IP_MULTICAST_ALL =
      row(
          "IP_MULTICAST_ALL",
          "ip",
          "multicast_all",
          IPPROTO_IP,
          Constants.IP_MULTICAST_ALL,
          Codecs.FLAG,
          BOTH,
          null);

  /** Join a group (EADDRINUSE: has joined; ENODEV: no such interface). */
  public static final Option<Membership> IP_ADD_MEMBERSHIP =
      row(
          "IP_ADD_MEMBERSHIP",
          "ip",
          "add_membership",
          IPPROTO_IP,
          Constants.IP_ADD_MEMBERSHIP,
          Codecs.MEMBERSHIP,
          SET,
          null);

  /** Leave a group (EADDRNOTAVAIL: had not joined). */
  public static final Option<Membership> IP_DROP_MEMBERSHIP =
      row(
          "IP_DROP_MEMBERSHIP",
          "ip",
          "drop_membership",
          IPPROTO_IP,
          Constants.IP_DROP_MEMBERSHIP,
          Codecs.MEMBERSHIP,
          SET,
          null);

  /** Join a group for one sender. */
  public static final Option<SourceMembership> IP_ADD_SOURCE_MEMBERSHIP =
      row(
          "IP_ADD_SOURCE_MEMBERSHIP",
          "ip",
          "add_source_membership",
          IPPROTO_IP,
          Constants.IP_ADD_SOURCE_MEMBERSHIP,
          Codecs.SOURCE,
          SET,
          null);

  /** Leave a group for one sender. */
  public static final Option<SourceMembership> IP_DROP_SOURCE_MEMBERSHIP =
      row(
          "IP_DROP_SOURCE_MEMBERSHIP",
          "ip",
          "drop_source_membership",
          IPPROTO_IP,
          Constants.IP_DROP_SOURCE_MEMBERSHIP,
          Codecs.SOURCE,
          SET,
          null);

  /** Stop receiving from one sender of a joined group. */
  public static final Option<SourceMembership> IP_BLOCK_SOURCE =
      row(
          "IP_BLOCK_SOURCE",
          "ip",
          "block_source",
          IPPROTO_IP,
          Constants.IP_BLOCK_SOURCE,
          Codecs.SOURCE,
          SET,
          null);

  /** Receive from that sender again. */
  public static final Option<SourceMembership> IP_UNBLOCK_SOURCE =
      row(
          "IP_UNBLOCK_SOURCE",
          "ip",
          "unblock_source",
          IPPROTO_IP,
          Constants.IP_UNBLOCK_SOURCE,
          Codecs.SOURCE,
          SET,
          null);

  // ipv6(7)

  /**
   * Read: the path's MTU, in bytes (ENOTCONN if not connected). Set: the limit, 1280 at least, 0
   * for none.
   */
  public static final Option<Integer> IPV6_MTU =
      row("IPV6_MTU", "ipv6", "mtu", IPPROTO_IPV6, Constants.IPV6_MTU, Codecs.INT, BOTH, null);

  /** No IPv4 on this socket; before bind only. Default off. */
  public static final Option<Boolean> IPV6_V6ONLY =
      row(
          "IPV6_V6ONLY",
          "ipv6",
          "v6only",
          IPPROTO_IPV6,
          Constants.IPV6_V6ONLY,
          Codecs.FLAG,
          BOTH,
          null);

  /** Traffic class of what is sent: DSCP and ECN, 0..255; -1: the default. */
  public static final Option<Integer> IPV6_TCLASS =
      row(
          "IPV6_TCLASS",
          "ipv6",
          "tclass",
          IPPROTO_IPV6,
          Constants.IPV6_TCLASS,
          Codecs.INT,
          BOTH,
          null);

  /** Hop limit of what is sent, 0..255; -1: the route's. */
  public static final Option<Integer> IPV6_UNICAST_HOPS =
      row(
          "IPV6_UNICAST_HOPS",
          "ipv6",
          "unicast_hops",
          IPPROTO_IPV6,
          Constants.IPV6_UNICAST_HOPS,
          Codecs.INT,
          BOTH,
          null);

  /** Path MTU discovery, as {@link #IP_MTU_DISCOVER}. */
  public static final Option<Integer> IPV6_MTU_DISCOVER =
      row(
          "IPV6_MTU_DISCOVER",
          "ipv6",
          "mtu_discover",
          IPPROTO_IPV6,
          Constants.IPV6_MTU_DISCOVER,
          Codecs.INT,
          BOTH,
          null);

  /** Hop limit of multicast, 0..255; -1: 1, the default. */
  public static final Option<Integer> IPV6_MULTICAST_HOPS =
      row(
          "IPV6_MULTICAST_HOPS",
          "ipv6",
          "multicast_hops",
          IPPROTO_IPV6,
          Constants.IPV6_MULTICAST_HOPS,
          Codecs.INT,
          BOTH,
          null);

  /** This host receives its own multicast too. Default on. */
  public static final Option<Boolean> IPV6_MULTICAST_LOOP =
      row(
          "IPV6_MULTICAST_LOOP",
          "ipv6",
          "multicast_loop",
          IPPROTO_IPV6,
          Constants.IPV6_MULTICAST_LOOP,
          Codecs.FLAG,
          BOTH,
          null);

  /** Which interface multicast leaves by, by index or name. */
  public static final Option<Interface> IPV6_MULTICAST_IF =
      row(
          "IPV6_MULTICAST_IF",
          "ipv6",
          "multicast_if",
          IPPROTO_IPV6,
          Constants.IPV6_MULTICAST_IF,
          Codecs.INTERFACE6,
          BOTH,
          null);

  /** Receive groups that other sockets of this host joined. Default on. */
  public static final Option<Boolean> IPV6_MULTICAST_ALL =
      row(
          "IPV6_MULTICAST_ALL",
          "ipv6",
          "multicast_all",
          IPPROTO_IPV6,
          Constants.IPV6_MULTICAST_ALL,
          Codecs.FLAG,
          BOTH,
          null);

  /** Join a group (EADDRINUSE: has joined; ENODEV: no such interface). */
  public static final Option<Membership> IPV6_ADD_MEMBERSHIP =
      row(
          "IPV6_ADD_MEMBERSHIP",
          "ipv6",
          "add_membership",
          IPPROTO_IPV6,
          Constants.IPV6_ADD_MEMBERSHIP,
          Codecs.MEMBERSHIP6,
          SET,
          null);

  /** Leave a group (EADDRNOTAVAIL: had not joined). */
  public static final Option<Membership> IPV6_DROP_MEMBERSHIP =
      row(
          "IPV6_DROP_MEMBERSHIP",
          "ipv6",
          "drop_membership",
          IPPROTO_IPV6,
          Constants.IPV6_DROP_MEMBERSHIP,
          Codecs.MEMBERSHIP6,
          SET,
          null);

  /** Bind to an address that is not (yet) local. Default off. */
  public static final Option<Boolean> IPV6_FREEBIND =
      row(
          "IPV6_FREEBIND",
          "ipv6",
          "freebind",
          IPPROTO_IPV6,
          Constants.IPV6_FREEBIND,
          Codecs.FLAG,
          BOTH,
          null);

  /** Be a transparent proxy. Default off. Right: CAP_NET_ADMIN. */
  public static final Option<Boolean> IPV6_TRANSPARENT =
      row(
          "IPV6_TRANSPARENT",
          "ipv6",
          "transparent",
          IPPROTO_IPV6,
          Constants.IPV6_TRANSPARENT,
          Codecs.FLAG,
          BOTH,
          "CAP_NET_ADMIN");

  /** Tell the hop limit of a message: {@link Control#ttl()}. Default off. */
  public static final Option<Boolean> IPV6_RECVHOPLIMIT =
      row(
          "IPV6_RECVHOPLIMIT",
          "ipv6",
          "recvhoplimit",
          IPPROTO_IPV6,
          Constants.IPV6_RECVHOPLIMIT,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell the traffic class of a message: {@link Control#trafficClass()}. Default off. */
  public static final Option<Boolean> IPV6_RECVTCLASS =
      row(
          "IPV6_RECVTCLASS",
          "ipv6",
          "recvtclass",
          IPPROTO_IPV6,
          Constants.IPV6_RECVTCLASS,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * Tell where a message was sent to, and the interface: {@link Control#destination()}. Default
   * off.
   */
  public static final Option<Boolean> IPV6_RECVPKTINFO =
      row(
          "IPV6_RECVPKTINFO",
          "ipv6",
          "recvpktinfo",
          IPPROTO_IPV6,
          Constants.IPV6_RECVPKTINFO,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * Tell where a message was sent to at first, with the port: {@link
   * Control#originalDestination()}. Default off.
   */
  public static final Option<Boolean> IPV6_RECVORIGDSTADDR =
      row(
          "IPV6_RECVORIGDSTADDR",
          "ipv6",
          "recvorigdstaddr",
          IPPROTO_IPV6,
          Constants.IPV6_RECVORIGDSTADDR,
          Codecs.FLAG,
          BOTH,
          null);

  /** Queue what is told of sent messages: {@link Control#error}. Default off. */
  public static final Option<Boolean> IPV6_RECVERR =
      row(
          "IPV6_RECVERR",
          "ipv6",
          "recverr",
          IPPROTO_IPV6,
          Constants.IPV6_RECVERR,
          Codecs.FLAG,
          BOTH,
          null);

  /** Join a group for one sender, RFC 3678. */
  public static final Option<SourceMembership> MCAST_JOIN_SOURCE_GROUP =
      row(
          "MCAST_JOIN_SOURCE_GROUP",
          "ipv6",
          "join_source_group",
          IPPROTO_IPV6,
          Constants.MCAST_JOIN_SOURCE_GROUP,
          Codecs.SOURCE6,
          SET,
          null);

  /** Leave a group for one sender. */
  public static final Option<SourceMembership> MCAST_LEAVE_SOURCE_GROUP =
      row(
          "MCAST_LEAVE_SOURCE_GROUP",
          "ipv6",
          "leave_source_group",
          IPPROTO_IPV6,
          Constants.MCAST_LEAVE_SOURCE_GROUP,
          Codecs.SOURCE6,
          SET,
          null);

  /** Stop receiving from one sender of a joined group. */
  public static final Option<SourceMembership> MCAST_BLOCK_SOURCE =
      row(
          "MCAST_BLOCK_SOURCE",
          "ipv6",
          "block_source",
          IPPROTO_IPV6,
          Constants.MCAST_BLOCK_SOURCE,
          Codecs.SOURCE6,
          SET,
          null);

  /** Receive from that sender again. */
  public static final Option<SourceMembership> MCAST_UNBLOCK_SOURCE =
      row(
          "MCAST_UNBLOCK_SOURCE",
          "ipv6",
          "unblock_source",
          IPPROTO_IPV6,
          Constants.MCAST_UNBLOCK_SOURCE,
          Codecs.SOURCE6,
          SET,
          null);

  /** What is sent on raw sockets has an IPv6 header. Default off. */
  public static final Option<Boolean> IPV6_HDRINCL =
      row(
          "IPV6_HDRINCL",
          "ipv6",
          "hdrincl",
          IPPROTO_IPV6,
          Constants.IPV6_HDRINCL,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * Raw sockets: where the kernel writes and checks the checksum, an even offset; -1: nowhere, the
   * default.
   */
  public static final Option<Integer> IPV6_CHECKSUM =
      row(
          "IPV6_CHECKSUM",
          "ipv6",
          "checksum",
          IPPROTO_IPV6,
          Constants.IPV6_CHECKSUM,
          Codecs.INT,
          BOTH,
          null);

  // raw(7)

  /** Which types of ICMP messages a raw socket receives; raw(7). */
  public static final Option<IcmpFilter> ICMP_FILTER =
      row(
          "ICMP_FILTER",
          "raw",
          "icmp_filter",
          Constants.SOL_RAW,
          Constants.ICMP_FILTER,
          Codecs.ICMP_FILTER,
          BOTH,
          null);

  /** Which types of ICMPv6 messages a raw socket receives; RFC 3542. */
  public static final Option<IcmpFilter> ICMPV6_FILTER =
      row(
          "ICMPV6_FILTER",
          "icmpv6",
          "filter",
          Constants.SOL_ICMPV6,
          Constants.ICMPV6_FILTER,
          Codecs.ICMP6_FILTER,
          BOTH,
          null);

  // packet(7)

  /** Hear more than the interface's own packets. */
  public static final Option<PacketMembership> PACKET_ADD_MEMBERSHIP =
      row(
          "PACKET_ADD_MEMBERSHIP",
          "packet",
          "add_membership",
          Constants.SOL_PACKET,
          Constants.PACKET_ADD_MEMBERSHIP,
          Codecs.PACKET_MEMBERSHIP,
          SET,
          null);

  /** Hear no more than without that membership. */
  public static final Option<PacketMembership> PACKET_DROP_MEMBERSHIP =
      row(
          "PACKET_DROP_MEMBERSHIP",
          "packet",
          "drop_membership",
          Constants.SOL_PACKET,
          Constants.PACKET_DROP_MEMBERSHIP,
          Codecs.PACKET_MEMBERSHIP,
          SET,
          null);

  /** Share memory with the kernel to receive into; after PACKET_VERSION. */
  public static final Option<RingRequest> PACKET_RX_RING =
      row(
          "PACKET_RX_RING",
          "packet",
          "rx_ring",
          Constants.SOL_PACKET,
          Constants.PACKET_RX_RING,
          Codecs.RING_REQUEST,
          SET,
          null);

  /** Share memory with the kernel to send from; after PACKET_VERSION. */
  public static final Option<RingRequest> PACKET_TX_RING =
      row(
          "PACKET_TX_RING",
          "packet",
          "tx_ring",
          Constants.SOL_PACKET,
          Constants.PACKET_TX_RING,
          Codecs.RING_REQUEST,
          SET,
          null);

  /** What was received and dropped since this was asked last. */
  public static final Option<PacketStatistics> PACKET_STATISTICS =
      row(
          "PACKET_STATISTICS",
          "packet",
          "statistics",
          Constants.SOL_PACKET,
          Constants.PACKET_STATISTICS,
          Codecs.PACKET_STATISTICS,
          GET,
          null);

  /**
   * Tell of each packet its length, VLAN tag and checksum's state: {@link Control#wireLength} and
   * others. Default off.
   */
  public static final Option<Boolean> PACKET_AUXDATA =
      row(
          "PACKET_AUXDATA",
          "packet",
          "auxdata",
          Constants.SOL_PACKET,
          Constants.PACKET_AUXDATA,
          Codecs.FLAG,
          BOTH,
          null);

  /** Tell the interface that a packet came by, not the bond that it belongs to. Default off. */
  public static final Option<Boolean> PACKET_ORIGDEV =
      row(
          "PACKET_ORIGDEV",
          "packet",
          "origdev",
          Constants.SOL_PACKET,
          Constants.PACKET_ORIGDEV,
          Codecs.FLAG,
          BOTH,
          null);

  /** The version of the headers in rings, 0..2 for TPACKET_V1..3. Default 0. */
  public static final Option<Integer> PACKET_VERSION =
      row(
          "PACKET_VERSION",
          "packet",
          "version",
          Constants.SOL_PACKET,
          Constants.PACKET_VERSION,
          Codecs.INT,
          BOTH,
          null);

  /** Bytes to leave before each packet in a ring. Default 0. */
  public static final Option<Integer> PACKET_RESERVE =
      row(
          "PACKET_RESERVE",
          "packet",
          "reserve",
          Constants.SOL_PACKET,
          Constants.PACKET_RESERVE,
          Codecs.INT,
          BOTH,
          null);

  /** Sending ring: pass over malformed packets instead of stopping. Default off. */
  public static final Option<Boolean> PACKET_LOSS =
      row(
          "PACKET_LOSS",
          "packet",
          "loss",
          Constants.SOL_PACKET,
          Constants.PACKET_LOSS,
          Codecs.FLAG,
          BOTH,
          null);

  /**
   * Timestamps of rings, SOF_TIMESTAMPING_RAW_HARDWARE (64) for the device's. Default 0, the
   * kernel's.
   */
  public static final Option<Integer> PACKET_TIMESTAMP =
      row(
          "PACKET_TIMESTAMP",
          "packet",
          "timestamp",
          Constants.SOL_PACKET,
          Constants.PACKET_TIMESTAMP,
          Codecs.INT,
          BOTH,
          null);

  /** Share what arrives with the other sockets of a group; after bind. */
  public static final Option<Fanout> PACKET_FANOUT =
      row(
          "PACKET_FANOUT",
          "packet",
          "fanout",
          Constants.SOL_PACKET,
          Constants.PACKET_FANOUT,
          Codecs.FANOUT,
          BOTH,
          null);

  /** Send past the queueing discipline. Default off. */
  public static final Option<Boolean> PACKET_QDISC_BYPASS =
      row(
          "PACKET_QDISC_BYPASS",
          "packet",
          "qdisc_bypass",
          Constants.SOL_PACKET,
          Constants.PACKET_QDISC_BYPASS,
          Codecs.FLAG,
          BOTH,
          null);

  /** Do not receive what this machine sends. Default off. */
  public static final Option<Boolean> PACKET_IGNORE_OUTGOING =
      row(
          "PACKET_IGNORE_OUTGOING",
          "packet",
          "ignore_outgoing",
          Constants.SOL_PACKET,
          Constants.PACKET_IGNORE_OUTGOING,
          Codecs.FLAG,
          BOTH,
          null);

  private static final List<Option<?>> ALL =
      List.of(
          SO_KEEPALIVE,
          SO_REUSEADDR,
          SO_REUSEPORT,
          SO_SNDBUF,
          SO_RCVBUF,
          SO_SNDBUFFORCE,
          SO_RCVBUFFORCE,
          SO_PRIORITY,
          SO_BROADCAST,
          SO_LINGER,
          SO_SNDTIMEO,
          SO_RCVTIMEO,
          SO_DONTROUTE,
          SO_BINDTODEVICE,
          SO_ERROR,
          SO_OOBINLINE,
          SO_MARK,
          SO_PEERCRED,
          SO_PASSCRED,
          SO_TIMESTAMP,
          SO_TIMESTAMPNS,
          SO_TIMESTAMPING,
          SO_RXQ_OVFL,
          SO_RCVMARK,
          SO_TXTIME,
          SO_ZEROCOPY,
          SO_PEERPIDFD,
          SO_INCOMING_CPU,
          SO_INCOMING_NAPI_ID,
          SO_BUSY_POLL,
          SO_DOMAIN,
          SO_TYPE,
          SO_PROTOCOL,
          SO_ACCEPTCONN,
          SO_COOKIE,
          SO_RCVLOWAT,
          SO_MAX_PACING_RATE,
          SO_BINDTOIFINDEX,
          SO_ATTACH_FILTER,
          SO_DETACH_FILTER,
          SO_LOCK_FILTER,
          TCP_CORK,
          TCP_NODELAY,
          TCP_MAXSEG,
          TCP_KEEPIDLE,
          TCP_KEEPINTVL,
          TCP_KEEPCNT,
          TCP_SYNCNT,
          TCP_LINGER2,
          TCP_DEFER_ACCEPT,
          TCP_WINDOW_CLAMP,
          TCP_QUICKACK,
          TCP_CONGESTION,
          TCP_USER_TIMEOUT,
          TCP_FASTOPEN,
          TCP_FASTOPEN_CONNECT,
          TCP_NOTSENT_LOWAT,
          TCP_INFO,
          UDP_SEGMENT,
          UDP_GRO,
          MPTCP_INFO,
          IP_TOS,
          IP_TTL,
          IP_MTU,
          IP_MTU_DISCOVER,
          IP_HDRINCL,
          IP_FREEBIND,
          IP_TRANSPARENT,
          IP_BIND_ADDRESS_NO_PORT,
          IP_RECVTTL,
          IP_RECVTOS,
          IP_PKTINFO,
          IP_RECVORIGDSTADDR,
          IP_RECVERR,
          IP_MULTICAST_TTL,
          IP_MULTICAST_LOOP,
          IP_MULTICAST_IF,
          IP_MULTICAST_ALL,
          IP_ADD_MEMBERSHIP,
          IP_DROP_MEMBERSHIP,
          IP_ADD_SOURCE_MEMBERSHIP,
          IP_DROP_SOURCE_MEMBERSHIP,
          IP_BLOCK_SOURCE,
          IP_UNBLOCK_SOURCE,
          IPV6_MTU,
          IPV6_V6ONLY,
          IPV6_TCLASS,
          IPV6_UNICAST_HOPS,
          IPV6_MTU_DISCOVER,
          IPV6_MULTICAST_HOPS,
          IPV6_MULTICAST_LOOP,
          IPV6_MULTICAST_IF,
          IPV6_MULTICAST_ALL,
          IPV6_ADD_MEMBERSHIP,
          IPV6_DROP_MEMBERSHIP,
          IPV6_FREEBIND,
          IPV6_TRANSPARENT,
          IPV6_RECVHOPLIMIT,
          IPV6_RECVTCLASS,
          IPV6_RECVPKTINFO,
          IPV6_RECVORIGDSTADDR,
          IPV6_RECVERR,
          MCAST_JOIN_SOURCE_GROUP,
          MCAST_LEAVE_SOURCE_GROUP,
          MCAST_BLOCK_SOURCE,
          MCAST_UNBLOCK_SOURCE,
          IPV6_HDRINCL,
          IPV6_CHECKSUM,
          ICMP_FILTER,
          ICMPV6_FILTER,
          PACKET_ADD_MEMBERSHIP,
          PACKET_DROP_MEMBERSHIP,
          PACKET_RX_RING,
          PACKET_TX_RING,
          PACKET_STATISTICS,
          PACKET_AUXDATA,
          PACKET_ORIGDEV,
          PACKET_VERSION,
          PACKET_RESERVE,
          PACKET_LOSS,
          PACKET_TIMESTAMP,
          PACKET_FANOUT,
          PACKET_QDISC_BYPASS,
          PACKET_IGNORE_OUTGOING);

  /** Made only when a name is looked up. */
  private static final class Index {
    static final ImmutableTable<String, String, Option<?>> BY_NIXIO_NAME =
        ALL.stream()
            .collect(ImmutableTable.toImmutableTable(Option::level, Option::nixioName, o -> o));

    static final ImmutableMap<String, Option<?>> BY_NAME =
        ALL.stream().collect(ImmutableMap.toImmutableMap(Option::name, o -> o));
  }

  private final String name;
  private final String level;
  private final String nixioName;
  private final int levelNumber;
  private final int number;
  private final Codec<T> codec;
  private final Access access;
  private final String right;

  private Option(
      String name,
      String level,
      String nixioName,
      int levelNumber,
      int number,
      Codec<T> codec,
      Access access,
      String right) {
    this.name = name;
    this.level = level;
    this.nixioName = nixioName;
    this.levelNumber = levelNumber;
    this.number = number;
    this.codec = codec;
    this.access = access;
    this.right = right;
  }

  private static <T> Option<T> row(
      String name,
      String level,
      String nixioName,
      int levelNumber,
      int number,
      Codec<T> codec,
      Access access,
      String right) {
    return new Option<>(name, level, nixioName, levelNumber, number, codec, access, right);
  }

  /**
   * An option that has no row here.
   *
   * @param level the kernel's number of the level, such as 6 for TCP
   * @param name the kernel's number of the option
   * @param codec how its value stands in memory
   */
  public static <T> Option<T> of(int level, int name, Codec<T> codec) {
    String shown = String.format(Locale.ROOT, "option %d of level %d", name, level);
    return new Option<>(
        shown,
        Integer.toString(level),
        shown,
        level,
        name,
        Objects.requireNonNull(codec),
        BOTH,
        null);
  }

  /**
   * The option of nixio's two names, such as {@code "tcp"} and {@code "nodelay"}.
   *
   * @throws IllegalArgumentException for others; the message lists those that are
   */
  public static Option<?> of(String level, String option) {
    return Names.find(
        "option of level " + level,
        Names.find("level", Index.BY_NIXIO_NAME.rowMap(), level),
        option);
  }

  /** All rows, in the order of the levels. */
  public static List<Option<?>> all() {
    return ALL;
  }

  /** The option of a C name, or null. */
  static Option<?> named(String name) {
    return Index.BY_NAME.get(name);
  }

  /** The C name, such as SO_RCVBUF. */
  @Override
  public String name() {
    return name;
  }

  /** The type of the values. */
  @Override
  public Class<T> type() {
    return codec.type();
  }

  /**
   * The level's name in nixio: socket, tcp, ip or ipv6; or, in its manner, udp, mptcp, raw, icmpv6
   * or packet.
   */
  public String level() {
    return level;
  }

  /** The option's name in nixio. */
  public String nixioName() {
    return nixioName;
  }

  /** The kernel's number of the level. */
  public int levelNumber() {
    return levelNumber;
  }

  /** The kernel's number of the option. */
  public int number() {
    return number;
  }

  /** How the value stands in memory. */
  public Codec<T> codec() {
    return codec;
  }

  /** What can be done with it. */
  public Access access() {
    return access;
  }

  /** The capability that it may need, capabilities(7), or null. */
  public String right() {
    return right;
  }

  void demand(Access wanted) {
    if (access != BOTH && access != wanted) {
      throw new IllegalArgumentException(
          name + (access == GET ? " can be read, but not set" : " can be set, but not read"));
    }
  }

  /** The value of what nixio's setopt takes. */
  T parse(Object... values) {
    try {
      return codec.parse(values);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
    }
  }

  /** {@link #name()}. */
  @Override
  public String toString() {
    return name;
  }
}
