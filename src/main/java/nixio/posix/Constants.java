package nixio.posix;

import nixio.posix.gen.linux.linux_h;

/** The numbers of this system, under the names that its man pages use. */
@SuppressWarnings("doclint:missing")
public final class Constants {
  private Constants() {}

  // Address families.
  public static final int AF_UNSPEC = linux_h.AF_UNSPEC();
  public static final int AF_UNIX = linux_h.AF_UNIX();
  public static final int AF_INET = linux_h.AF_INET();
  public static final int AF_INET6 = linux_h.AF_INET6();
  public static final int AF_PACKET = linux_h.AF_PACKET();
  public static final int AF_NETLINK = linux_h.AF_NETLINK();
  public static final int AF_VSOCK = linux_h.AF_VSOCK();

  // Socket types.
  public static final int SOCK_STREAM = linux_h.SOCK_STREAM();
  public static final int SOCK_DGRAM = linux_h.SOCK_DGRAM();
  public static final int SOCK_RAW = linux_h.SOCK_RAW();
  public static final int SOCK_SEQPACKET = linux_h.SOCK_SEQPACKET();
  public static final int SOCK_RDM = linux_h.SOCK_RDM();
  public static final int SOCK_CLOEXEC = linux_h.SOCK_CLOEXEC();
  public static final int SOCK_NONBLOCK = linux_h.SOCK_NONBLOCK();

  // Protocols.
  public static final int IPPROTO_IP = linux_h.IPPROTO_IP();
  public static final int IPPROTO_ICMP = linux_h.IPPROTO_ICMP();
  public static final int IPPROTO_IGMP = linux_h.IPPROTO_IGMP();
  public static final int IPPROTO_TCP = linux_h.IPPROTO_TCP();
  public static final int IPPROTO_UDP = linux_h.IPPROTO_UDP();
  public static final int IPPROTO_IPV6 = linux_h.IPPROTO_IPV6();
  public static final int IPPROTO_ICMPV6 = linux_h.IPPROTO_ICMPV6();
  public static final int IPPROTO_SCTP = linux_h.IPPROTO_SCTP();
  public static final int IPPROTO_UDPLITE = linux_h.IPPROTO_UDPLITE();
  public static final int IPPROTO_RAW = linux_h.IPPROTO_RAW();
  public static final int IPPROTO_MPTCP = linux_h.IPPROTO_MPTCP();

  // Option levels.
  public static final int SOL_SOCKET = linux_h.SOL_SOCKET();
  public static final int SOL_UDP = linux_h.SOL_UDP();

  // udp(7).
  public static final int UDP_SEGMENT = linux_h.UDP_SEGMENT();
  public static final int UDP_GRO = linux_h.UDP_GRO();

  // Flags of send(2) and recv(2).
  public static final int MSG_OOB = linux_h.MSG_OOB();
  public static final int MSG_PEEK = linux_h.MSG_PEEK();
  public static final int MSG_DONTROUTE = linux_h.MSG_DONTROUTE();
  public static final int MSG_TRUNC = linux_h.MSG_TRUNC();
  public static final int MSG_CTRUNC = linux_h.MSG_CTRUNC();
  public static final int MSG_DONTWAIT = linux_h.MSG_DONTWAIT();
  public static final int MSG_EOR = linux_h.MSG_EOR();
  public static final int MSG_WAITALL = linux_h.MSG_WAITALL();
  public static final int MSG_CONFIRM = linux_h.MSG_CONFIRM();
  public static final int MSG_ERRQUEUE = linux_h.MSG_ERRQUEUE();
  public static final int MSG_NOSIGNAL = linux_h.MSG_NOSIGNAL();
  public static final int MSG_MORE = linux_h.MSG_MORE();
  public static final int MSG_FASTOPEN = linux_h.MSG_FASTOPEN();
  public static final int MSG_WAITFORONE = linux_h.MSG_WAITFORONE();
  public static final int MSG_ZEROCOPY = linux_h.MSG_ZEROCOPY();
  public static final int MSG_CMSG_CLOEXEC = linux_h.MSG_CMSG_CLOEXEC();

  // shutdown(2), listen(2).
  public static final int SHUT_RD = linux_h.SHUT_RD();
  public static final int SHUT_WR = linux_h.SHUT_WR();
  public static final int SHUT_RDWR = linux_h.SHUT_RDWR();
  public static final int SOMAXCONN = linux_h.SOMAXCONN();

  // fcntl(2).
  public static final int F_GETFL = linux_h.F_GETFL();
  public static final int F_SETFL = linux_h.F_SETFL();
  public static final int F_GETPIPE_SZ = linux_h.F_GETPIPE_SZ();
  public static final int F_SETPIPE_SZ = linux_h.F_SETPIPE_SZ();
  public static final int F_DUPFD_CLOEXEC = linux_h.F_DUPFD_CLOEXEC();
  public static final int O_NONBLOCK = linux_h.O_NONBLOCK();
  public static final int O_CLOEXEC = linux_h.O_CLOEXEC();

  // poll(2).
  public static final int POLLIN = linux_h.POLLIN();
  public static final int POLLPRI = linux_h.POLLPRI();
  public static final int POLLOUT = linux_h.POLLOUT();
  public static final int POLLERR = linux_h.POLLERR();
  public static final int POLLHUP = linux_h.POLLHUP();
  public static final int POLLNVAL = linux_h.POLLNVAL();
  public static final int POLLRDHUP = linux_h.POLLRDHUP();

