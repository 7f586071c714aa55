package io.hakmem.central;

import org.jspecify.annotations.Nullable;

/**
 * Blocks of one class that move together, linked through their next pointers.
 *
 * @param head base of the first block
 * @param count how many
 * @param source the deepest store that had to help: {@link #CENTRAL}, {@link #SLAB}, {@link
 *     #SEGMENT} or {@link #OS}
 * @param index of its blocks, where a thread spilled it that only frees
 */
public record Batch(long head, int count, String source, @Nullable BatchIndex index) {

  Batch(long head, int count, String source) {
    this(head, count, source, null);
  }

  public static final String CENTRAL = "central";
  public static final String SLAB = "slab";
  public static final String SEGMENT = "segment";
  public static final String OS = "os";
}
