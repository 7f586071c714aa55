package io.hakmem;

/** A free that a push path refused: what was wrong, and with which block. */
public final class InvalidFreeException extends IllegalStateException {

  private static final long serialVersionUID = 1;

  private final long address;

  InvalidFreeException(String message, long address) {
    super(message);
    this.address = address;
  }

  /** The address that was given to free. */
  public long address() {
    return address;
  }
}
