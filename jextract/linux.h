/*
 * What jextract reads. Only headers; what of them is generated is named in linux.args.
 * Names that jextract doesn't find are left out without a word: generate.sh checks for that.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE 1           /* accept4, sendmmsg, recvmmsg, ucred, in6_pktinfo... */
#endif
#include <features.h>
#include <sys/types.h>

/*
 * glibc, with _GNU_SOURCE and a GCC-like compiler, declares the address parameter of bind, connect,
 * accept... as a transparent union, which jextract takes for a union passed by value. <sys/socket.h>
 * declares plain pointers if it believes that the compiler is too old, so let it, and only it, believe so.
 * (-U__GNUC__ would do it too, but would drop __attribute__((packed)) as well, silently.)
 */
#ifdef __GNUC_PREREQ
#undef  __GNUC_PREREQ
#define __GNUC_PREREQ(maj, min) 0
#endif
#include <sys/socket.h>
#ifdef __GLIBC__
#undef  __GNUC_PREREQ
#define __GNUC_PREREQ(maj, min) ((__GNUC__ << 16) + __GNUC_MINOR__ >= ((maj) << 16) + (min))
#endif

#include <sys/un.h>
#include <sys/uio.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <sys/sendfile.h>
#include <sys/wait.h>
#include <netinet/in.h>
#include <netinet/udp.h>
#include <arpa/inet.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <fcntl.h>
#include <unistd.h>
#include <errno.h>
#include <string.h>

#include <linux/tcp.h>          /* not <netinet/tcp.h>: the two clash, and glibc's tcp_info ends at 104 bytes */
#include <linux/bpf.h>
#include <linux/errqueue.h>
#include <linux/ethtool.h>
#include <linux/filter.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <linux/mptcp.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <linux/vm_sockets.h>
