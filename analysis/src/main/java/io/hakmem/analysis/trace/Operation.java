package io.hakmem.analysis.trace;

/**
 * One allocate or free.
 *
 * @param stream whose operation it is: one thread cache, from its first traced operation on
 * @param number in the stream, from 0
 * @param thread Java thread id
 * @param time nanoseconds since 1970; between two readings of the clock it is spread evenly
 * @param allocate or else free
 * @param address that the user got or gave
 * @param size that was asked for; -1 for a free, which is not told
 * @param sizeClass 0 to 31, or -1 for a span or a mapping
 * @param alignment that was asked for, 16 if none; 0 for a free
 * @param block address of the block around; another one than {@code address} only if aligned
 */
public record Operation(
    long stream,
    long number,
    long thread,
    long time,
    boolean allocate,
    long address,
    long size,
    int sizeClass,
    long alignment,
    long block) {

  /** What every block is aligned to, asked or not. */
  static final long BLOCK_ALIGNMENT = 16;

  /** Whether {@link #aligned} was applied; the program may say so twice. */
  boolean isAligned() {
    return address != block || alignment > BLOCK_ALIGNMENT;
  }

  /** As an operation on an address inside the block; the alignment is 1 for a free. */
  Operation aligned(long offset, long newAlignment) {
    long newSize = allocate ? size - (newAlignment - BLOCK_ALIGNMENT) : size;
    long shown = allocate ? newAlignment : 0;
    return new Operation(
        stream, number, thread, time, allocate, block + offset, newSize, sizeClass, shown, block);
  }

  Operation at(long newTime) {
    return new Operation(
        stream, number, thread, newTime, allocate, address, size, sizeClass, alignment, block);
  }
}