  // epoll(7).
  public static final int EPOLL_CLOEXEC = linux_h.EPOLL_CLOEXEC();
  public static final int EPOLL_CTL_ADD = linux_h.EPOLL_CTL_ADD();
  public static final int EPOLL_CTL_MOD = linux_h.EPOLL_CTL_MOD();
  public static final int EPOLL_CTL_DEL = linux_h.EPOLL_CTL_DEL();
  public static final int EPOLLIN = linux_h.EPOLLIN();
  public static final int EPOLLPRI = linux_h.EPOLLPRI();
  public static final int EPOLLOUT = linux_h.EPOLLOUT();
  public static final int EPOLLERR = linux_h.EPOLLERR();
  public static final int EPOLLHUP = linux_h.EPOLLHUP();
  public static final int EPOLLRDHUP = linux_h.EPOLLRDHUP();
  public static final int EPOLLET = linux_h.EPOLLET();
  public static final int EPOLLONESHOT = linux_h.EPOLLONESHOT();

  // getaddrinfo(3), getnameinfo(3).
  public static final int AI_PASSIVE = linux_h.AI_PASSIVE();
  public static final int AI_NUMERICHOST = linux_h.AI_NUMERICHOST();
  public static final int AI_NUMERICSERV = linux_h.AI_NUMERICSERV();
  public static final int NI_MAXHOST = linux_h.NI_MAXHOST();
  public static final int NI_NAMEREQD = linux_h.NI_NAMEREQD();
  public static final int NI_NUMERICHOST = linux_h.NI_NUMERICHOST();
  public static final int IF_NAMESIZE = linux_h.IF_NAMESIZE();

  // Codes of getaddrinfo(3).
  public static final int EAI_ADDRFAMILY = linux_h.EAI_ADDRFAMILY();
  public static final int EAI_AGAIN = linux_h.EAI_AGAIN();
  public static final int EAI_BADFLAGS = linux_h.EAI_BADFLAGS();
  public static final int EAI_FAIL = linux_h.EAI_FAIL();
  public static final int EAI_FAMILY = linux_h.EAI_FAMILY();
  public static final int EAI_MEMORY = linux_h.EAI_MEMORY();
  public static final int EAI_NODATA = linux_h.EAI_NODATA();
  public static final int EAI_NONAME = linux_h.EAI_NONAME();
  public static final int EAI_OVERFLOW = linux_h.EAI_OVERFLOW();
  public static final int EAI_SERVICE = linux_h.EAI_SERVICE();
  public static final int EAI_SOCKTYPE = linux_h.EAI_SOCKTYPE();
  public static final int EAI_SYSTEM = linux_h.EAI_SYSTEM();

  // Flags of interfaces, netdevice(7).
  public static final int IFF_UP = linux_h.IFF_UP();
  public static final int IFF_BROADCAST = linux_h.IFF_BROADCAST();
  public static final int IFF_LOOPBACK = linux_h.IFF_LOOPBACK();
  public static final int IFF_POINTOPOINT = linux_h.IFF_POINTOPOINT();
  public static final int IFF_RUNNING = linux_h.IFF_RUNNING();
  public static final int IFF_NOARP = linux_h.IFF_NOARP();
  public static final int IFF_PROMISC = linux_h.IFF_PROMISC();
  public static final int IFF_ALLMULTI = linux_h.IFF_ALLMULTI();
  public static final int IFF_MULTICAST = linux_h.IFF_MULTICAST();

  // Options at SOL_SOCKET, socket(7).
  public static final int SO_DEBUG = linux_h.SO_DEBUG();
  public static final int SO_REUSEADDR = linux_h.SO_REUSEADDR();
  public static final int SO_TYPE = linux_h.SO_TYPE();
  public static final int SO_ERROR = linux_h.SO_ERROR();
  public static final int SO_DONTROUTE = linux_h.SO_DONTROUTE();
  public static final int SO_BROADCAST = linux_h.SO_BROADCAST();
  public static final int SO_SNDBUF = linux_h.SO_SNDBUF();
  public static final int SO_RCVBUF = linux_h.SO_RCVBUF();
  public static final int SO_KEEPALIVE = linux_h.SO_KEEPALIVE();
  public static final int SO_OOBINLINE = linux_h.SO_OOBINLINE();
  public static final int SO_PRIORITY = linux_h.SO_PRIORITY();
  public static final int SO_LINGER = linux_h.SO_LINGER();
  public static final int SO_REUSEPORT = linux_h.SO_REUSEPORT();
  public static final int SO_PASSCRED = linux_h.SO_PASSCRED();
  public static final int SO_PEERCRED = linux_h.SO_PEERCRED();
  public static final int SO_RCVLOWAT = linux_h.SO_RCVLOWAT();
  public static final int SO_RCVTIMEO = linux_h.SO_RCVTIMEO();
  public static final int SO_SNDTIMEO = linux_h.SO_SNDTIMEO();
  public static final int SO_RCVTIMEO_NEW = linux_h.SO_RCVTIMEO_NEW();
  public static final int SO_SNDTIMEO_NEW = linux_h.SO_SNDTIMEO_NEW();
  public static final int SO_BINDTODEVICE = linux_h.SO_BINDTODEVICE();
  public static final int SO_ACCEPTCONN = linux_h.SO_ACCEPTCONN();
  public static final int SO_SNDBUFFORCE = linux_h.SO_SNDBUFFORCE();
  public static final int SO_RCVBUFFORCE = linux_h.SO_RCVBUFFORCE();
  public static final int SO_PROTOCOL = linux_h.SO_PROTOCOL();
  public static final int SO_DOMAIN = linux_h.SO_DOMAIN();
  public static final int SO_MARK = linux_h.SO_MARK();
  public static final int SO_BUSY_POLL = linux_h.SO_BUSY_POLL();
  public static final int SO_INCOMING_CPU = linux_h.SO_INCOMING_CPU();
  public static final int SO_INCOMING_NAPI_ID = linux_h.SO_INCOMING_NAPI_ID();
  public static final int SO_COOKIE = linux_h.SO_COOKIE();
  public static final int SO_BINDTOIFINDEX = linux_h.SO_BINDTOIFINDEX();
  public static final int SO_MAX_PACING_RATE = linux_h.SO_MAX_PACING_RATE();
  public static final int SO_PREFER_BUSY_POLL = linux_h.SO_PREFER_BUSY_POLL();
  public static final int SO_BUSY_POLL_BUDGET = linux_h.SO_BUSY_POLL_BUDGET();
  public static final int SO_PEEK_OFF = linux_h.SO_PEEK_OFF();
  public static final int SO_NO_CHECK = linux_h.SO_NO_CHECK();

