package io.hakmem.benchmarks.peer;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's {@code malloc} by the foreign function interface. As critical functions, which
 * leave out the change of the thread's state, unless {@code hakmem.bench.critical} is false.
 */
final class MallocPeer extends AddressPeer {

  private static final MethodHandle MALLOC =
      function("malloc", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG));
  private static final MethodHandle FREE = function("free", FunctionDescriptor.ofVoid(JAVA_LONG));

  @SuppressWarnings("restricted") // calling C is what this peer measures
  private static MethodHandle function(String name, FunctionDescriptor type) {
    Linker linker = Linker.nativeLinker();
    MemorySegment address = linker.defaultLookup().findOrThrow(name);
    boolean critical = !"false".equals(System.getProperty("hakmem.bench.critical"));
    return critical
        ? linker.downcallHandle(address, type, Linker.Option.critical(false))
        : linker.downcallHandle(address, type);
  }

  @Override
  protected long allocate(long size) {
    try {
      return (long) MALLOC.invokeExact(size);
    } catch (Throwable e) {
      throw new AssertionError("malloc throws nothing", e);
    }
  }

  @Override
  protected void free(long address) {
    try {
      FREE.invokeExact(address);
    } catch (Throwable e) {
      throw new AssertionError("free throws nothing", e);
    }
  }
}
