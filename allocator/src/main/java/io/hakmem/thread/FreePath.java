package io.hakmem.thread;

/**
 * The seam: every free and allocation of a block of a size class passes here, and the agent may put
 * another path in its place, a class of this package with the same three methods.
 *
 * <p>Whatever stands here must keep the lists readable for the others, since it can change while
 * threads run. All three methods change at once.
 */
public final class FreePath {

  private FreePath() {}

  /**
   * The byte that says where a free goes.
   *
   * @param base address in front of what a user wants to free, not yet known to be a block
   */
  public static int header(long base) {
    return DirectPush.header(base);
  }

  /**
   * Puts a block on the list of its class.
   *
   * @param cache the caller's thread cache; only its owner may call
   * @param sizeClass 0 to 31, from the block's header
   * @param base address of the block's header, not the user's address
   * @return false when the list takes no more now: the slow half has to make room
   */
  public static boolean push(long cache, int sizeClass, long base) {
    return DirectPush.push(cache, sizeClass, base);
  }

  /**
   * Takes the block that was freed last from the list of its class.
   *
   * @param cache as for {@link #push}
   * @param requested bytes that the user asked for
   * @return the user's address, or 0 when the slow half has to look first
   */
  public static long pop(long cache, int sizeClass, long requested) {
    return DirectPush.pop(cache, sizeClass, requested);
  }
}
