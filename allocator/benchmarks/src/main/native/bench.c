/* The workloads of the Java driver (io.hakmem.benchmarks.driver) against whatever malloc is linked
 * or preloaded: the same numbers, sizes, batches and counting; without virtual threads.
 * Compiled with -DSIZED its frees are told the size, which the tables keep: tc_free_sized,
 * sdallocx or mi_free_size, whichever is loaded; exit code 4 where none is.
 * usage: bench WORKLOAD operations working-set threads [seed]
 * One operation is one allocate or one free. Exit code 4: no such workload here. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BURST = 1000, BATCH = 256, RING = 64, KEPT = BATCH / 9, SHORT_BURSTS = 20, SHORT_BURST = 100, SHORT_SLOTS = 64 };

static uint32_t slots, threads, seed;
static long asked, total; /* operations wanted, and what the round did */
static pthread_barrier_t start_line, end_line;

static inline uint32_t next(uint32_t r) {
  r ^= r << 13;
  r ^= r >> 17;
  return r ^ r << 5;
}

static uint32_t seed_of(uint32_t thread) {
  uint32_t mixed = seed ^ thread * 0x9E3779B9u;
  return mixed ? mixed : 1;
}

#ifdef SIZED
/* Sizes lie behind the addresses: a table has 12 bytes a slot. */
enum { SLOT_BYTES = 12 };

static void (*free_by_size)(void *, size_t, int);

static inline void keep(char **t, uint32_t count, uint32_t k, size_t size) {
  ((uint32_t *)(t + count))[k] = (uint32_t)size;
}

static inline void release(char **t, uint32_t count, uint32_t k, char *p) {
  free_by_size(p, ((uint32_t *)(t + count))[k], 0);
}

/* A third argument that a function does not have does no harm on this machine's calls. */
static void choose_free(void) {
  static const char *const names[] = {"tc_free_sized", "sdallocx", "mi_free_size"};
  for (int i = 0; i < 3 && !free_by_size; i++) free_by_size = dlsym(RTLD_DEFAULT, names[i]);
  if (!free_by_size) {
    fprintf(stderr, "no sized free: preload tcmalloc, jemalloc or mimalloc\n");
    exit(4);
  }
}
#else
enum { SLOT_BYTES = 8 };

static inline void keep(char **t, uint32_t count, uint32_t k, size_t size) {
  (void)t, (void)count, (void)k, (void)size;
}

static inline void release(char **t, uint32_t count, uint32_t k, char *p) {
  (void)t, (void)count, (void)k;
  free(p);
}

static void choose_free(void) {}
#endif

static inline char *block(size_t size, uint32_t r) {
  char *p = malloc(size);
  if (!p) exit(3);
  *p = (char)r;
  return p;
}

static char **table(uint32_t count) {
  char **t = calloc(count, SLOT_BYTES);
  if (!t) exit(3);
  return t;
}

static void free_all(char **t, uint32_t count) {
  for (uint32_t k = 0; k < count; k++) {
    if (t[k]) release(t, count, k, t[k]);
    t[k] = NULL;
  }
}

static long per_thread(void) { return (asked + threads - 1) / threads; }

/* One toggle of random-mixed; the sizes are constants where this is inlined. */
#define TOGGLE(t, count, r, size)   \
  do {                              \
    uint32_t k = (r) % (count);     \
    char *p = (t)[k];               \
    if (p) {                        \
      (t)[k] = NULL;                \
      release((t), (count), k, p);  \
    } else {                        \
      (t)[k] = block((size), (r));  \
      keep((t), (count), k, (size)); \
    }                               \
  } while (0)

static void random_mixed(uint32_t me, char **t) {
  uint32_t r = seed_of(me);
  for (long i = per_thread(); i > 0; i--) {
    r = next(r);
    TOGGLE(t, slots, r, 16 + (r & 0x3FF));
  }
  free_all(t, slots);
}

static void fixed_size(uint32_t me, char **t) {
  uint32_t r = seed_of(me);
  for (long i = per_thread(); i > 0; i--) {
    r = next(r);
    TOGGLE(t, slots, r, 64);
  }
  free_all(t, slots);
}

static void large_sizes(uint32_t me, char **t) {
  uint32_t r = seed_of(me);
  for (long i = per_thread(); i > 0; i--) {
    r = next(r);
    TOGGLE(t, slots, r, (size_t)((r >> 24) % 32 + 1) << 15);
  }
  free_all(t, slots);
}

static long bursts(void) { return (per_thread() + 2 * BURST - 1) / (2 * BURST); }

static void pairs(uint32_t me, char **t) {
  (void)me;
  (void)t;
  for (long b = bursts() * BURST; b > 0; b--) {
    char *p = malloc(64);
    if (!p) exit(3);
    *(volatile char *)p = (char)b;
#ifdef SIZED
    free_by_size(p, 64, 0);
#else
    free(p);
#endif
  }
}

