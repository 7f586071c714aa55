package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.ChunkFile;
import io.hakmem.analysis.recording.ChunkHeader;
import io.hakmem.analysis.recording.ChunkSink;
import io.hakmem.analysis.recording.Constants;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.recording.TypeLayout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Fills a store from recordings. Memory is bounded by the constants of one chunk, a vector of rows
 * per event type and the dictionaries, not by the number of events.
 */
final class RecordingLoader implements ChunkSink {

  /** JFR counts types up from 0; numbers far beyond are looked up in a map. */
  private static final int DIRECT_TYPES = 1 << 14;

  private final StoreWriter store;
  private final LoadProgress progress;
  private final Dictionaries dictionaries;
  private final Fields planner;
  private final Map<String, EventType> types = new TreeMap<>();
  private final Set<String> known = new HashSet<>();
  private final Names views = new Names();
  private final Names tables = new Names();

  private Map<Long, TypeLayout> layouts = Map.of();
  private final EventTable.@Nullable Entry[] direct = new EventTable.@Nullable Entry[DIRECT_TYPES];
  private final Map<Long, EventTable.Entry> others = new HashMap<>();
  private @Nullable Chunk chunk;
  private EventTable.@Nullable Entry current;
  private long events;

  private RecordingLoader(StoreWriter store, LoadProgress progress) {
    this.store = store;
    this.progress = progress;
    this.dictionaries = new Dictionaries(store);
    this.planner = new Fields(dictionaries);
  }

  /**
   * Loads recordings in their order.
   *
   * @throws RecordingException for the first file of which nothing can be read
   */
  static void load(List<Path> recordings, Path file, LoadProgress progress)
      throws RecordingException {
    try (StoreWriter store = new StoreWriter(file)) {
      progress.start(recordings.stream().mapToLong(RecordingLoader::size).sum());
      RecordingLoader loader = new RecordingLoader(store, progress);
      for (Path recording : recordings) {
        Outcome outcome = ChunkFile.read(recording, loader);
        progress.next(outcome.bytes());
        loader.record(outcome);
      }
      loader.finish();
      store.commit();
    } finally {
      progress.done();
    }
  }

  /** The reader says what is wrong with a file that has no size. */
  private static long size(Path recording) {
    try {
      return Files.size(recording);
    } catch (IOException e) {
      return 0;
    }
  }

  private void record(Outcome outcome) {
    store.execute(
        "INSERT INTO hakmem.recordings VALUES (%s, %d, %d, %s)"
            .formatted(
                Sql.text(outcome.file().toString()),
                outcome.bytes(),
                outcome.events(),
                Sql.text(outcome.damage())));
  }

  @Override
  public void begin(ChunkHeader header, List<TypeLayout> eventTypes, Constants constants) {
    chunk = new Chunk(header, constants);
    Arrays.fill(direct, null);
    others.clear();
    layouts = new HashMap<>();
    for (TypeLayout layout : eventTypes) {
      if (layout.fields().isEmpty()) {
        continue; // No writer declares that, and no table can have it.
      }
      layouts.put(layout.id(), layout);
      if (known.add(layout.name() + layout.fields())) {
        table(layout);
      }
    }
  }

  private EventTable table(TypeLayout layout) {
    return types
        .computeIfAbsent(layout.name(), name -> new EventType(views.distinct(name)))
        .table(store, tables, planner.plans(layout.fields()));
  }

  @Override
  public boolean event(long type, ByteCursor in, int end) {
    EventTable.Entry entry =
        type >= 0 && type < DIRECT_TYPES ? direct[(int) type] : others.get(type);
    if (entry == null) {
      entry = bind(type);
      if (entry == null) {
        return false;
      }
    }
    current = entry;
    entry.add(in, end);
    events++;
    return true;
  }

  /** The first event of its type in the chunk. */
  private EventTable.@Nullable Entry bind(long type) {
    TypeLayout layout = layouts.get(type);
    Chunk context = chunk;
    if (layout == null || context == null) {
      return null;
    }
    EventTable.Entry entry = table(layout).bind(layout, context);
    if (type >= 0 && type < DIRECT_TYPES) {
      direct[(int) type] = entry;
    } else {
      others.put(type, entry);
    }
    return entry;
  }

  @Override
  public void undo() {
    if (current != null) {
      current.undo();
    }
  }

  @Override
  public void progress(long bytes) {
    progress.show(bytes, events);
  }

  private void finish() {
    StringBuilder script = new StringBuilder();
    dictionaries.close();
    for (EventType type : types.values()) {
      type.finish(store);
      script
          .append(type.createView())
          .append(
              "INSERT INTO hakmem.event_types VALUES (%s, %d);"
                  .formatted(Sql.text(type.name()), type.events()));
    }
    store.execute(Database.resource("lookup.sql"));
    store.execute(script.toString());
  }
}
