package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;

/** Where the push paths take what they refuse. Thread-safe. */
public final class InvalidFrees {

  /** What is wrong with a free. */
  public enum Kind {
    NONE("nothing is wrong"),
    MISALIGNED("the address is not a multiple of 16"),
    HEADER_CORRUPTED("the header byte in front of the block was overwritten"),
    DOUBLE_FREE("the block was freed already"),
    NOT_A_BLOCK("no block of this allocator starts there");

    private final String meaning;

    Kind(String meaning) {
      this.meaning = meaning;
    }

    public String meaning() {
      return meaning;
    }
  }

  /** What to do about an invalid free; may throw. */
  @FunctionalInterface
  public interface Handler {
    void invalidFree(Kind kind, long user, int header);
  }

  /** Ends a probe's push: it expects to be refused. */
  static final class RefusedInProbe extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedInProbe() {
      super("refused in a probe", null, false, false);
    }
  }

  private static volatile Handler handler =
      (kind, user, header) -> {
        throw new IllegalStateException("invalid free of 0x" + Long.toHexString(user));
      };

  private InvalidFrees() {}

  public static void handler(Handler newHandler) {
    handler = newHandler;
  }

  /** What follows an invalid free, as the option's value is written. */
  static String policyName() {
    return "throw";
  }

  static void report(Kind kind, long cache, int sizeClass, long base) {
    if (getInt(cache + CacheLayout.PRIVATE) != 0) {
      throw new RefusedInProbe();
    }
    handler.invalidFree(kind, base + HEADER_BYTES, getByte(base) & 0xFF);
  }
}
