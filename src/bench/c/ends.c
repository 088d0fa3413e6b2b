// Both ends of ping-pong, of a stream and of a file's way, and a relay between the ends of a stream.
// usage: ends serve|call tcp:PORT|unix:PATH SIZE ping-pong|stream|file:PATH
//        ends relay tcp:PORT|unix:PATH SIZE tcp:PORT|unix:PATH
#include "bench.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static union {
  struct sockaddr any;
  struct sockaddr_in inet;
  struct sockaddr_un unix_;
} address;
static socklen_t length;
static char *buffer;
static size_t size;
static int echo;
static int file = -1;
static int onward;
static uint64_t histogram[BUCKETS];

static int open_at(const char *endpoint) {
  memset(&address, 0, sizeof address);
  if (strncmp(endpoint, "unix:", 5) == 0) {
    address.unix_.sun_family = AF_UNIX;
    strncpy(address.unix_.sun_path, endpoint + 5, sizeof address.unix_.sun_path - 1);
    length = sizeof address.unix_;
  } else {
    address.inet.sin_family = AF_INET;
    address.inet.sin_port = htons(atoi(endpoint + 4));
    address.inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    length = sizeof address.inet;
  }
  return check(socket(address.any.sa_family, SOCK_STREAM, 0), "socket");
}

static int receive(int fd) {
  for (size_t got = 0; got < size;) {
    ssize_t n = recv(fd, buffer, size, 0);
    if (n <= 0) {
      return 0;
    }
    got += n;
  }
  return 1;
}

static void send_all(int fd) {
  for (size_t sent = 0; sent < size;) {
    sent += check(send(fd, buffer + sent, size - sent, MSG_NOSIGNAL), "send");
  }
}

static void send_file(int fd) {
  for (off_t sent = 0; sent < (off_t)size;) {
    check(sendfile(fd, file, &sent, size - sent), "sendfile");
  }
}

static void *relay(void *listener) {
  int from = check(accept(*(int *)listener, NULL, NULL), "accept");
  int ends[2];
  check(pipe(ends), "pipe");
  for (ssize_t n; (n = splice(from, NULL, ends[1], NULL, size, 0)) > 0;) {
    while (n > 0) {
      n -= check(splice(ends[0], NULL, onward, NULL, n, 0), "splice");
    }
  }
  close(onward);
  return NULL;
}

static void *serve(void *listener) {
  int fd = check(accept(*(int *)listener, NULL, NULL), "accept");
  if (echo) {
    while (receive(fd)) {
      send_all(fd);
    }
  } else {
    while (recv(fd, buffer, size, 0) > 0) {
    }
  }
  return NULL;
}

static void call(int fd, uint64_t duration) {
  memset(histogram, 0, sizeof histogram);
  uint64_t start = now(), t = start, operations = 0;
  for (; t - start < duration; operations++) {
    if (file >= 0) {
      send_file(fd);
    } else {
      send_all(fd);
    }
    if (echo) {
      receive(fd);
    }
    uint64_t then = now();
    histogram[bucket(then - t)]++;
    t = then;
  }
  printf("operations=%lu rate=%.1f p50=%.0f p99=%.0f\n", operations, operations * 1e9 / (t - start),
         percentile(histogram, 0.5), percentile(histogram, 0.99));
}

static void listen_with(void *(*service)(void *), int fd) {
  pthread_t thread;
  check(bind(fd, &address.any, length), "bind");
  check(listen(fd, 128), "listen");
  check(getsockname(fd, &address.any, &length), "getsockname");
  pthread_create(&thread, NULL, service, &fd);
  printf("port=%d\n", address.any.sa_family == AF_INET ? ntohs(address.inet.sin_port) : 0);
  char line[100];
  while (fgets(line, sizeof line, stdin)) {
  }
}

static void connect_with_reset(int fd) {
  struct linger reset = {1, 0};
  check(setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset), "SO_LINGER");
  check(connect(fd, &address.any, length), "connect");
}

int main(int argc, char **argv) {
  if (argc != 5) {
    fprintf(stderr, "usage: ends serve|call|relay tcp:PORT|unix:PATH SIZE ping-pong|stream|file:PATH|tcp:PORT|unix:PATH\n");
    return 1;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  size = atoi(argv[3]);
  if (strcmp(argv[1], "relay") == 0) {
    onward = open_at(argv[4]);
    connect_with_reset(onward);
    listen_with(relay, open_at(argv[2]));
    return 0;
  }
  int fd = open_at(argv[2]);
  echo = strcmp(argv[4], "ping-pong") == 0;
  buffer = aligned_alloc(4096, (size + 4095) / 4096 * 4096);
  memset(buffer, 1, size);
  if (strcmp(argv[1], "serve") == 0) {
    listen_with(serve, fd);
    return 0;
  }
  if (strncmp(argv[4], "file:", 5) == 0) {
    file = check(open(argv[4] + 5, O_RDONLY), "open");
  }
  connect_with_reset(fd);
  printf("ready=1\n");
  char line[100];
  while (fgets(line, sizeof line, stdin)) {
    call(fd, atoi(line) * 1000000ull);
  }
}
