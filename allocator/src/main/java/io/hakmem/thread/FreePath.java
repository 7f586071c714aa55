package io.hakmem.thread;

/**
 * The seam: every free and allocation of a block of a size class passes here, and the agent may put
 * another path in its place, a class of this package with the same methods.
 *
 * <p>Whatever stands here must keep the lists readable for the others, since it can change while
 * threads run. All methods change at once.
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
   * Whether the size that a user gives says which class a block is of, if one serves that size:
   * then the free reads nothing of the block, which may lie in another processor's cache.
   *
   * @param user the user's address, not yet known to be a block's
   * @return false where the header has to say where the free goes
   */
  public static boolean goesBySize(long user) {
    return DirectPush.goesBySize(user);
  }

  /**
   * Puts a block on the list of its class.
   *
   * @param cache the caller's thread cache; only its owner may call
   * @param sizeClass 0 to 31, from the block's header or from its size, see {@link #goesBySize}
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

  /** Whether this path holds every operation against records; slow halves then do so too. */
  public static boolean checks() {
    return DirectPush.checks();
  }

  /**
   * Says that a block in use serves another size from now on, or that the bytes behind the size may
   * have been written by the allocator itself.
   *
   * @param block its own address
   * @param user the address that the user has: the same, or an aligned one in the block
   * @param requested bytes from {@code user} on
   */
  public static void resized(long block, long user, long requested) {
    DirectPush.resized(block, user, requested);
  }

  /**
   * Holds the size that a user gives at a free against the one that was asked for.
   *
   * @return false where it was wrong and reported: the block is not to be freed
   */
  public static boolean checkSize(long user, long size) {
    return DirectPush.checkSize(user, size);
  }
}
