// What the C programs of the benchmark share.
#define _GNU_SOURCE
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline long check(long answer, const char *what) {
  if (answer < 0) {
    perror(what);
    exit(1);
  }
  return answer;
}

static inline uint64_t nanos(clockid_t clock) {
  struct timespec t;
  check(clock_gettime(clock, &t), "clock_gettime");
  return t.tv_sec * 1000000000ull + t.tv_nsec;
}

static inline uint64_t now(void) { return nanos(CLOCK_MONOTONIC); }

// Latencies: 64 buckets to each power of two, so that a percentile is right to 2 %.
enum { SUB = 64, BUCKETS = 64 * SUB };

static inline int bucket(uint64_t ns) {
  if (ns < SUB) {
    return ns;
  }
  int shift = 63 - __builtin_clzll(ns) - 6;
  return (shift + 1) * SUB + (int)((ns >> shift) - SUB);
}

static inline double percentile(const uint64_t *histogram, double part) {
  uint64_t all = 0, seen = 0;
  for (int i = 0; i < BUCKETS; i++) {
    all += histogram[i];
  }
  for (int i = 0; i < BUCKETS; i++) {
    seen += histogram[i];
    if (seen >= part * all && seen > 0) {
      return i < SUB ? i : ((uint64_t)(SUB + i % SUB) + 0.5) * (double)(1ull << (i / SUB - 1));
    }
  }
  return 0;
}
