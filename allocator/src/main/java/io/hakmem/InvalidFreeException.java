package io.hakmem;

import io.hakmem.thread.InvalidFrees;

/** Misuse that the free path has found: what is wrong, and with which block. */
public final class InvalidFreeException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final String kind;
  private final long address;

  InvalidFreeException(InvalidFrees.Kind kind, String message, long address) {
    super(message);
    this.kind = kind.eventName();
    this.address = address;
  }

  /** The address that was given to free, or that of the block that was damaged. */
  public long address() {
    return address;
  }

  /**
   * What is wrong, as in the event {@code io.hakmem.InvalidFree}: doubleFree, foreign, interior,
   * misaligned, headerDamaged, overrun, writeAfterFree, listCorrupted, closedAllocator or
   * wrongSize.
   */
  public String kind() {
    return kind;
  }
}
