package io.hakmem.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every option of an allocator.
 *
 * @param limit most bytes to reserve from the operating system, {@link Long#MAX_VALUE} for no limit
 * @param decayMillis how long free memory may wait before it goes back to the operating system; 0
 *     for as soon as possible, -1 for never
 * @param threadCacheBytes what the lists of one thread may hold together
 * @param sharedCaches caches for the threads that own none, a power of two
 * @param jmx whether the allocator of the process shows its numbers in JMX from the start
 * @param checks what is done about misuse; those of the system are in force for all allocators
 */
public record AllocatorOptions(
    long limit,
    long decayMillis,
    long threadCacheBytes,
    int sharedCaches,
    boolean jmx,
    CheckOptions checks) {

  private static final long NO_LIMIT = Long.MAX_VALUE;
  private static final long DEFAULT_DECAY_MILLIS = 1000;
  private static final long DEFAULT_THREAD_CACHE_BYTES = 4L << 20;
  private static final int MAX_SHARED_CACHES = 256;
  private static final int DEFAULT_STACKS = 1000;
  private static final long DEFAULT_QUARANTINE_BYTES = 4L << 10;
  private static final int DEFAULT_SWEEP_MILLIS = 1000;

  /** Set where the JVM is started for JMX, so that loading it costs nothing more. */
  private static final String REMOTE_JMX_PROPERTY = "com.sun.management.jmxremote";

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

  private static final Option JMX =
      new Option("jmx", "true, false", "if remote", "show the numbers in JMX from the start");

  private static final Option ON_INVALID =
      new Option("onInvalid", "policy", "throw", "misuse found: throw, report or halt");
  private static final Option POISON =
      new Option("checked.poison", "part", "all", "of free blocks: all, edges or off");
  private static final Option STACKS =
      new Option(
          "checked.stacks", "operations", "1000", "a stack of one in so many, 1 all, 0 none");
  private static final Option QUARANTINE =
      new Option("checked.quarantine", "bytes, k m g", "4k", "held back a thread and class");
  private static final Option LEAKS =
      new Option("checked.leaks", "moment", "close", "list live blocks: off, close or exit");
  private static final Option SWEEP =
      new Option("checked.sweep", "ms", "1000", "verify free blocks every, 0 never");

  /** All options, in the order of the record. */
  public static final List<Option> OPTIONS =
      List.of(
          LIMIT,
          DECAY,
          THREAD_CACHE,
          SHARED_CACHES,
          JMX,
          ON_INVALID,
          POISON,
          STACKS,
          QUARANTINE,
          LEAKS,
          SWEEP);

  /** Checks the ranges; {@code sharedCaches} is rounded up to a power of two. */
  public AllocatorOptions {
    check(LIMIT, limit, 1 << 22, NO_LIMIT);
    check(DECAY, decayMillis, -1, Integer.MAX_VALUE);
    check(THREAD_CACHE, threadCacheBytes, 1 << 16, 1L << 40);
    check(SHARED_CACHES, sharedCaches, 1, MAX_SHARED_CACHES);
    check(STACKS, checks.stacks(), 0, Integer.MAX_VALUE);
    check(QUARANTINE, checks.quarantineBytes(), 0, 1 << 30);
    check(SWEEP, checks.sweepMillis(), 0, Integer.MAX_VALUE);
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
        reader.smallNumber(SHARED_CACHES, defaultSharedCaches()),
        reader.truth(JMX, isRemote(properties)),
        checks(reader));
  }

  private static CheckOptions checks(Reader reader) {
    return new CheckOptions(
        reader.oneOf(ON_INVALID, CheckOptions.Policy.THROW, CheckOptions.Policy.values()),
        reader.oneOf(POISON, CheckOptions.Poison.ALL, CheckOptions.Poison.values()),
        reader.smallNumber(STACKS, DEFAULT_STACKS),
        reader.bytes(QUARANTINE, DEFAULT_QUARANTINE_BYTES),
        reader.oneOf(LEAKS, CheckOptions.Leaks.CLOSE, CheckOptions.Leaks.values()),
        reader.smallNumber(SWEEP, DEFAULT_SWEEP_MILLIS));
  }

  private static boolean isRemote(Source properties) {
    return properties.get(REMOTE_JMX_PROPERTY) != null
        || properties.get(REMOTE_JMX_PROPERTY + ".port") != null;
  }

  private static int defaultSharedCaches() {
    return Math.min(MAX_SHARED_CACHES, 2 * Runtime.getRuntime().availableProcessors());
  }

  public AllocatorOptions withLimit(long newLimit) {
    return new AllocatorOptions(newLimit, decayMillis, threadCacheBytes, sharedCaches, jmx, checks);
  }

  public AllocatorOptions withDecayMillis(long newDecayMillis) {
    return new AllocatorOptions(limit, newDecayMillis, threadCacheBytes, sharedCaches, jmx, checks);
  }

  public AllocatorOptions withThreadCacheBytes(long newThreadCacheBytes) {
    return new AllocatorOptions(limit, decayMillis, newThreadCacheBytes, sharedCaches, jmx, checks);
  }

  public AllocatorOptions withSharedCaches(int newSharedCaches) {
    return new AllocatorOptions(limit, decayMillis, threadCacheBytes, newSharedCaches, jmx, checks);
  }

  private List<String> texts() {
    return List.of(
        limit == NO_LIMIT ? "none" : String.valueOf(limit),
        String.valueOf(decayMillis),
        String.valueOf(threadCacheBytes),
        String.valueOf(sharedCaches),
        String.valueOf(jmx),
        CheckOptions.text(checks.policy()),
        CheckOptions.text(checks.poison()),
        String.valueOf(checks.stacks()),
        String.valueOf(checks.quarantineBytes()),
        CheckOptions.text(checks.leaks()),
        String.valueOf(checks.sweepMillis()));
  }

  /** The values of this record, {@code property=value} each, in the order of the record. */
  public List<String> values() {
    List<String> texts = texts();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < OPTIONS.size(); i++) {
      values.add(OPTIONS.get(i).property() + "=" + texts.get(i));
    }
    return values;
  }

  /** The options as a printable table with the values of this record. */
  public String table() {
    List<String> values = texts();
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

    /** Too large ones stay so, for the check of the range. */
    int smallNumber(Option option, int fallback) {
      return Math.clamp(number(option, fallback), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    boolean truth(Option option, boolean fallback) {
      String text = text(option);
      if (!text.isEmpty() && !text.equals("true") && !text.equals("false")) {
        throw bad(option, text, "true or false");
      }
      return text.isEmpty() ? fallback : text.equals("true");
    }

    <E extends Enum<E>> E oneOf(Option option, E fallback, E[] values) {
      String text = text(option);
      if (text.isEmpty()) {
        return fallback;
      }
      for (E value : values) {
        if (CheckOptions.text(value).equals(text)) {
          return value;
        }
      }
      String names = Stream.of(values).map(CheckOptions::text).collect(Collectors.joining(", "));
      throw bad(option, text, "one of " + names);
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