  // Options at IPPROTO_TCP, tcp(7).
  public static final int TCP_NODELAY = linux_h.TCP_NODELAY();
  public static final int TCP_CORK = linux_h.TCP_CORK();
  public static final int TCP_MAXSEG = linux_h.TCP_MAXSEG();
  public static final int TCP_KEEPIDLE = linux_h.TCP_KEEPIDLE();
  public static final int TCP_KEEPINTVL = linux_h.TCP_KEEPINTVL();
  public static final int TCP_KEEPCNT = linux_h.TCP_KEEPCNT();
  public static final int TCP_SYNCNT = linux_h.TCP_SYNCNT();
  public static final int TCP_LINGER2 = linux_h.TCP_LINGER2();
  public static final int TCP_DEFER_ACCEPT = linux_h.TCP_DEFER_ACCEPT();
  public static final int TCP_WINDOW_CLAMP = linux_h.TCP_WINDOW_CLAMP();
  public static final int TCP_QUICKACK = linux_h.TCP_QUICKACK();
  public static final int TCP_CONGESTION = linux_h.TCP_CONGESTION();
  public static final int TCP_ULP = linux_h.TCP_ULP();
  public static final int TCP_USER_TIMEOUT = linux_h.TCP_USER_TIMEOUT();
  public static final int TCP_FASTOPEN = linux_h.TCP_FASTOPEN();
  public static final int TCP_FASTOPEN_CONNECT = linux_h.TCP_FASTOPEN_CONNECT();
  public static final int TCP_NOTSENT_LOWAT = linux_h.TCP_NOTSENT_LOWAT();
  public static final int TCP_THIN_LINEAR_TIMEOUTS = linux_h.TCP_THIN_LINEAR_TIMEOUTS();

  // Options at IPPROTO_IP, ip(7).
  public static final int IP_TOS = linux_h.IP_TOS();
  public static final int IP_TTL = linux_h.IP_TTL();
  public static final int IP_HDRINCL = linux_h.IP_HDRINCL();
  public static final int IP_MTU_DISCOVER = linux_h.IP_MTU_DISCOVER();
  public static final int IP_RECVERR = linux_h.IP_RECVERR();
  public static final int IP_MTU = linux_h.IP_MTU();
  public static final int IP_FREEBIND = linux_h.IP_FREEBIND();
  public static final int IP_TRANSPARENT = linux_h.IP_TRANSPARENT();
  public static final int IP_BIND_ADDRESS_NO_PORT = linux_h.IP_BIND_ADDRESS_NO_PORT();
  public static final int IP_MULTICAST_IF = linux_h.IP_MULTICAST_IF();
  public static final int IP_MULTICAST_TTL = linux_h.IP_MULTICAST_TTL();
  public static final int IP_MULTICAST_LOOP = linux_h.IP_MULTICAST_LOOP();
  public static final int IP_ADD_MEMBERSHIP = linux_h.IP_ADD_MEMBERSHIP();
  public static final int IP_DROP_MEMBERSHIP = linux_h.IP_DROP_MEMBERSHIP();
  public static final int IP_UNBLOCK_SOURCE = linux_h.IP_UNBLOCK_SOURCE();
  public static final int IP_BLOCK_SOURCE = linux_h.IP_BLOCK_SOURCE();
  public static final int IP_ADD_SOURCE_MEMBERSHIP = linux_h.IP_ADD_SOURCE_MEMBERSHIP();
  public static final int IP_DROP_SOURCE_MEMBERSHIP = linux_h.IP_DROP_SOURCE_MEMBERSHIP();
  public static final int IP_MULTICAST_ALL = linux_h.IP_MULTICAST_ALL();
  public static final int IP_PMTUDISC_DONT = linux_h.IP_PMTUDISC_DONT();
  public static final int IP_PMTUDISC_WANT = linux_h.IP_PMTUDISC_WANT();
  public static final int IP_PMTUDISC_DO = linux_h.IP_PMTUDISC_DO();
  public static final int IP_PMTUDISC_PROBE = linux_h.IP_PMTUDISC_PROBE();
  public static final int IP_MINTTL = linux_h.IP_MINTTL();

  // Source-specific multicast, RFC 3678.
  public static final int MCAST_JOIN_SOURCE_GROUP = linux_h.MCAST_JOIN_SOURCE_GROUP();
  public static final int MCAST_LEAVE_SOURCE_GROUP = linux_h.MCAST_LEAVE_SOURCE_GROUP();
  public static final int MCAST_BLOCK_SOURCE = linux_h.MCAST_BLOCK_SOURCE();
  public static final int MCAST_UNBLOCK_SOURCE = linux_h.MCAST_UNBLOCK_SOURCE();

