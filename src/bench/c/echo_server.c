// An echo server: one thread, epoll. It ends with its standard input.
#include "bench.h"

#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { EVENTS = 512, BUFFER = 1024 };

static int epoll;

static void watch(int fd) {
  struct epoll_event event = {EPOLLIN, {.fd = fd}};
  check(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), "epoll_ctl");
}

static void greet(int listener) {
  int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (fd >= 0) {
    watch(fd);
  }
}

static void echo(int fd) {
  _Alignas(64) char buffer[BUFFER];
  ssize_t n = recv(fd, buffer, sizeof buffer, 0);
  if (n <= 0) {
    close(fd);
  } else {
    send(fd, buffer, n, MSG_NOSIGNAL);
  }
}

static void answer(void) {
  char line[100];
  if (read(0, line, sizeof line) <= 0) {
    exit(0);
  }
  printf("heap=0\n");
}

int main(void) {
  struct rlimit limit;
  check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
  limit.rlim_cur = limit.rlim_max;
  check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
  setvbuf(stdout, NULL, _IOLBF, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
  socklen_t size = sizeof address;
  int listener = check(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), "socket");
  check(bind(listener, (struct sockaddr *)&address, size), "bind");
  check(listen(listener, 4096), "listen");
  check(getsockname(listener, (struct sockaddr *)&address, &size), "getsockname");
  epoll = check(epoll_create1(0), "epoll_create1");
  watch(listener);
  watch(0);
  printf("port=%d\n", ntohs(address.sin_port));
  for (;;) {
    struct epoll_event events[EVENTS];
    int n = check(epoll_wait(epoll, events, EVENTS, -1), "epoll_wait");
    for (int i = 0; i < n; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) {
        greet(fd);
      } else if (fd == 0) {
        answer();
      } else {
        echo(fd);
      }
    }
  }
}
