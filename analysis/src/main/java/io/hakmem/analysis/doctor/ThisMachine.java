package io.hakmem.analysis.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What can be read of the machine that the doctor runs on: of use when the recording was made here.
 *
 * @param processors hardware threads
 * @param governor of the first processor's frequency; empty where unknown
 * @param degrees hottest thermal zone, in °C; negative where unknown
 * @param steal share of processor time that the hypervisor took, 0 to 1; negative where unknown
 */
record ThisMachine(long processors, String governor, int degrees, double steal) {

  private static final Path GOVERNOR =
      Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
  private static final Path THERMAL = Path.of("/sys/class/thermal");
  private static final int STEAL_FIELD = 8;

  static ThisMachine look() {
    return new ThisMachine(
        Runtime.getRuntime().availableProcessors(), firstLine(GOVERNOR), hottest(), stolen());
  }

  private static int hottest() {
    try (Stream<Path> zones = Files.list(THERMAL)) {
      return zones
          .map(zone -> firstLine(zone.resolve("temp")))
          .filter(text -> text.matches("\\d{1,6}"))
          .mapToInt(text -> Integer.parseInt(text) / 1000)
          .max()
          .orElse(-1);
    } catch (IOException e) {
      return -1; // no such folder on this system
    }
  }

  private static double stolen() {
    String[] fields = firstLine(Path.of("/proc/stat")).split("\\s+", -1);
    if (fields.length <= STEAL_FIELD || !fields[0].equals("cpu")) {
      return -1;
    }
    double all = 0;
    for (int i = 1; i <= STEAL_FIELD; i++) {
      all += Double.parseDouble(fields[i]);
    }
    return Double.parseDouble(fields[STEAL_FIELD]) / all;
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").strip();
    } catch (IOException | RuntimeException e) {
      return ""; // no such file on this system
    }
  }
}
