package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The one owner of native calls: {@code mmap} and {@code munmap} of Linux and macOS. */
@SuppressWarnings("restricted") // native calls are what this class is for
final class PosixMemory extends OsMemory {

  private static final int PROT_READ_WRITE = 0x1 | 0x2;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_ANONYMOUS_LINUX = 0x20;
  private static final int MAP_ANONYMOUS_MACOS = 0x1000;
  private static final long MAP_FAILED = -1;
  private static final int MADV_DONTNEED_LINUX = 4;
  private static final int MADV_FREE_MACOS = 5;

  private static final long ANYWHERE = 0;

  /** Low addresses are wished for in these steps, 256 MiB: Java's heap may have some of them. */
  private static final long FIRST_WISH = 1L << 28;

  private static final long LOW_END = 1L << 31;

  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

  private final MethodHandle mmap;
  private final MethodHandle munmap;
  private final MethodHandle madvise;
  private final long pageBytes;
  private final int mapFlags;
  private final int discardAdvice;

  PosixMemory(boolean linux) {
    Linker linker = Linker.nativeLinker();
    Linker.Option errno = Linker.Option.captureCallState("errno");
    mmap =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("mmap"),
            FunctionDescriptor.of(
                JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            errno);
    munmap =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("munmap"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG),
            errno);
    madvise =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("madvise"),
            FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT),
            errno);
    discardAdvice = linux ? MADV_DONTNEED_LINUX : MADV_FREE_MACOS;
    mapFlags = MAP_PRIVATE | (linux ? MAP_ANONYMOUS_LINUX : MAP_ANONYMOUS_MACOS);
    pageBytes = pageBytes(linker);
  }

  private static long pageBytes(Linker linker) {
    try {
      MethodHandle getpagesize =
          linker.downcallHandle(
              linker.defaultLookup().findOrThrow("getpagesize"), FunctionDescriptor.of(JAVA_INT));
      return (int) getpagesize.invokeExact();
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public boolean lazy() {
    return true;
  }

  @Override
  public long pageBytes() {
    return pageBytes;
  }

  /** Maps more than asked where a page's alignment is not enough, and gives the rest back. */
  @Override
  long map(long bytes, long alignment) {
    if (alignment <= pageBytes) {
      return mapPages(bytes, ANYWHERE);
    }
    long mapped = mapPages(Math.addExact(bytes, alignment), ANYWHERE);
    long address = (mapped + alignment - 1) & -alignment;
    if (address > mapped) {
      unmap(mapped, address - mapped);
    }
    long end = mapped + bytes + alignment;
    if (end > address + bytes) {
      unmap(address + bytes, end - address - bytes);
    }
    return address;
  }

  /** The system takes an address as a wish, and maps elsewhere where it can't be granted. */
  @Override
  long mapLow(long bytes) {
    for (long wish = FIRST_WISH; wish + bytes <= LOW_END; wish += FIRST_WISH) {
      long address = mapPages(bytes, wish);
      if (address + bytes <= LOW_END) {
        return address;
      }
      unmap(address, bytes);
    }
    return mapPages(bytes, ANYWHERE);
  }

  private long mapPages(long bytes, long wish) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      long address =
          (long)
              mmap.invokeExact(
                  state, MemorySegment.ofAddress(wish), bytes, PROT_READ_WRITE, mapFlags, -1, 0L);
      if (address == MAP_FAILED) {
        throw refused(bytes, "mmap failed with errno " + ERRNO.get(state, 0L));
      }
      return address;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  void unmap(long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int failed = (int) munmap.invokeExact(state, address, bytes);
      if (failed != 0) {
        throw failed("munmap", address, bytes, state);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  @Override
  public boolean canDiscard() {
    return true;
  }

  @Override
  public void discard(long address, long bytes) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(CALL_STATE);
      int failed = (int) madvise.invokeExact(state, address, bytes, discardAdvice);
      if (failed != 0) {
        throw failed("madvise", address, bytes, state);
      }
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  private static IllegalStateException failed(
      String call, long address, long bytes, MemorySegment state) {
    return new IllegalStateException(
        "%s of %d bytes at 0x%x failed with errno %d"
            .formatted(call, bytes, address, (int) ERRNO.get(state, 0L)));
  }

  private static RuntimeException unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown instanceof RuntimeException exception) {
      return exception;
    }
    return new IllegalStateException(thrown);
  }
}
