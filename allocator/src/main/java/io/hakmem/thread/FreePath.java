package io.hakmem.thread;

/**
 * The seam: every free of a block of a size class passes here, and the agent may put another push
 * in its place.
 *
 * <p>Whatever stands here must keep the lists readable for the others, since it can change while
 * threads run.
 */
public final class FreePath {

  private FreePath() {}

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
}