  // Options at IPPROTO_IPV6, ipv6(7).
  public static final int IPV6_UNICAST_HOPS = linux_h.IPV6_UNICAST_HOPS();
  public static final int IPV6_MULTICAST_IF = linux_h.IPV6_MULTICAST_IF();
  public static final int IPV6_MULTICAST_HOPS = linux_h.IPV6_MULTICAST_HOPS();
  public static final int IPV6_MULTICAST_LOOP = linux_h.IPV6_MULTICAST_LOOP();
  public static final int IPV6_ADD_MEMBERSHIP = linux_h.IPV6_ADD_MEMBERSHIP();
  public static final int IPV6_DROP_MEMBERSHIP = linux_h.IPV6_DROP_MEMBERSHIP();
  public static final int IPV6_MTU_DISCOVER = linux_h.IPV6_MTU_DISCOVER();
  public static final int IPV6_MTU = linux_h.IPV6_MTU();
  public static final int IPV6_V6ONLY = linux_h.IPV6_V6ONLY();
  public static final int IPV6_MULTICAST_ALL = linux_h.IPV6_MULTICAST_ALL();
  public static final int IPV6_TCLASS = linux_h.IPV6_TCLASS();
  public static final int IPV6_DONTFRAG = linux_h.IPV6_DONTFRAG();
  public static final int IPV6_FREEBIND = linux_h.IPV6_FREEBIND();
  public static final int IPV6_TRANSPARENT = linux_h.IPV6_TRANSPARENT();
  public static final int IPV6_RECVERR = linux_h.IPV6_RECVERR();

  // Options at SOL_PACKET, packet(7).
  public static final int SOL_PACKET = linux_h.SOL_PACKET();
  public static final int PACKET_ADD_MEMBERSHIP = linux_h.PACKET_ADD_MEMBERSHIP();
  public static final int PACKET_DROP_MEMBERSHIP = linux_h.PACKET_DROP_MEMBERSHIP();
  public static final int PACKET_RX_RING = linux_h.PACKET_RX_RING();
  public static final int PACKET_STATISTICS = linux_h.PACKET_STATISTICS();
  public static final int PACKET_AUXDATA = linux_h.PACKET_AUXDATA();
  public static final int PACKET_ORIGDEV = linux_h.PACKET_ORIGDEV();
  public static final int PACKET_VERSION = linux_h.PACKET_VERSION();
  public static final int PACKET_RESERVE = linux_h.PACKET_RESERVE();
  public static final int PACKET_TX_RING = linux_h.PACKET_TX_RING();
  public static final int PACKET_LOSS = linux_h.PACKET_LOSS();
  public static final int PACKET_TIMESTAMP = linux_h.PACKET_TIMESTAMP();
  public static final int PACKET_FANOUT = linux_h.PACKET_FANOUT();
  public static final int PACKET_QDISC_BYPASS = linux_h.PACKET_QDISC_BYPASS();
  public static final int PACKET_IGNORE_OUTGOING = linux_h.PACKET_IGNORE_OUTGOING();

  // Memberships and fanouts of packet sockets.
  public static final int PACKET_MR_MULTICAST = linux_h.PACKET_MR_MULTICAST();
  public static final int PACKET_MR_PROMISC = linux_h.PACKET_MR_PROMISC();
  public static final int PACKET_MR_ALLMULTI = linux_h.PACKET_MR_ALLMULTI();
  public static final int PACKET_MR_UNICAST = linux_h.PACKET_MR_UNICAST();
  public static final int PACKET_FANOUT_HASH = linux_h.PACKET_FANOUT_HASH();
  public static final int PACKET_FANOUT_LB = linux_h.PACKET_FANOUT_LB();
  public static final int PACKET_FANOUT_CPU = linux_h.PACKET_FANOUT_CPU();
  public static final int PACKET_FANOUT_ROLLOVER = linux_h.PACKET_FANOUT_ROLLOVER();
  public static final int PACKET_FANOUT_RND = linux_h.PACKET_FANOUT_RND();
  public static final int PACKET_FANOUT_QM = linux_h.PACKET_FANOUT_QM();
  public static final int PACKET_FANOUT_FLAG_ROLLOVER = linux_h.PACKET_FANOUT_FLAG_ROLLOVER();
  public static final int PACKET_FANOUT_FLAG_UNIQUEID = linux_h.PACKET_FANOUT_FLAG_UNIQUEID();
  public static final int PACKET_FANOUT_FLAG_DEFRAG = linux_h.PACKET_FANOUT_FLAG_DEFRAG();

  // Kinds of packets, and Ethernet's protocols.
  public static final int PACKET_HOST = linux_h.PACKET_HOST();
  public static final int PACKET_BROADCAST = linux_h.PACKET_BROADCAST();
  public static final int PACKET_MULTICAST = linux_h.PACKET_MULTICAST();
  public static final int PACKET_OTHERHOST = linux_h.PACKET_OTHERHOST();
  public static final int PACKET_OUTGOING = linux_h.PACKET_OUTGOING();
  public static final int ETH_P_ALL = linux_h.ETH_P_ALL();
  public static final int ETH_P_IP = linux_h.ETH_P_IP();
  public static final int ETH_P_ARP = linux_h.ETH_P_ARP();
  public static final int ETH_P_8021Q = linux_h.ETH_P_8021Q();
  public static final int ETH_P_IPV6 = linux_h.ETH_P_IPV6();

  // Kinds of hardware.
  public static final int ARPHRD_ETHER = linux_h.ARPHRD_ETHER();
  public static final int ARPHRD_LOOPBACK = linux_h.ARPHRD_LOOPBACK();
  public static final int ARPHRD_NONE = linux_h.ARPHRD_NONE();
  public static final int ARPHRD_PPP = linux_h.ARPHRD_PPP();

