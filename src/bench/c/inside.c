// What happens inside a process, in one thread. A second one does nothing: as long as a process has only one, the kernel does
// not count the users of a file, and a JVM never has only one.
// usage: inside Nothing|Exchange|DatagramsOneByOne|Batches|Segments|Connections kind=tcp|unix size=N
// Then a number of milliseconds a line.
#include "bench.h"

#include <netinet/in.h>
#include <netinet/udp.h>
#include <pthread.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MANY = 64, SEGMENTS = 128, LARGEST = 65507 };

static int listener, from, to;
static struct sockaddr_storage address;
static socklen_t length = sizeof address;
static char path[40];
static char *buffer;
static size_t size = 64;
static int cut_together = SEGMENTS;

static struct mmsghdr sent[MANY], received[MANY];
static struct iovec out[MANY], in[MANY];

static union {
  struct cmsghdr aligned;
  char bytes[CMSG_SPACE(sizeof(uint16_t))];
} cut;

static union {
  struct cmsghdr aligned;
  char bytes[CMSG_SPACE(sizeof(int))];
} together;

static int bound(int domain, int type) {
  struct sockaddr_storage own = {.ss_family = domain};
  if (domain == AF_INET) {
    ((struct sockaddr_in *)&own)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  }
  if (domain == AF_UNIX) {
    snprintf(path, sizeof path, "/tmp/nixio-bench-%d.sock", (int)getpid());
    strcpy(((struct sockaddr_un *)&own)->sun_path, path);
  }
  int fd = check(socket(domain, type, 0), "socket");
  check(bind(fd, (struct sockaddr *)&own, domain == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_un)), "bind");
  length = sizeof address;
  check(getsockname(fd, (struct sockaddr *)&address, &length), "getsockname");
  return fd;
}

