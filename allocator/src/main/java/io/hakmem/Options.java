package io.hakmem;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import java.io.PrintStream;
import java.util.function.Supplier;

/** Prints every option with the value that it has here, and the size classes. */
public final class Options {

  private static final int EXIT_USAGE = 2;

  private Options() {}

  /** Takes no arguments; exits with 2 and one line on stderr if an option has a bad value. */
  public static void main(String[] arguments) {
    System.exit(run(AllocatorOptions::fromSystem, System.out, System.err));
  }

  static int run(Supplier<AllocatorOptions> options, PrintStream out, PrintStream err) {
    try {
      out.println(options.get().table());
    } catch (IllegalArgumentException e) {
      err.println(e.getMessage());
      return EXIT_USAGE;
    }
    out.println();
    out.print(SizeClasses.table());
    return 0;
  }
}
