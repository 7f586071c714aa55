/* What random-mixed's live blocks cost in memory: the loop of random_mixed.c with every byte of
 * every block written, and the process's resident size before and after it (Linux).
 * usage: footprint [working-set slots] [operations] [seed] */
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Resident bytes, read without stdio, whose buffers would be allocated between the readings. */
static long resident(void) {
  char text[128];
  int file = open("/proc/self/statm", O_RDONLY);
  ssize_t length = file < 0 ? -1 : read(file, text, sizeof text - 1);
  if (file >= 0) close(file);
  if (length <= 0) return -1;
  text[length] = 0;
  char *second = strchr(text, ' ');
  return second ? strtol(second, NULL, 10) * sysconf(_SC_PAGESIZE) : -1;
}

int main(int argc, char **argv) {
  uint32_t slots = (uint32_t)(argc > 1 ? strtol(argv[1], NULL, 10) : 8192);
  long operations = argc > 2 ? strtol(argv[2], NULL, 10) : 10000000;
  uint32_t r = (uint32_t)(argc > 3 ? strtol(argv[3], NULL, 10) : 42);
  if (!slots || operations < 1 || !r) return 2;
  char **block = malloc(slots * sizeof *block);
  uint32_t *bytes = malloc(slots * sizeof *bytes);
  if (!block || !bytes) return 2;
  /* A loop that the compiler does not turn into calloc: the tables are resident before we start. */
  for (uint32_t k = 0; k < slots; k++) {
    *(char *volatile *)&block[k] = NULL;
    *(volatile uint32_t *)&bytes[k] = 0;
  }
  long before = resident();
  for (long i = 0; i < operations; i++) {
    r ^= r << 13;
    r ^= r >> 17;
    r ^= r << 5;
    uint32_t k = r % slots;
    if (block[k]) {
      free(block[k]);
      block[k] = NULL;
      bytes[k] = 0;
    } else {
      uint32_t size = 16 + (r & 0x3FF);
      char *p = malloc(size);
      if (!p) return 3;
      memset(p, (int)r, size);
      block[k] = p;
      bytes[k] = size;
    }
  }
  long growth = resident() - before;
  long live = 0;
  for (uint32_t k = 0; k < slots; k++) live += bytes[k];
  printf("live %ld bytes, resident growth %ld bytes, growth/live %.3f\n", live, growth, (double)growth / (double)live);
  return 0;
}
