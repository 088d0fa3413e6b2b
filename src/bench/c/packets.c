// Frames on a pair of Ethernet devices, a and b: who sends them, and who reads them in a ring.
// usage: packets send RATE SIZE | ring
// then, a line each: go MILLISECONDS
#include "bench.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PROTOCOL = 0x88B5, TOGETHER = 32, BLOCK = 1 << 18, BLOCKS = 64, FRAME = 1 << 11, RETIRE = 10 };

static int open_on(const char *device) {
  int fd = check(socket(AF_PACKET, SOCK_RAW, 0), "socket");
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(PROTOCOL), .sll_ifindex = if_nametoindex(device)};
  check(bind(fd, (struct sockaddr *)&address, sizeof address), "bind");
  return fd;
}

static void send_for(int fd, uint64_t duration, uint64_t rate, size_t size) {
  unsigned char frame[2048] = {0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 2, 0, 0, 0, 0, 1, PROTOCOL >> 8, PROTOCOL & 0xFF};
  for (size_t i = 14; i < size; i++) {
    frame[i] = i;
  }
  struct iovec vector = {frame, size};
  struct mmsghdr messages[TOGETHER] = {0};
  for (int i = 0; i < TOGETHER; i++) {
    messages[i].msg_hdr.msg_iov = &vector;
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  uint64_t sent = 0, start = now();
  while (now() - start < duration) {
    sent += check(sendmmsg(fd, messages, TOGETHER, 0), "sendmmsg");
    while (now() - start < sent * 1000000000ull / rate) {
    }
  }
  printf("sent=%lu\n", sent);
}

static uint64_t packets, sum;

static void read_block(struct tpacket_block_desc *block) {
  struct tpacket3_hdr *frame = (void *)((char *)block + block->hdr.bh1.offset_to_first_pkt);
  for (uint32_t i = 0; i < block->hdr.bh1.num_pkts; i++) {
    unsigned char *data = (unsigned char *)frame + frame->tp_mac;
    for (uint32_t j = 0; j < frame->tp_snaplen; j++) {
      sum += data[j];
    }
    packets++;
    frame = (void *)((char *)frame + frame->tp_next_offset);
  }
}

static void read_for(uint64_t duration) {
  int fd = check(socket(AF_PACKET, SOCK_RAW, 0), "socket"), version = TPACKET_V3;
  struct tpacket_req3 request = {.tp_block_size = BLOCK,
                                 .tp_block_nr = BLOCKS,
                                 .tp_frame_size = FRAME,
                                 .tp_frame_nr = BLOCK / FRAME * BLOCKS,
                                 .tp_retire_blk_tov = RETIRE};
  check(setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version), "PACKET_VERSION");
  check(setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request), "PACKET_RX_RING");
  size_t size = (size_t)BLOCK * BLOCKS;
  char *ring = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  check(ring == MAP_FAILED ? -1 : 0, "mmap");
  struct sockaddr_ll address = {
      .sll_family = AF_PACKET, .sll_protocol = htons(PROTOCOL), .sll_ifindex = if_nametoindex("b")};
  check(bind(fd, (struct sockaddr *)&address, sizeof address), "bind");
  packets = sum = 0;
  uint64_t cpu = nanos(CLOCK_PROCESS_CPUTIME_ID), start = now();
  for (int at = 0; now() - start < duration;) {
    struct tpacket_block_desc *block = (void *)(ring + (size_t)at * BLOCK);
    if (__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER) {
      read_block(block);
      __atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
      at = (at + 1) % BLOCKS;
    } else {
      struct pollfd ready = {fd, POLLIN, 0};
      poll(&ready, 1, RETIRE * 2);
    }
  }
  cpu = nanos(CLOCK_PROCESS_CPUTIME_ID) - cpu;
  printf("packets=%lu cpu=%.2f sum=%lu\n", packets, (double)cpu / packets, sum / (packets | !packets));
  munmap(ring, size);
  close(fd);
}

int main(int argc, char **argv) {
  int sends = argc == 4 && strcmp(argv[1], "send") == 0;
  if (!sends && argc != 2) {
    fprintf(stderr, "usage: packets send RATE SIZE | ring\n");
    return 2;
  }
  setvbuf(stdout, NULL, _IOLBF, 0);
  int fd = sends ? open_on("a") : -1;
  unsigned long milliseconds;
  printf("ready=1\n");
  while (scanf(" go %lu", &milliseconds) == 1) {
    if (sends) {
      send_for(fd, milliseconds * 1000000, strtoull(argv[2], NULL, 10), strtoul(argv[3], NULL, 10));
    } else {
      read_for(milliseconds * 1000000);
    }
  }
  return 0;
}
