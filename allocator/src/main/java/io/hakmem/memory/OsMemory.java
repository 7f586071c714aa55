package io.hakmem.memory;

import io.hakmem.event.Events;

/**
 * Memory from the operating system, and back to it. Thread-safe.
 *
 * <p>On Linux and macOS by {@code mmap}; elsewhere by arenas of the JDK, which works everywhere but
 * commits what it reserves.
 */
public abstract class OsMemory {

  private static final OsMemory PLATFORM = choose();

  OsMemory() {}

  /** The way that fits this platform. */
  public static OsMemory platform() {
    return PLATFORM;
  }

  private static OsMemory choose() {
    String os = System.getProperty("os.name", "");
    if (os.equals("Linux") || os.startsWith("Mac")) {
      return new PosixMemory(os.equals("Linux"));
    }
    return new ArenaMemory();
  }

  /**
   * Maps zeroed memory that counts as used only where it is touched.
   *
   * @param bytes how much, a multiple of {@link #pageBytes()}
   * @param alignment of the address, a power of two
   * @return the address
   * @throws OutOfMemoryError when the operating system refuses, with size and reason
   */
  public final long reserve(long bytes, long alignment, String purpose) {
    long address = map(bytes, alignment);
    Events.segmentReserve(address, bytes, purpose);
    return address;
  }

  /**
   * As {@link #reserve}, aligned to a page and below 2 GiB where that is possible. An address that
   * compiled code knows as a constant then is part of its loads and stores; a higher one takes a
   * register and two instructions each time.
   */
  public final long reserveLow(long bytes, String purpose) {
    long address = mapLow(bytes);
    Events.segmentReserve(address, bytes, purpose);
    return address;
  }

  /** Gives back what {@link #reserve} or {@link #reserveLow} returned, whole. */
  public final void release(long address, long bytes, String purpose) {
    unmap(address, bytes);
    Events.segmentRelease(address, bytes, purpose);
  }

  /** Whether memory that was reserved but never touched costs nothing. */
  public abstract boolean lazy();

  public abstract long pageBytes();

  /** Whether {@link #discard} works here. */
  public abstract boolean canDiscard();

  /**
   * Gives the contents of whole pages back but keeps the address; they read as zero or as before.
   */
  public abstract void discard(long address, long bytes);

  abstract long map(long bytes, long alignment);

  /** Maps pages at a low address, if this platform can. */
  long mapLow(long bytes) {
    return map(bytes, pageBytes());
  }

  abstract void unmap(long address, long bytes);

  static OutOfMemoryError refused(long bytes, String reason) {
    return new OutOfMemoryError(
        "the operating system refused " + bytes + " bytes of off-heap memory: " + reason);
  }
}