static void grow_shrink(uint32_t me, char **t) {
  long cycle = 2L * slots, cycles = (per_thread() + cycle - 1) / cycle;
  uint32_t r = seed_of(me);
  for (long c = 0; c < cycles; c++) {
    for (uint32_t k = 0; k < slots; k++) {
      r = next(r);
      t[k] = block(16 + (r & 0x3FF), r);
      keep(t, slots, k, 16 + (r & 0x3FF));
    }
    for (uint32_t i = 0; i < slots; i++) {
      uint32_t k = c % 3 == 0 ? i : c % 3 == 1 ? slots - 1 - i : (uint32_t)((uint64_t)i * 7368787 % slots);
      if (t[k]) {
        release(t, slots, k, t[k]);
        t[k] = NULL;
      }
    }
    if (c % 3 == 2) free_all(t, slots);
  }
}

static char **_Atomic *shelf;

static void larson(uint32_t me, char **t) {
  uint32_t r = seed_of(me), place = me;
  long n = bursts();
  for (long b = 1; b <= n; b++) {
    for (int i = 0; i < BURST; i++) {
      r = next(r);
      uint32_t k = r % slots;
      if (t[k]) release(t, slots, k, t[k]);
      t[k] = block(16 + (r & 0x3FF), r);
      keep(t, slots, k, 16 + (r & 0x3FF));
    }
    if (b % 10 == 0) {
      place = (place + 1) % threads;
      char **other = atomic_exchange(&shelf[place], t);
      t = other ? other : table(slots);
    }
  }
  free_all(t, slots);
  pthread_barrier_wait(&end_line);
  char **left = atomic_exchange(&shelf[me], NULL);
  if (left) free_all(left, slots);
}

typedef struct {
  char *ring[RING][BATCH * SLOT_BYTES / 8];
  _Alignas(128) _Atomic uint64_t written;
  _Alignas(128) _Atomic uint64_t emptied;
} mailbox;

static mailbox *boxes;

static uint32_t fill(char **t, int count, uint32_t r) {
  for (int i = 0; i < count; i++) {
    r = next(r);
    t[i] = block(64 + r % 449, r);
    keep(t, (uint32_t)count, (uint32_t)i, 64 + r % 449);
  }
  return r;
}

static void empty(char **t, int count) {
  for (int i = 0; i < count; i++) release(t, (uint32_t)count, (uint32_t)i, t[i]);
}

static long batches(long parts, long each) {
  long n = (asked + parts * each - 1) / (parts * each);
  return n < 1 ? 1 : n;
}

static void producer_consumer(uint32_t me, char **t) {
  (void)t;
  mailbox *box = &boxes[me / 2];
  long n = batches(threads / 2, 2 * BATCH);
  uint32_t r = seed_of(me);
  for (uint64_t b = 0; b < (uint64_t)n; b++) {
    if (me % 2 == 0) {
      while (b - atomic_load_explicit(&box->emptied, memory_order_acquire) >= RING) sched_yield();
      r = fill(box->ring[b % RING], BATCH, r);
      atomic_store_explicit(&box->written, b + 1, memory_order_release);
    } else {
      while (atomic_load_explicit(&box->written, memory_order_acquire) == b) sched_yield();
      empty(box->ring[b % RING], BATCH);
      atomic_store_explicit(&box->emptied, b + 1, memory_order_release);
    }
  }
}

static void message_passing(uint32_t me, char **t) {
  (void)t;
  mailbox *out = &boxes[me], *in = &boxes[(me + threads - 1) % threads];
  uint64_t n = (uint64_t)batches(threads, 2 * (BATCH + KEPT)), sent = 0, received = 0;
  char *kept[KEPT * SLOT_BYTES / 8];
  uint32_t r = seed_of(me);
  while (sent < n || received < n) {
    int idle = 1;
    if (sent < n && sent - atomic_load_explicit(&out->emptied, memory_order_acquire) < RING) {
      r = fill(out->ring[sent % RING], BATCH, r);
      atomic_store_explicit(&out->written, ++sent, memory_order_release);
      r = fill(kept, KEPT, r);
      empty(kept, KEPT);
      idle = 0;
    }
    if (received < n && atomic_load_explicit(&in->written, memory_order_acquire) > received) {
      empty(in->ring[received % RING], BATCH);
      atomic_store_explicit(&in->emptied, ++received, memory_order_release);
      idle = 0;
    }
    if (idle) sched_yield();
  }
}

static void *short_thread(void *number) {
  uint32_t r = seed_of((uint32_t)(uintptr_t)number);
  char *t[SHORT_SLOTS * SLOT_BYTES / 8] = {0};
  for (int i = 0; i < SHORT_BURSTS * SHORT_BURST; i++) {
    r = next(r);
    TOGGLE(t, SHORT_SLOTS, r, 16 + (r & 0x3FF));
  }
  free_all(t, SHORT_SLOTS);
  return NULL;
}

static long short_threads_each(void) {
  long each = SHORT_BURSTS * SHORT_BURST, all = (asked + each - 1) / each, n = all / threads;
  return n < 1 ? 1 : n;
}

static void short_threads(uint32_t me, char **t) {
  (void)me;
  (void)t;
  long n = short_threads_each();
  for (long i = 0; i < n; i++) {
    pthread_t one;
    if (pthread_create(&one, NULL, short_thread, (void *)(uintptr_t)i)) exit(3);
    pthread_join(one, NULL);
  }
}

