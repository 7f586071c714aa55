package io.hakmem.analysis.trace;

import io.hakmem.analysis.recording.EventSink;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;

/**
 * The operations that a recording holds. The packed form is kept in memory, some 4 bytes an
 * operation; the operations themselves are handed over one at a time.
 */
public final class Trace {

  private static final String EVENT = "io.hakmem.OperationTrace";

  private final Outcome outcome;
  private final Map<Long, List<Packet>> streams;

  private Trace(Outcome outcome, Map<Long, List<Packet>> streams) {
    this.outcome = outcome;
    this.streams = streams;
  }

  /**
   * What decoding found.
   *
   * @param operations handed over
   * @param bytes of the packed form
   * @param events that they came in
   * @param streams thread caches
   * @param lost operations that the program says it could not write
   * @param before operations that streams had done when the recording began, which is another one
   *     than they began with
   * @param faults what is missing or damaged, a sentence each; empty for a whole trace
   */
  public record Result(
      long operations,
      long bytes,
      long events,
      int streams,
      long lost,
      long before,
      List<String> faults) {}

  /**
   * Reads a recording.
   *
   * @throws RecordingException if it cannot be read, or holds no trace
   */
  public static Trace read(Path file) throws RecordingException {
    Map<Long, List<Packet>> streams = new TreeMap<>();
    Outcome outcome =
        RecordingReader.read(
            file,
            new EventSink() {
              @Override
              public void types(List<EventType> types) {}

              @Override
              public void event(RecordedEvent event) {
                if (event.getEventType().getName().equals(EVENT)) {
                  Packet packet = Packet.of(event);
                  streams.computeIfAbsent(packet.stream(), s -> new ArrayList<>()).add(packet);
                }
              }
            });
    if (streams.isEmpty()) {
      throw new RecordingException(
          file, "has no " + EVENT + "; expected a recording made with hakmem-trace.jfc");
    }
    // Events of a chunk are in no order; where one is repeated, the one with fewer comes first.
    Comparator<Packet> order = Comparator.comparingLong(Packet::fresh);
    streams.values().forEach(packets -> packets.sort(order.thenComparingLong(Packet::end)));
    return new Trace(outcome, streams);
  }

  /** Names of the streams' threads when they began, by stream; empty for shared caches. */
  public Map<Long, String> threadNames() {
    Map<Long, String> names = new TreeMap<>();
    streams.forEach((stream, packets) -> names.put(stream, packets.getFirst().threadName()));
    return names;
  }

  /**
   * Hands over all operations: one stream after the other, each in the order in which its thread
   * performed them. At damage the rest of the packet is left out.
   */
  public Result decode(Consumer<Operation> sink) {
    List<String> faults = new ArrayList<>();
    if (outcome.damaged()) {
      faults.add("The file " + outcome.damage() + ".");
    }
    long[] operations = {0};
    Consumer<Operation> counting =
        operation -> {
          operations[0]++;
          sink.accept(operation);
        };
    long bytes = 0;
    long events = 0;
    long lost = 0;
    long before = 0;
    for (Map.Entry<Long, List<Packet>> stream : streams.entrySet()) {
      List<Packet> packets = stream.getValue();
      long begin = begin(packets);
      decode(stream.getKey(), packets, begin, counting, faults);
      before += begin;
      lost += begin == 0 ? packets.getFirst().lost() : 0;
      events += packets.size();
      for (Packet packet : packets) {
        bytes += packet.data().length;
      }
    }
    return new Result(operations[0], bytes, events, streams.size(), lost, before, faults);
  }

  /**
   * Number of the first operation that the recording has to have. Of what came before, some may be
   * there: events that were written around its start are in no order.
   */
  private static long begin(List<Packet> packets) {
    long first = packets.getFirst().fresh();
    return packets.stream()
        .mapToLong(Packet::recordedFrom)
        .filter(from -> from >= first)
        .min()
        .orElse(0);
  }

  private static void decode(
      long stream,
      List<Packet> packets,
      long begin,
      Consumer<Operation> sink,
      List<String> faults) {
    StreamDecoder decoder = new StreamDecoder(stream, begin, sink);
    long expected = begin;
    for (Packet packet : packets) {
      if (packet.end() < begin) {
        continue;
      }
      long fresh = Math.max(begin, packet.fresh());
      if (fresh != expected) {
        faults.add(missing(stream, expected, fresh));
      }
      expected = packet.end();
      try {
        decoder.decode(packet);
      } catch (TraceException e) {
        faults.add(
            String.format(
                Locale.ROOT,
                "Stream %d from operation %,d on is damaged: %s.",
                stream,
                packet.first(),
                e.getMessage()));
      }
    }
    decoder.end();
  }

  private static String missing(long stream, long expected, long found) {
    return found > expected
        ? String.format(
            Locale.ROOT,
            "Stream %d lacks %,d operations from number %,d on.",
            stream,
            found - expected,
            expected)
        : String.format(Locale.ROOT, "Stream %d has operation %,d twice.", stream, found);
  }
}
