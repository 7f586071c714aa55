package io.hakmem.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Every option of an allocator.
 *
 * @param limit most bytes to reserve from the operating system, {@link Long#MAX_VALUE} for no limit
 * @param decayMillis how long free memory may wait before it goes back to the operating system; 0
 *     for as soon as possible, -1 for never
 * @param threadCacheBytes what the lists of one thread may hold together
 * @param sharedCaches caches for the threads that own none, a power of two
 */
public record AllocatorOptions(
    long limit, long decayMillis, long threadCacheBytes, int sharedCaches) {

  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final long DEFAULT_DECAY_MILLIS = 1000;
  private static final long DEFAULT_THREAD_CACHE_BYTES = 4L << 20;
  private static final int MAX_SHARED_CACHES = 256;

  /** Name, unit, default and meaning of one option. */
  public record Option(String name, String unit, String defaultValue, String meaning) {

    /** Name of the system property. */
    public String property() {
      return "hakmem." + name;
    }

    /** Name of the environment variable. */
    public String environment() {
      return "HAKMEM_" + name.replace('.', '_').toUpperCase(Locale.ROOT);
    }
  }

  private static final Option LIMIT =
      new Option("limit", "bytes, k m g", "none", "most memory to reserve");
  private static final Option DECAY =
      new Option("decay", "ms", "1000", "free memory goes back after; 0 at once, -1 never");
  private static final Option THREAD_CACHE =
      new Option("thread.cache", "bytes, k m g", "4m", "what one thread's lists may hold");
  private static final Option SHARED_CACHES =
      new Option(
          "shared.caches", "caches", "2 a core", "for threads without one, as virtual threads");

  /** All options, in the order of the record. */
  public static final List<Option> OPTIONS = List.of(LIMIT, DECAY, THREAD_CACHE, SHARED_CACHES);

  /** Checks the ranges; {@code sharedCaches} is rounded up to a power of two. */
  public AllocatorOptions {
    check(LIMIT, limit, 1 << 22, NO_LIMIT);
    check(DECAY, decayMillis, -1, Integer.MAX_VALUE);
    check(THREAD_CACHE, threadCacheBytes, 1 << 16, 1L << 40);
    check(SHARED_CACHES, sharedCaches, 1, MAX_SHARED_CACHES);
    sharedCaches = 1 << (32 - Integer.numberOfLeadingZeros(sharedCaches - 1));
  }

  private static void check(Option option, long value, long min, long max) {
    if (value < min || value > max) {
      throw bad(option, String.valueOf(value), "a number from %d to %d".formatted(min, max));
    }
  }

  private static IllegalArgumentException bad(Option option, String value, String expected) {
    return new IllegalArgumentException(
        "%s=%s is not valid: expected %s (%s)"
            .formatted(option.property(), value, expected, option.meaning()));
  }

  /** The defaults, with nothing read from outside. */
  public static AllocatorOptions defaults() {
    return read(name -> null, name -> null);
  }

  /**
   * The defaults, overridden by environment variables, overridden by system properties.
   *
   * @throws IllegalArgumentException naming option, value and what was expected
   */
  public static AllocatorOptions fromSystem() {
    return read(System::getProperty, System::getenv);
  }

  static AllocatorOptions read(Source properties, Source environment) {
    Reader reader = new Reader(properties, environment);
    return new AllocatorOptions(
        reader.bytes(LIMIT, NO_LIMIT),
        reader.number(DECAY, DEFAULT_DECAY_MILLIS),
        reader.bytes(THREAD_CACHE, DEFAULT_THREAD_CACHE_BYTES),
        (int) reader.number(SHARED_CACHES, defaultSharedCaches()));
  }

  private static int defaultSharedCaches() {
    return Math.min(MAX_SHARED_CACHES, 2 * Runtime.getRuntime().availableProcessors());
  }

  public AllocatorOptions withLimit(long newLimit) {
    return new AllocatorOptions(newLimit, decayMillis, threadCacheBytes, sharedCaches);
  }

  public AllocatorOptions withDecayMillis(long newDecayMillis) {
    return new AllocatorOptions(limit, newDecayMillis, threadCacheBytes, sharedCaches);
  }

  public AllocatorOptions withThreadCacheBytes(long newThreadCacheBytes) {
    return new AllocatorOptions(limit, decayMillis, newThreadCacheBytes, sharedCaches);
  }

  public AllocatorOptions withSharedCaches(int newSharedCaches) {
    return new AllocatorOptions(limit, decayMillis, threadCacheBytes, newSharedCaches);
  }

  /** The options as a printable table with the values of this record. */
  public String table() {
    List<String> values =
        List.of(
            limit == NO_LIMIT ? "none" : String.valueOf(limit),
            String.valueOf(decayMillis),
            String.valueOf(threadCacheBytes),
            String.valueOf(sharedCaches));
    List<String> lines = new ArrayList<>();
    String format = "%-22s %-21s %-13s %-9s %-10s %s";
    lines.add(format.formatted("property", "environment", "unit", "default", "value", "meaning"));
    for (int i = 0; i < OPTIONS.size(); i++) {
      Option option = OPTIONS.get(i);
      lines.add(
          format.formatted(
              option.property(),
              option.environment(),
              option.unit(),
              option.defaultValue(),
              values.get(i),
              option.meaning()));
    }
    return String.join("\n", lines);
  }

  /** Where values come from: a name to a value or null. */
  interface Source {
    @org.jspecify.annotations.Nullable
    String get(String name);
  }

  private record Reader(Source properties, Source environment) {

    private String text(Option option) {
      String property = properties.get(option.property());
      String value = property != null ? property : environment.get(option.environment());
      return value == null ? "" : value.strip().toLowerCase(Locale.ROOT);
    }

    long number(Option option, long fallback) {
      String text = text(option);
      if (text.isEmpty()) {
        return fallback;
      }
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw bad(option, text, "a whole number");
      }
    }

    long bytes(Option option, long fallback) {
      String text = text(option);
      if (text.isEmpty() || text.equals("none")) {
        return fallback;
      }
      int shift = 10 * (1 + "kmgt".indexOf(text.charAt(text.length() - 1)));
      String digits = shift == 0 ? text : text.substring(0, text.length() - 1);
      try {
        return Math.multiplyExact(Long.parseLong(digits), 1L << shift);
      } catch (ArithmeticException | NumberFormatException e) {
        throw bad(option, text, "a number of bytes such as 67108864, 64m or 2g");
      }
    }
  }
}
