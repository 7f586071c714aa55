package io.hakmem.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is in memory of each mapping of this process, as {@code /proc/self/smaps} has it. */
record ResidentMemory(List<Mapping> mappings) {

  /** Resident bytes of the addresses from {@code start} to below {@code end}. */
  record Mapping(long start, long end, long residentBytes) {}

  private static final Path SOURCE = Path.of("/proc/self/smaps");
  private static final Pattern RANGE = Pattern.compile("([0-9a-f]+)-([0-9a-f]+) .*");
  private static final Pattern RESIDENT = Pattern.compile("Rss: +(\\d+) kB");

  /** Reads all mappings; there are none where the operating system has no such file. */
  static ResidentMemory read() {
    try {
      return parse(Files.isReadable(SOURCE) ? Files.readAllLines(SOURCE) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static ResidentMemory parse(List<String> lines) {
    List<Mapping> mappings = new ArrayList<>();
    long start = 0;
    long end = 0;
    for (String line : lines) {
      Matcher range = RANGE.matcher(line);
      Matcher resident = RESIDENT.matcher(line);
      if (range.matches()) {
        start = Long.parseUnsignedLong(range.group(1), 16);
        end = Long.parseUnsignedLong(range.group(2), 16);
      } else if (resident.matches()) {
        mappings.add(new Mapping(start, end, Long.parseLong(resident.group(1)) * 1024));
      }
    }
    return new ResidentMemory(List.copyOf(mappings));
  }

  boolean isKnown() {
    return !mappings.isEmpty();
  }

  long processBytes() {
    return mappings.stream().mapToLong(Mapping::residentBytes).sum();
  }

  /** Resident bytes of the mappings that hold one of the addresses, which are sorted, or more. */
  long bytesAround(long[] addresses) {
    long bytes = 0;
    for (Mapping mapping : mappings) {
      int found = Arrays.binarySearch(addresses, mapping.start);
      int next = found >= 0 ? found : -found - 1;
      if (next < addresses.length && addresses[next] < mapping.end) {
        bytes += mapping.residentBytes;
      }
    }
    return bytes;
  }
}
