package io.hakmem.benchmarks.peer;

import java.util.List;
import java.util.Optional;

/**
 * All peers by name. Those of other projects are in a jar that is built on demand; only the class
 * of the peer that runs is loaded, see {@link Peer}.
 */
public final class PeerCatalog {

  private static final String HERE = PeerCatalog.class.getPackageName() + ".";
  private static final String OTHERS = "io.hakmem.benchmarks.peers.";

  /**
   * Settings for Netty's hot path: memory access without bounds checks, no check of the buffers'
   * life, thread-local pools for every thread. (Its threads are event loops too.)
   */
  private static final List<String> NETTY_TUNED =
      List.of(
          "-Dio.netty.noUnsafe=false",
          "--sun-misc-unsafe-memory-access=allow",
          "-Dio.netty.buffer.checkAccessible=false",
          "-Dio.netty.buffer.checkBounds=false",
          "-Dio.netty.allocator.useCacheForAllThreads=true",
          "-Dio.netty.allocator.useCachedMagazinesForNonEventLoopThreads=true",
          "-Dhakmem.bench.eventLoop=true");

  private static final List<String> LWJGL_TUNED =
      List.of("-Dorg.lwjgl.util.NoChecks=true", "--sun-misc-unsafe-memory-access=allow");

  private static final List<String> ARROW =
      List.of(
          "--add-opens=java.base/java.nio=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

  private static final List<Entry> ENTRIES =
      List.of(
          here("hakmem", "ours, static methods", "HakmemPeer"),
          here("hakmem-handle", "ours, the thread's cache in hand", "HandlePeer"),
          here("hakmem-sized", "ours, frees by address and size", "HakmemSizedPeer"),
          here("hakmem-handle-sized", "the same, cache in hand", "HandleSizedPeer"),
          here("floor", "the loop without an allocator", "FloorPeer"),
          here("malloc", "C's malloc by FFM, critical", "MallocPeer"),
          here(
              "malloc-default",
              "C's malloc by FFM, as the linker makes it",
              "MallocPeer",
              "-Dhakmem.bench.critical=false"),
          here("arena", "Arena.ofConfined() for each block", "ConfinedArenaPeer"),
          here("byte-buffer", "ByteBuffer.allocateDirect", "ByteBufferPeer"),
          other("netty-pooled", "Netty's pool, defaults", "NettyPooledPeer", List.of()),
          other("netty-pooled-tuned", "event loop, no checks", "NettyPooledPeer", NETTY_TUNED),
          other("netty-adaptive", "Netty 4.2's default, defaults", "NettyAdaptivePeer", List.of()),
          other("netty-adaptive-tuned", "event loop, no checks", "NettyAdaptivePeer", NETTY_TUNED),
          other("jemalloc-lwjgl", "LWJGL, defaults", "JemallocPeer", List.of()),
          other("jemalloc-lwjgl-tuned", "LWJGL, no checks", "JemallocPeer", LWJGL_TUNED),
          other("rpmalloc-lwjgl", "LWJGL, defaults", "RpmallocPeer", List.of()),
          other("rpmalloc-lwjgl-tuned", "LWJGL, no checks", "RpmallocPeer", LWJGL_TUNED),
          other("mimalloc-lwjgl", "LWJGL, defaults", "MimallocPeer", List.of()),
          other("mimalloc-lwjgl-tuned", "LWJGL, no checks", "MimallocPeer", LWJGL_TUNED),
          other("arrow", "Arrow, defaults", "ArrowPeer", ARROW),
          other("arrow-tuned", "Arrow, no checks", "ArrowPeer", arrowTuned()));

  /**
   * A peer that may be chosen.
   *
   * @param flags that its JVM needs
   */
  public record Entry(String name, String meaning, String className, List<String> flags) {

    /** Whether the class path has it. */
    public boolean isPresent() {
      String file = className.replace('.', '/') + ".class";
      return PeerCatalog.class.getClassLoader().getResource(file) != null;
    }

    /** Makes it. */
    public Peer create() {
      try {
        var constructor = Class.forName(className).getDeclaredConstructor();
        constructor.setAccessible(true);
        return (Peer) constructor.newInstance();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("peer " + name + " cannot be made", e);
      }
    }
  }

  private PeerCatalog() {}

  public static List<Entry> entries() {
    return ENTRIES;
  }

  public static Optional<Entry> find(String name) {
    return ENTRIES.stream().filter(entry -> entry.name.equals(name)).findFirst();
  }

  private static Entry here(String name, String meaning, String type, String... flags) {
    return new Entry(name, meaning, HERE + type, List.of(flags));
  }

  private static Entry other(String name, String meaning, String type, List<String> flags) {
    return new Entry(name, meaning, OTHERS + type, flags);
  }

  private static List<String> arrowTuned() {
    return List.of(
        ARROW.get(0),
        ARROW.get(1),
        "-Darrow.enable_unsafe_memory_access=true",
        "-Darrow.enable_null_check_for_get=false");
  }
}
