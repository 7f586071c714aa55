package io.hakmem.analysis.render;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind standard output and standard error, each asked by itself: the JDK's console
 * stands for stdin and stdout together.
 */
public final class Terminal {

  /** Set by the launcher where standard output is a terminal: its columns. */
  private static final String COLUMNS = "hakmem.columns";

  private static final int STDOUT = 1;
  private static final int STDERR = 2;
  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 80;
  private static final int MOST_COLUMNS = 100;

  private Terminal() {}

  public static boolean isStdout() {
    return is(STDOUT);
  }

  public static boolean isStderr() {
    return is(STDERR);
  }

  /** Columns of reports: the terminal's, 80 to 100; in files and pipes as many as are said. */
  public static int reportColumns(int inPipes) {
    return isStdout() ? clamped(System.getProperty(COLUMNS, System.getenv("COLUMNS"))) : inPipes;
  }

  static int clamped(@Nullable String columns) {
    int told = columns != null && columns.matches("\\d{1,4}") ? Integer.parseInt(columns) : 0;
    return Math.clamp(told == 0 ? USUAL_COLUMNS : told, FEWEST_COLUMNS, MOST_COLUMNS);
  }

  @SuppressWarnings("restricted") // a call into the C library
  private static boolean is(int descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("isatty")
        .map(
            address -> {
              try {
                FunctionDescriptor form =
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT);
                return (int) linker.downcallHandle(address, form).invokeExact(descriptor) == 1;
              } catch (Throwable e) {
                return false;
              }
            })
        .orElse(false);
  }
}