  // Packet rings.
  public static final int TPACKET_V1 = linux_h.TPACKET_V1();
  public static final int TPACKET_V2 = linux_h.TPACKET_V2();
  public static final int TPACKET_V3 = linux_h.TPACKET_V3();
  public static final int TPACKET_ALIGNMENT = linux_h.TPACKET_ALIGNMENT();
  public static final int TP_FT_REQ_FILL_RXHASH = linux_h.TP_FT_REQ_FILL_RXHASH();
  public static final int TP_STATUS_KERNEL = linux_h.TP_STATUS_KERNEL();
  public static final int TP_STATUS_USER = linux_h.TP_STATUS_USER();
  public static final int TP_STATUS_LOSING = linux_h.TP_STATUS_LOSING();
  public static final int TP_STATUS_CSUMNOTREADY = linux_h.TP_STATUS_CSUMNOTREADY();
  public static final int TP_STATUS_VLAN_VALID = linux_h.TP_STATUS_VLAN_VALID();
  public static final int TP_STATUS_VLAN_TPID_VALID = linux_h.TP_STATUS_VLAN_TPID_VALID();
  public static final int TP_STATUS_CSUM_VALID = linux_h.TP_STATUS_CSUM_VALID();
  public static final int TP_STATUS_AVAILABLE = linux_h.TP_STATUS_AVAILABLE();
  public static final int TP_STATUS_SEND_REQUEST = linux_h.TP_STATUS_SEND_REQUEST();
  public static final int TP_STATUS_SENDING = linux_h.TP_STATUS_SENDING();
  public static final int TP_STATUS_WRONG_FORMAT = linux_h.TP_STATUS_WRONG_FORMAT();
  public static final int TP_STATUS_TS_SOFTWARE = linux_h.TP_STATUS_TS_SOFTWARE();
  public static final int TP_STATUS_TS_RAW_HARDWARE = linux_h.TP_STATUS_TS_RAW_HARDWARE();

  // Filters, and raw sockets.
  public static final int SO_ATTACH_FILTER = linux_h.SO_ATTACH_FILTER();
  public static final int SO_DETACH_FILTER = linux_h.SO_DETACH_FILTER();
  public static final int SO_LOCK_FILTER = linux_h.SO_LOCK_FILTER();
  public static final int BPF_MAXINSNS = linux_h.BPF_MAXINSNS();
  public static final int SOL_RAW = linux_h.SOL_RAW();
  public static final int SOL_ICMPV6 = linux_h.SOL_ICMPV6();
  public static final int ICMP_FILTER = linux_h.ICMP_FILTER();
  public static final int ICMPV6_FILTER = linux_h.ICMPV6_FILTER();
  public static final int IPV6_CHECKSUM = linux_h.IPV6_CHECKSUM();
  public static final int IPV6_HDRINCL = linux_h.IPV6_HDRINCL();

  // ICMP and ICMPv6.
  public static final int ICMP_ECHO = linux_h.ICMP_ECHO();
  public static final int ICMP_ECHOREPLY = linux_h.ICMP_ECHOREPLY();
  public static final int ICMP_DEST_UNREACH = linux_h.ICMP_DEST_UNREACH();
  public static final int ICMP_TIME_EXCEEDED = linux_h.ICMP_TIME_EXCEEDED();
  public static final int ICMPV6_ECHO_REQUEST = linux_h.ICMPV6_ECHO_REQUEST();
  public static final int ICMPV6_ECHO_REPLY = linux_h.ICMPV6_ECHO_REPLY();
  public static final int ICMPV6_DEST_UNREACH = linux_h.ICMPV6_DEST_UNREACH();
  public static final int ICMPV6_TIME_EXCEED = linux_h.ICMPV6_TIME_EXCEED();

  // netlink(7), rtnetlink(7).
  public static final int NETLINK_ROUTE = linux_h.NETLINK_ROUTE();
  public static final int NLMSG_DONE = linux_h.NLMSG_DONE();
  public static final int NLMSG_ERROR = linux_h.NLMSG_ERROR();
  public static final int NLM_F_REQUEST = linux_h.NLM_F_REQUEST();
  public static final int NLM_F_DUMP = linux_h.NLM_F_DUMP();
  public static final int NLM_F_DUMP_INTR = linux_h.NLM_F_DUMP_INTR();
  public static final int RTM_NEWLINK = linux_h.RTM_NEWLINK();
  public static final int RTM_DELLINK = linux_h.RTM_DELLINK();
  public static final int RTM_GETLINK = linux_h.RTM_GETLINK();
  public static final int RTM_NEWADDR = linux_h.RTM_NEWADDR();
  public static final int RTM_DELADDR = linux_h.RTM_DELADDR();
  public static final int RTM_GETADDR = linux_h.RTM_GETADDR();
  public static final int RTM_NEWROUTE = linux_h.RTM_NEWROUTE();
  public static final int RTM_DELROUTE = linux_h.RTM_DELROUTE();
  public static final int RTM_GETROUTE = linux_h.RTM_GETROUTE();
  public static final int RTMGRP_LINK = linux_h.RTMGRP_LINK();
  public static final int RTMGRP_IPV4_IFADDR = linux_h.RTMGRP_IPV4_IFADDR();
  public static final int RTMGRP_IPV6_IFADDR = linux_h.RTMGRP_IPV6_IFADDR();
  public static final int RTMGRP_IPV4_ROUTE = linux_h.RTMGRP_IPV4_ROUTE();
  public static final int RTMGRP_IPV6_ROUTE = linux_h.RTMGRP_IPV6_ROUTE();
  public static final int IFLA_ADDRESS = linux_h.IFLA_ADDRESS();
  public static final int IFLA_IFNAME = linux_h.IFLA_IFNAME();
  public static final int IFLA_MTU = linux_h.IFLA_MTU();
  public static final int IFLA_OPERSTATE = linux_h.IFLA_OPERSTATE();
  public static final int IFA_ADDRESS = linux_h.IFA_ADDRESS();
  public static final int IFA_LOCAL = linux_h.IFA_LOCAL();
  public static final int IFA_LABEL = linux_h.IFA_LABEL();
  public static final int IFA_FLAGS = linux_h.IFA_FLAGS();
  public static final int RTA_DST = linux_h.RTA_DST();
  public static final int RTA_OIF = linux_h.RTA_OIF();
  public static final int RTA_GATEWAY = linux_h.RTA_GATEWAY();
  public static final int RTA_PRIORITY = linux_h.RTA_PRIORITY();
  public static final int RTA_PREFSRC = linux_h.RTA_PREFSRC();
  public static final int RTA_TABLE = linux_h.RTA_TABLE();
  public static final int RTM_F_CLONED = linux_h.RTM_F_CLONED();
  public static final int RT_TABLE_MAIN = linux_h.RT_TABLE_MAIN();