typedef void work(uint32_t me, char **t);
static work *chosen;

/* So that the two sides of a hand-over run side by side, not in turns on one processor. */
static void bind(uint32_t me) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed)) return;
  int nth = (int)(me % (uint32_t)CPU_COUNT(&allowed));
  for (int cpu = 0; cpu < CPU_SETSIZE; cpu++) {
    if (!CPU_ISSET(cpu, &allowed) || nth--) continue;
    CPU_ZERO(&one);
    CPU_SET(cpu, &one);
    if (sched_setaffinity(0, sizeof one, &one)) fprintf(stderr, "the threads are not bound to processors: the system refused\n");
    return;
  }
}

static void *member(void *number) {
  uint32_t me = (uint32_t)(uintptr_t)number;
  if (threads > 1) bind(me);
  char **t = table(slots);
  pthread_barrier_wait(&start_line);
  chosen(me, t);
  return NULL;
}

static void choose(const char *name) {
  total = per_thread() * threads;
  if (!strcmp(name, "random-mixed")) chosen = random_mixed;
  else if (!strcmp(name, "fixed-size")) chosen = fixed_size;
  else if (!strcmp(name, "large-sizes")) chosen = large_sizes;
  else if (!strcmp(name, "pairs")) chosen = pairs, total = bursts() * 2 * BURST * threads;
  else if (!strcmp(name, "larson")) chosen = larson, total = bursts() * 2 * BURST * threads;
  else if (!strcmp(name, "grow-shrink")) {
    long cycle = 2L * slots;
    chosen = grow_shrink, total = (per_thread() + cycle - 1) / cycle * cycle * threads;
  } else if (!strcmp(name, "producer-consumer")) {
    threads = threads < 2 ? 2 : threads / 2 * 2;
    chosen = producer_consumer, total = batches(threads / 2, 2 * BATCH) * 2 * BATCH * (threads / 2);
  } else if (!strcmp(name, "message-passing")) {
    chosen = message_passing, total = batches(threads, 2 * (BATCH + KEPT)) * 2 * (BATCH + KEPT) * threads;
  } else if (!strcmp(name, "short-threads")) {
    chosen = short_threads, total = short_threads_each() * threads * SHORT_BURSTS * SHORT_BURST;
  } else {
    fprintf(stderr, "no workload '%s' in C\n", name);
    exit(4);
  }
}

static double round_of(long operations, const char *name) {
  asked = operations;
  choose(name);
  pthread_t *ids = calloc(threads, sizeof *ids);
  shelf = calloc(threads, sizeof *shelf);
  boxes = aligned_alloc(128, threads * sizeof *boxes);
  if (!ids || !shelf || !boxes) exit(3);
  memset(boxes, 0, threads * sizeof *boxes);
  pthread_barrier_init(&start_line, NULL, threads + 1);
  pthread_barrier_init(&end_line, NULL, threads);
  for (uint32_t i = 0; i < threads; i++) {
    if (pthread_create(&ids[i], NULL, member, (void *)(uintptr_t)i)) exit(3);
  }
  struct timespec a, z;
  pthread_barrier_wait(&start_line);
  clock_gettime(CLOCK_MONOTONIC, &a);
  for (uint32_t i = 0; i < threads; i++) pthread_join(ids[i], NULL);
  clock_gettime(CLOCK_MONOTONIC, &z);
  free(ids);
  free(shelf);
  free(boxes);
  return (double)(z.tv_sec - a.tv_sec) + (double)(z.tv_nsec - a.tv_nsec) * 1e-9;
}

static long resident(void) {
  char line[256];
  long kilobytes = 0;
  FILE *file = fopen("/proc/self/status", "r");
  if (!file) return 0;
  while (fgets(line, sizeof line, file)) {
    if (!strncmp(line, "VmRSS:", 6)) kilobytes = strtol(line + 6, NULL, 10);
  }
  fclose(file);
  return kilobytes * 1024;
}

static long number(const char *text, long most) {
  char *end;
  long value = strtol(text, &end, 10);
  if (*end || value < 1 || value > most) {
    fprintf(stderr, "expected a number from 1 to %ld: %s\n", most, text);
    exit(2);
  }
  return value;
}

int main(int argc, char **argv) {
  if (argc < 5 || argc > 6) {
    fprintf(stderr, "usage: bench WORKLOAD operations working-set threads [seed]\n");
    return 2;
  }
  long operations = number(argv[2], INT64_MAX / 4);
  slots = (uint32_t)number(argv[3], 100000000);
  threads = (uint32_t)number(argv[4], 1024);
  seed = argc > 5 ? (uint32_t)number(argv[5], INT32_MAX) : 42;
  choose_free();
  long before = resident();
  round_of(operations / 10 + 1, argv[1]); /* its pages are touched and its lists filled */
  double seconds = round_of(operations, argv[1]);
  printf("Resident growth = %ld bytes\n", resident() - before);
  printf("Throughput = %.0f ops/s [iter=%ld ws=%u] time=%.3fs\n", (double)total / seconds, total, slots, seconds);
  return 0;
}
