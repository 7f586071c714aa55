package io.hakmem;

import io.hakmem.config.SizeClasses;

/** Which class serves a size. */
public final class Sizes {

  private Sizes() {}

  /** Whether blocks of a size come from a size class at all. */
  public static boolean hasClass(long size) {
    return size <= SizeClasses.MAX_CLASS_BYTES;
  }

  public static int classOf(int size) {
    return size <= SizeClasses.MAX_TINY_BYTES
        ? SizeClasses.ofTiny(size)
        : SizeClasses.ofMedium(size);
  }
}