  // vsock(7), mmap(2).
  public static final int VMADDR_CID_ANY = linux_h.VMADDR_CID_ANY();
  public static final int VMADDR_CID_HYPERVISOR = linux_h.VMADDR_CID_HYPERVISOR();
  public static final int VMADDR_CID_LOCAL = linux_h.VMADDR_CID_LOCAL();
  public static final int VMADDR_CID_HOST = linux_h.VMADDR_CID_HOST();
  public static final int VMADDR_PORT_ANY = linux_h.VMADDR_PORT_ANY();
  public static final int PROT_READ = linux_h.PROT_READ();
  public static final int PROT_WRITE = linux_h.PROT_WRITE();
  public static final int MAP_SHARED = linux_h.MAP_SHARED();
  public static final int MAP_PRIVATE = linux_h.MAP_PRIVATE();
  public static final int MAP_ANONYMOUS = linux_h.MAP_ANONYMOUS();

  // Control messages, cmsg(3).
  public static final int SCM_RIGHTS = linux_h.SCM_RIGHTS();
  public static final int SCM_CREDENTIALS = linux_h.SCM_CREDENTIALS();
  public static final int SCM_TIMESTAMP = linux_h.SCM_TIMESTAMP();
  public static final int SCM_TIMESTAMPNS = linux_h.SCM_TIMESTAMPNS();
  public static final int SCM_TIMESTAMPING = linux_h.SCM_TIMESTAMPING();
  public static final int SCM_TXTIME = linux_h.SCM_TXTIME();
  public static final int SO_TIMESTAMP = linux_h.SO_TIMESTAMP();
  public static final int SO_TIMESTAMPNS = linux_h.SO_TIMESTAMPNS();
  public static final int SO_TIMESTAMPING = linux_h.SO_TIMESTAMPING();
  public static final int SO_RXQ_OVFL = linux_h.SO_RXQ_OVFL();
  public static final int SO_RCVMARK = linux_h.SO_RCVMARK();
  public static final int SO_TXTIME = linux_h.SO_TXTIME();
  public static final int SO_ZEROCOPY = linux_h.SO_ZEROCOPY();
  public static final int SO_SELECT_ERR_QUEUE = linux_h.SO_SELECT_ERR_QUEUE();
  public static final int IP_PKTINFO = linux_h.IP_PKTINFO();
  public static final int IP_RECVTTL = linux_h.IP_RECVTTL();
  public static final int IP_RECVTOS = linux_h.IP_RECVTOS();
  public static final int IP_RECVORIGDSTADDR = linux_h.IP_RECVORIGDSTADDR();
  public static final int IP_ORIGDSTADDR = linux_h.IP_ORIGDSTADDR();
  public static final int IP_RECVERR_RFC4884 = linux_h.IP_RECVERR_RFC4884();
  public static final int IPV6_PKTINFO = linux_h.IPV6_PKTINFO();
  public static final int IPV6_RECVPKTINFO = linux_h.IPV6_RECVPKTINFO();
  public static final int IPV6_HOPLIMIT = linux_h.IPV6_HOPLIMIT();
  public static final int IPV6_RECVHOPLIMIT = linux_h.IPV6_RECVHOPLIMIT();
  public static final int IPV6_RECVTCLASS = linux_h.IPV6_RECVTCLASS();
  public static final int IPV6_RECVORIGDSTADDR = linux_h.IPV6_RECVORIGDSTADDR();
  public static final int IPV6_ORIGDSTADDR = linux_h.IPV6_ORIGDSTADDR();
  public static final int IPV6_RECVERR_RFC4884 = linux_h.IPV6_RECVERR_RFC4884();

