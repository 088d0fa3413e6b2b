// A closed loop of messages of 64 bytes: each active connection has one on its way, always.
// usage: echo_load PORT PID-OF-THE-SERVER, then a command a line: open N (more) | go ACTIVE MILLISECONDS
#include "bench.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MESSAGE = 64, EVENTS = 512, PATIENCE = 20000, MOST = 1 << 20 };

struct connection {
  int fd, missing;
  uint64_t sent;
};

static struct connection connections[MOST];
static int count, epoll;
static struct sockaddr_in server;
static clockid_t server_cpu;
static char message[MESSAGE];
static uint64_t histogram[BUCKETS];

static void open_more(int n) {
  for (; n > 0; n--) {
    struct connection *c = &connections[count++];
    c->fd = check(socket(AF_INET, SOCK_STREAM, 0), "socket");
    check(connect(c->fd, (struct sockaddr *)&server, sizeof server), "connect");
    int on = 1;
    check(setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on), "TCP_NODELAY");
    struct linger reset = {1, 0}; // nothing stays in TIME_WAIT
    check(setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
    struct epoll_event event = {EPOLLIN, {.ptr = c}};
    check(epoll_ctl(epoll, EPOLL_CTL_ADD, c->fd, &event), "epoll_ctl");
  }
}

static void post(struct connection *c) {
  c->sent = now();
  c->missing = MESSAGE;
  if (check(send(c->fd, message, MESSAGE, MSG_NOSIGNAL), "send") != MESSAGE) {
    fprintf(stderr, "a message went in parts\n");
    exit(1);
  }
}

struct result {
  uint64_t messages;
  double seconds, used;
};

static struct result go(int active, int milliseconds) {
  char buffer[4096];
  struct epoll_event events[EVENTS];
  memset(histogram, 0, sizeof histogram);
  struct result result = {0, 0, 0};
  for (int i = 0; i < active; i++) {
    post(&connections[(long)i * count / active]);
  }
  uint64_t start = now(), cpu = nanos(server_cpu), end = start + milliseconds * 1000000ull;
  for (int under_way = active; under_way > 0;) {
    int n = check(epoll_wait(epoll, events, EVENTS, PATIENCE), "epoll_wait");
    if (n == 0) {
      fprintf(stderr, "%d messages have not come back\n", under_way);
      exit(1);
    }
    uint64_t t = now();
    int over = t >= end && result.messages >= (uint64_t)active; // or longer, on a machine that is busy
    if (over && result.seconds == 0) {
      result.seconds = (t - start) / 1e9;
      result.used = nanos(server_cpu) - cpu;
    }
    for (int i = 0; i < n; i++) {
      struct connection *c = events[i].data.ptr;
      int got = check(recv(c->fd, buffer, sizeof buffer, MSG_DONTWAIT), "recv");
      if (got == 0) {
        fprintf(stderr, "the server has closed a connection\n");
        exit(1);
      }
      c->missing -= got;
      if (c->missing > 0) {
        continue;
      }
      if (over) {
        under_way--;
      } else {
        histogram[bucket(now() - c->sent)]++;
        result.messages++;
        post(c);
      }
    }
  }
  return result;
}

int main(int argc, char **argv) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  if (argc != 3 || clock_getcpuclockid(atoi(argv[2]), &server_cpu) != 0) {
    fprintf(stderr, "usage: echo_load PORT PID\n");
    return 1;
  }
  server = (struct sockaddr_in){
      .sin_family = AF_INET, .sin_port = htons(atoi(argv[1])), .sin_addr = {htonl(INADDR_LOOPBACK)}};
  epoll = check(epoll_create1(0), "epoll_create1");
  setvbuf(stdout, NULL, _IOLBF, 0);
  printf("ready=1\n");
  char line[100];
  while (fgets(line, sizeof line, stdin)) {
    int a, b;
    if (sscanf(line, "open %d", &a) == 1 && a <= MOST - count) {
      open_more(a);
      go(count, 0); // the server has accepted them all when they have answered
      printf("open=%d\n", count);
    } else if (sscanf(line, "go %d %d", &a, &b) == 2 && a <= count) {
      struct result r = go(a, b);
      printf("rate=%.1f p50=%.0f p99=%.0f cpu=%.1f\n", r.messages / r.seconds, percentile(histogram, 0.5),
             percentile(histogram, 0.99), r.used / r.messages);
    } else {
      fprintf(stderr, "what is %s", line);
      return 1;
    }
  }
}
