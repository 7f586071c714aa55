package io.hakmem.analysis.record;

import io.hakmem.analysis.recording.EventSink;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * What a whole recording holds.
 *
 * @param bytes size of the file
 * @param counts events by type, those that happened
 * @param freePaths the push paths that ran
 * @param lostSamples CPU samples that the sampler dropped
 * @param start of its first event; {@link Instant#MAX} without any
 */
record Contents(
    long bytes,
    SortedMap<String, Long> counts,
    List<String> freePaths,
    long lostSamples,
    Instant start) {

  private static final String OURS = "io.hakmem.";

  /**
   * Reads all of it.
   *
   * @throws RecordingException if it is missing, no recording, empty, cut off or has lost data
   */
  static Contents read(Path recording) throws RecordingException {
    Counting counting = new Counting();
    RecordingReader.Outcome outcome = RecordingReader.read(recording, counting);
    if (outcome.damaged()) {
      throw new RecordingException(recording, outcome.damage());
    }
    if (outcome.events() == 0) {
      throw new RecordingException(recording, "has no events");
    }
    if (counting.losses > 0) {
      throw new RecordingException(
          recording,
          "is incomplete: Flight Recorder lost "
              + counting.lostBytes
              + " bytes in "
              + counting.losses
              + " places (jdk.DataLoss); events came faster than the disk took them");
    }
    return new Contents(
        outcome.bytes(),
        counting.counts,
        List.copyOf(counting.freePaths),
        counting.lostSamples,
        counting.start);
  }

  /** Counts of the allocator's events, by their simple names. */
  SortedMap<String, Long> ours() {
    SortedMap<String, Long> ours = new TreeMap<>();
    counts.forEach(
        (name, count) -> {
          if (name.startsWith(OURS)) {
            ours.put(name.substring(OURS.length()), count);
          }
        });
    return ours;
  }

  /** Events of the JVM that its profile does not ask for, as another recording brings them. */
  SortedSet<String> unasked(Set<String> asked) {
    SortedSet<String> unasked = new TreeSet<>(counts.keySet());
    unasked.removeIf(name -> !name.startsWith("jdk.") || asked.contains(name));
    return unasked;
  }

  /** Whether every operation is in it. */
  boolean isTrace() {
    return counts.containsKey(OURS + "OperationTrace");
  }

  /** The sampler that the analysis takes, with its count; null without samples. */
  Map.@Nullable Entry<String, Long> cpuSamples() {
    for (String sampler : List.of("jdk.CPUTimeSample", "jdk.ExecutionSample")) {
      Long count = counts.get(sampler);
      if (count != null) {
        return Map.entry(sampler, count);
      }
    }
    return null;
  }

  private static final class Counting implements EventSink {

    private final SortedMap<String, Long> counts = new TreeMap<>();
    private final TreeSet<String> freePaths = new TreeSet<>();
    private long losses;
    private long lostBytes;
    private long lostSamples;
    private Instant start = Instant.MAX;

    @Override
    public void types(List<EventType> types) {
      // Types without events have nothing to count.
    }

    @Override
    public void event(RecordedEvent event) {
      String name = event.getEventType().getName();
      counts.merge(name, 1L, Long::sum);
      if (event.getStartTime().isBefore(start)) {
        start = event.getStartTime();
      }
      switch (name) {
        case "io.hakmem.FreePathInstalled" -> freePaths.add(event.getString("freePath"));
        case "jdk.DataLoss" -> {
          losses++;
          lostBytes += event.getLong("amount");
        }
        case "jdk.CPUTimeSamplesLost" -> lostSamples += event.getInt("lostSamples");
        default -> {}
      }
    }
  }
}
