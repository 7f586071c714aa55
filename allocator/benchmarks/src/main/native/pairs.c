/* Allocate and free of one size, over and over: one block lives at a time.
 * usage: pairs [operations, two a pair] [bytes] [rounds]; prints one line a round. */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

int main(int argc, char **argv) {
  long operations = argc > 1 ? strtol(argv[1], NULL, 10) : 200000000;
  size_t size = argc > 2 ? (size_t)strtol(argv[2], NULL, 10) : 64;
  int rounds = argc > 3 ? atoi(argv[3]) : 3;
  if (operations < 2 || !size) return 2;
  for (int round = 0; round < rounds; round++) {
    struct timespec a, z;
    clock_gettime(CLOCK_MONOTONIC, &a);
    for (long i = 0; i < operations / 2; i++) {
      char *p = malloc(size);
      if (!p) return 3;
      *(volatile char *)p = (char)i;
      free(p);
    }
    clock_gettime(CLOCK_MONOTONIC, &z);
    double s = (double)(z.tv_sec - a.tv_sec) + (double)(z.tv_nsec - a.tv_nsec) * 1e-9;
    printf("Throughput = %9.0f ops/s [iter=%ld ws=1] time=%.3fs\n", (double)operations / s, operations, s);
  }
  return 0;
}