  // Timestamps and times to send at, <linux/net_tstamp.h>.
  public static final int SOF_TIMESTAMPING_TX_HARDWARE = linux_h.SOF_TIMESTAMPING_TX_HARDWARE();
  public static final int SOF_TIMESTAMPING_TX_SOFTWARE = linux_h.SOF_TIMESTAMPING_TX_SOFTWARE();
  public static final int SOF_TIMESTAMPING_RX_HARDWARE = linux_h.SOF_TIMESTAMPING_RX_HARDWARE();
  public static final int SOF_TIMESTAMPING_RX_SOFTWARE = linux_h.SOF_TIMESTAMPING_RX_SOFTWARE();
  public static final int SOF_TIMESTAMPING_SOFTWARE = linux_h.SOF_TIMESTAMPING_SOFTWARE();
  public static final int SOF_TIMESTAMPING_RAW_HARDWARE = linux_h.SOF_TIMESTAMPING_RAW_HARDWARE();
  public static final int SOF_TIMESTAMPING_OPT_ID = linux_h.SOF_TIMESTAMPING_OPT_ID();
  public static final int SOF_TIMESTAMPING_TX_SCHED = linux_h.SOF_TIMESTAMPING_TX_SCHED();
  public static final int SOF_TIMESTAMPING_TX_ACK = linux_h.SOF_TIMESTAMPING_TX_ACK();
  public static final int SOF_TIMESTAMPING_OPT_CMSG = linux_h.SOF_TIMESTAMPING_OPT_CMSG();
  public static final int SOF_TIMESTAMPING_OPT_TSONLY = linux_h.SOF_TIMESTAMPING_OPT_TSONLY();
  public static final int SOF_TXTIME_DEADLINE_MODE = linux_h.SOF_TXTIME_DEADLINE_MODE();
  public static final int SOF_TXTIME_REPORT_ERRORS = linux_h.SOF_TXTIME_REPORT_ERRORS();
  public static final int CLOCK_MONOTONIC = linux_h.CLOCK_MONOTONIC();
  public static final int CLOCK_REALTIME = linux_h.CLOCK_REALTIME();
  public static final int CLOCK_TAI = linux_h.CLOCK_TAI();

  // The queue of errors, <linux/errqueue.h>.
  public static final int SO_EE_ORIGIN_NONE = linux_h.SO_EE_ORIGIN_NONE();
  public static final int SO_EE_ORIGIN_LOCAL = linux_h.SO_EE_ORIGIN_LOCAL();
  public static final int SO_EE_ORIGIN_ICMP = linux_h.SO_EE_ORIGIN_ICMP();
  public static final int SO_EE_ORIGIN_ICMP6 = linux_h.SO_EE_ORIGIN_ICMP6();
  public static final int SO_EE_ORIGIN_TXSTATUS = linux_h.SO_EE_ORIGIN_TXSTATUS();
  public static final int SO_EE_ORIGIN_ZEROCOPY = linux_h.SO_EE_ORIGIN_ZEROCOPY();
  public static final int SO_EE_ORIGIN_TXTIME = linux_h.SO_EE_ORIGIN_TXTIME();
  public static final int SO_EE_CODE_ZEROCOPY_COPIED = linux_h.SO_EE_CODE_ZEROCOPY_COPIED();
  public static final int SO_EE_CODE_TXTIME_MISSED = linux_h.SO_EE_CODE_TXTIME_MISSED();
  public static final int SCM_TSTAMP_SND = linux_h.SCM_TSTAMP_SND();
  public static final int SCM_TSTAMP_SCHED = linux_h.SCM_TSTAMP_SCHED();
  public static final int SCM_TSTAMP_ACK = linux_h.SCM_TSTAMP_ACK();

  // The state of a connection, tcp(7), <linux/mptcp.h>.
  public static final int TCP_INFO = linux_h.TCP_INFO();
  public static final int SOL_MPTCP = linux_h.SOL_MPTCP();
  public static final int MPTCP_INFO = linux_h.MPTCP_INFO();
  public static final int TCPI_OPT_TIMESTAMPS = linux_h.TCPI_OPT_TIMESTAMPS();
  public static final int TCPI_OPT_SACK = linux_h.TCPI_OPT_SACK();
  public static final int TCPI_OPT_WSCALE = linux_h.TCPI_OPT_WSCALE();
  public static final int TCPI_OPT_ECN = linux_h.TCPI_OPT_ECN();
  public static final int TCPI_OPT_ECN_SEEN = linux_h.TCPI_OPT_ECN_SEEN();
  public static final int TCPI_OPT_SYN_DATA = linux_h.TCPI_OPT_SYN_DATA();
  public static final int BPF_TCP_ESTABLISHED = linux_h.BPF_TCP_ESTABLISHED();
  public static final int BPF_TCP_SYN_SENT = linux_h.BPF_TCP_SYN_SENT();
  public static final int BPF_TCP_SYN_RECV = linux_h.BPF_TCP_SYN_RECV();
  public static final int BPF_TCP_FIN_WAIT1 = linux_h.BPF_TCP_FIN_WAIT1();
  public static final int BPF_TCP_FIN_WAIT2 = linux_h.BPF_TCP_FIN_WAIT2();
  public static final int BPF_TCP_TIME_WAIT = linux_h.BPF_TCP_TIME_WAIT();
  public static final int BPF_TCP_CLOSE = linux_h.BPF_TCP_CLOSE();
  public static final int BPF_TCP_CLOSE_WAIT = linux_h.BPF_TCP_CLOSE_WAIT();
  public static final int BPF_TCP_LAST_ACK = linux_h.BPF_TCP_LAST_ACK();
  public static final int BPF_TCP_LISTEN = linux_h.BPF_TCP_LISTEN();
  public static final int BPF_TCP_CLOSING = linux_h.BPF_TCP_CLOSING();
  public static final int BPF_TCP_NEW_SYN_RECV = linux_h.BPF_TCP_NEW_SYN_RECV();
  public static final int TCP_CA_Open = linux_h.TCP_CA_Open();
  public static final int TCP_CA_Disorder = linux_h.TCP_CA_Disorder();
  public static final int TCP_CA_CWR = linux_h.TCP_CA_CWR();
  public static final int TCP_CA_Recovery = linux_h.TCP_CA_Recovery();
  public static final int TCP_CA_Loss = linux_h.TCP_CA_Loss();