static void join(void) {
  from = check(socket(address.ss_family, SOCK_STREAM, 0), "socket");
  if (address.ss_family == AF_INET) {
    struct linger reset = {1, 0};
    check(setsockopt(from, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
  }
  check(connect(from, (struct sockaddr *)&address, length), "connect");
  struct sockaddr_storage peer;
  socklen_t n = sizeof peer;
  to = check(accept4(listener, (struct sockaddr *)&peer, &n, SOCK_CLOEXEC), "accept");
}

static long nothing(void) {
  recv(to, buffer, size, MSG_DONTWAIT);
  return 1;
}

static long exchange(void) {
  check(send(from, buffer, size, MSG_NOSIGNAL), "send");
  for (size_t got = 0; got < size;) {
    got += check(recv(to, buffer, size, 0), "recv");
  }
  return 1;
}

static long datagrams(void) {
  for (int i = 0; i < MANY; i++) {
    check(send(from, buffer, size, MSG_NOSIGNAL), "send");
  }
  for (int i = 0; i < MANY; i++) {
    check(recv(to, buffer, size, 0), "recv");
  }
  return MANY;
}

static long batches(void) {
  for (int i = 0; i < MANY;) {
    i += check(sendmmsg(from, sent + i, MANY - i, MSG_NOSIGNAL), "sendmmsg");
  }
  for (int i = 0; i < MANY;) {
    i += check(recvmmsg(to, received, MANY, MSG_WAITFORONE, NULL), "recvmmsg");
  }
  return MANY;
}

static long segments(void) {
  struct msghdr *message = &received->msg_hdr;
  for (int i = 0; i < SEGMENTS; i += cut_together) {
    check(sendmsg(from, &sent->msg_hdr, MSG_NOSIGNAL), "sendmsg");
    for (size_t got = 0; got < cut_together * size;) {
      message->msg_controllen = sizeof together;
      got += check(recvmsg(to, message, 0), "recvmsg");
      struct cmsghdr *told = CMSG_FIRSTHDR(message);
      if (told == NULL || told->cmsg_type != UDP_GRO || *(int *)CMSG_DATA(told) != (int)size) {
        fputs("not in segments of that size\n", stderr);
        exit(1);
      }
    }
  }
  return SEGMENTS;
}

static long connections(void) {
  join();
  close(to);
  close(from);
  return 1;
}

static void *idle(void *nothing) {
  pause();
  return nothing;
}

// A UDP socket connected with another, both ways
static void pair(void) {
  from = bound(AF_INET, SOCK_DGRAM);
  to = bound(AF_INET, SOCK_DGRAM);
  check(connect(from, (struct sockaddr *)&address, length), "connect");
  length = sizeof address;
  check(getsockname(from, (struct sockaddr *)&address, &length), "getsockname");
  check(connect(to, (struct sockaddr *)&address, length), "connect");
}

static void lay_out(int messages, size_t bytes) {
  char *data = aligned_alloc(4096, (2 * messages * bytes + 4095) / 4096 * 4096);
  memset(data, 1, 2 * messages * bytes);
  for (int i = 0; i < messages; i++) {
    out[i] = (struct iovec){data + 2 * i * bytes, bytes};
    in[i] = (struct iovec){data + (2 * i + 1) * bytes, bytes};
    sent[i].msg_hdr = (struct msghdr){.msg_iov = out + i, .msg_iovlen = 1};
    received[i].msg_hdr = (struct msghdr){.msg_iov = in + i, .msg_iovlen = 1};
  }
}

static void lay_out_segments(void) {
  int on = 1;
  check(setsockopt(to, IPPROTO_UDP, UDP_GRO, &on, sizeof on), "UDP_GRO");
  while (cut_together * size > LARGEST) {
    cut_together /= 2;
  }
  lay_out(1, cut_together * size);
  sent->msg_hdr.msg_control = &cut;
  sent->msg_hdr.msg_controllen = sizeof cut;
  cut.aligned = (struct cmsghdr){CMSG_LEN(sizeof(uint16_t)), IPPROTO_UDP, UDP_SEGMENT};
  *(uint16_t *)CMSG_DATA(&cut.aligned) = size;
  received->msg_hdr.msg_control = &together;
}

static void measure(long (*work)(void), uint64_t duration) {
  uint64_t start = now(), cpu = nanos(CLOCK_PROCESS_CPUTIME_ID), t = start;
  double operations = 0;
  for (; t - start < duration; t = now()) {
    for (int i = 0; i < 100; i++) {
      operations += work();
    }
  }
  double used = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("time=%.2f cpu=%.2f bytes=0\n", (t - start) / operations, used / operations);
}

int main(int argc, char **argv) {
  const char *kind = "tcp";
  for (int i = 2; i < argc; i++) {
    if (strncmp(argv[i], "kind=", 5) == 0) {
      kind = argv[i] + 5;
    } else if (strncmp(argv[i], "size=", 5) == 0) {
      size = atoi(argv[i] + 5);
    }
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  pthread_t second;
  if (pthread_create(&second, NULL, idle, NULL) != 0) {
    check(-1, "pthread_create");
  }
  buffer = aligned_alloc(4096, (size + 4095) / 4096 * 4096);
  memset(buffer, 1, size);
  long (*work)(void) = NULL;
  if (strcmp(argv[1], "DatagramsOneByOne") == 0) {
    work = datagrams;
    pair();
  } else if (strcmp(argv[1], "Batches") == 0) {
    work = batches;
    pair();
    lay_out(MANY, size);
  } else if (strcmp(argv[1], "Segments") == 0) {
    work = segments;
    pair();
    lay_out_segments();
  } else {
    work = strcmp(argv[1], "Nothing") == 0 ? nothing : strcmp(argv[1], "Exchange") == 0 ? exchange : connections;
    listener = bound(strcmp(kind, "tcp") == 0 ? AF_INET : AF_UNIX, SOCK_STREAM);
    check(listen(listener, 128), "listen");
    join();
  }
  printf("ready=1\n");
  char line[100];
  while (fgets(line, sizeof line, stdin)) {
    measure(work, atoi(line) * 1000000ull);
  }
  if (*path) {
    unlink(path);
  }
}
