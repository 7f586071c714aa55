package io.hakmem.benchmarks.driver;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.BitSet;
import java.util.Optional;

/**
 * Binds threads to processors, as the workloads in C do, so that the two sides of a hand-over run
 * side by side in every run and not one after the other where the scheduler leaves both on one
 * processor. Does nothing where the operating system is not Linux.
 */
final class Cpus {

  private static final int SET_BYTES = 128;

  private static final Optional<MethodHandle> GET = function("sched_getaffinity");
  private static final Optional<MethodHandle> SET = function("sched_setaffinity");

  private Cpus() {}

  @SuppressWarnings("restricted") // the JDK has no call for it
  private static Optional<MethodHandle> function(String name) {
    Linker linker = Linker.nativeLinker();
    FunctionDescriptor type = FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS);
    return linker.defaultLookup().find(name).map(address -> linker.downcallHandle(address, type));
  }

  /** Binds the current thread, one of several, to one of the processors that it may use. */
  static void bind(int thread) {
    if (GET.isEmpty() || SET.isEmpty()) {
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment set = arena.allocate(SET_BYTES, Long.BYTES);
      int written = (int) GET.get().invokeExact(0, (long) SET_BYTES, set);
      BitSet allowed = BitSet.valueOf(set.asByteBuffer());
      if (written < 0 || allowed.isEmpty()) {
        return;
      }
      int[] cpus = allowed.stream().toArray();
      BitSet one = new BitSet();
      one.set(cpus[thread % cpus.length]);
      set.fill((byte) 0).copyFrom(MemorySegment.ofArray(one.toByteArray()));
      int refused = (int) SET.get().invokeExact(0, (long) SET_BYTES, set);
      if (refused != 0) {
        System.err.println("the threads are not bound to processors: the system refused");
      }
    } catch (Throwable e) {
      throw new IllegalStateException("calls of the C library throw nothing", e);
    }
  }
}
