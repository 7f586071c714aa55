package io.hakmem.thread;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;
import io.hakmem.event.Sources;
import io.hakmem.memory.OsMemory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** What recordings say by themselves about all allocators of the process. */
final class ProcessEvents {

  private static final AllocatorOptions OPTIONS = AllocatorOptions.fromSystem();

  private static final AtomicBoolean STARTED = new AtomicBoolean();

  private ProcessEvents() {}

  static void start() {
    if (!STARTED.compareAndSet(false, true)) {
      return;
    }
    // A recording that is on already saw its chunk begin before there was an allocator. Without the
    // counters of now, who reads it could not tell how far they rose in it.
    emitConfiguration();
    emitStatistics();
    Sources.periodic(
        ProcessEvents::emitStatistics, FreePaths::emit, ProcessEvents::emitConfiguration);
  }

  private static void emitConfiguration() {
    @Nullable String version = ProcessEvents.class.getPackage().getImplementationVersion();
    Events.allocatorConfiguration(
        version == null ? "development" : version,
        FreePaths.live().path(),
        String.join(" ", OPTIONS.values()),
        SizeClasses.COUNT,
        SizeClasses.MAX_CLASS_BYTES,
        OsMemory.platform().pageBytes());
  }

  private static void emitStatistics() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      ClassCounters counters = Registries.counters(sizeClass);
      Events.fastPathStatistics(
          sizeClass,
          SizeClasses.stride(sizeClass),
          counters.allocateHits(),
          counters.freeHits(),
          counters.refills(),
          counters.rejections(),
          counters.cached(),
          counters.capacity());
    }
  }
}