  public static final long MPTCP_INFO_FLAG_FALLBACK = linux_h.MPTCP_INFO_FLAG_FALLBACK();
  public static final long MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED =
      linux_h.MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED();

  // posix_spawn(3), waitpid(2), fcntl(2).
  public static final int POSIX_SPAWN_SETSIGMASK = linux_h.POSIX_SPAWN_SETSIGMASK();
  public static final int WNOHANG = linux_h.WNOHANG();
  public static final int F_GETFD = linux_h.F_GETFD();
  public static final int F_SETFD = linux_h.F_SETFD();
  public static final int FD_CLOEXEC = linux_h.FD_CLOEXEC();

  // errno(3).
  public static final int E2BIG = linux_h.E2BIG();
  public static final int EACCES = linux_h.EACCES();
  public static final int EADDRINUSE = linux_h.EADDRINUSE();
  public static final int EADDRNOTAVAIL = linux_h.EADDRNOTAVAIL();
  public static final int EAFNOSUPPORT = linux_h.EAFNOSUPPORT();
  public static final int EAGAIN = linux_h.EAGAIN();
  public static final int EALREADY = linux_h.EALREADY();
  public static final int EBADF = linux_h.EBADF();
  public static final int EBADMSG = linux_h.EBADMSG();
  public static final int EBUSY = linux_h.EBUSY();
  public static final int ECANCELED = linux_h.ECANCELED();
  public static final int ECHILD = linux_h.ECHILD();
  public static final int ECONNABORTED = linux_h.ECONNABORTED();
  public static final int ECONNREFUSED = linux_h.ECONNREFUSED();
  public static final int ECONNRESET = linux_h.ECONNRESET();
  public static final int EDEADLK = linux_h.EDEADLK();
  public static final int EDESTADDRREQ = linux_h.EDESTADDRREQ();
  public static final int EDOM = linux_h.EDOM();
  public static final int EDQUOT = linux_h.EDQUOT();
  public static final int EEXIST = linux_h.EEXIST();
  public static final int EFAULT = linux_h.EFAULT();
  public static final int EFBIG = linux_h.EFBIG();
  public static final int EHOSTDOWN = linux_h.EHOSTDOWN();
  public static final int EHOSTUNREACH = linux_h.EHOSTUNREACH();
  public static final int EILSEQ = linux_h.EILSEQ();
  public static final int EINPROGRESS = linux_h.EINPROGRESS();
  public static final int EINTR = linux_h.EINTR();
  public static final int EINVAL = linux_h.EINVAL();
  public static final int EIO = linux_h.EIO();
  public static final int EISCONN = linux_h.EISCONN();
  public static final int EISDIR = linux_h.EISDIR();
  public static final int ELOOP = linux_h.ELOOP();
  public static final int EMFILE = linux_h.EMFILE();
  public static final int EMLINK = linux_h.EMLINK();
  public static final int EMSGSIZE = linux_h.EMSGSIZE();
  public static final int ENAMETOOLONG = linux_h.ENAMETOOLONG();
  public static final int ENETDOWN = linux_h.ENETDOWN();
  public static final int ENETRESET = linux_h.ENETRESET();
  public static final int ENETUNREACH = linux_h.ENETUNREACH();
  public static final int ENFILE = linux_h.ENFILE();
  public static final int ENOBUFS = linux_h.ENOBUFS();
  public static final int ENODATA = linux_h.ENODATA();
  public static final int ENODEV = linux_h.ENODEV();
  public static final int ENOENT = linux_h.ENOENT();
  public static final int ENOEXEC = linux_h.ENOEXEC();
  public static final int ENOLCK = linux_h.ENOLCK();
  public static final int ENOMEM = linux_h.ENOMEM();
  public static final int ENOMSG = linux_h.ENOMSG();
  public static final int ENOPROTOOPT = linux_h.ENOPROTOOPT();
  public static final int ENOSPC = linux_h.ENOSPC();
  public static final int ENOSYS = linux_h.ENOSYS();
  public static final int ENOTBLK = linux_h.ENOTBLK();
  public static final int ENOTCONN = linux_h.ENOTCONN();
  public static final int ENOTDIR = linux_h.ENOTDIR();
  public static final int ENOTEMPTY = linux_h.ENOTEMPTY();
  public static final int ENOTSOCK = linux_h.ENOTSOCK();
  public static final int ENOTTY = linux_h.ENOTTY();
  public static final int ENXIO = linux_h.ENXIO();
  public static final int EOPNOTSUPP = linux_h.EOPNOTSUPP();
  public static final int EOVERFLOW = linux_h.EOVERFLOW();
  public static final int EPERM = linux_h.EPERM();
  public static final int EPFNOSUPPORT = linux_h.EPFNOSUPPORT();
  public static final int EPIPE = linux_h.EPIPE();
  public static final int EPROTO = linux_h.EPROTO();
  public static final int EPROTONOSUPPORT = linux_h.EPROTONOSUPPORT();
  public static final int EPROTOTYPE = linux_h.EPROTOTYPE();
  public static final int ERANGE = linux_h.ERANGE();
  public static final int EROFS = linux_h.EROFS();
  public static final int ESHUTDOWN = linux_h.ESHUTDOWN();
  public static final int ESOCKTNOSUPPORT = linux_h.ESOCKTNOSUPPORT();
  public static final int ESPIPE = linux_h.ESPIPE();
  public static final int ESRCH = linux_h.ESRCH();
  public static final int ETIMEDOUT = linux_h.ETIMEDOUT();
  public static final int ETOOMANYREFS = linux_h.ETOOMANYREFS();
  public static final int ETXTBSY = linux_h.ETXTBSY();
  public static final int EXDEV = linux_h.EXDEV();
}
