package io.hakmem.agent.app;

import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.thread.FreePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.instrument.UnmodifiableClassException;
import java.nio.charset.StandardCharsets;

/** Started with the {@link Witness}: answers questions about byte code and behaviour. */
public final class Inspected {

  private Inspected() {}

  public static void main(String[] arguments) throws IOException, UnmodifiableClassException {
    Hakmem.free(Hakmem.allocate(100));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      System.out.println(
          switch (line) {
            case "seam" -> Witness.byteCode(FreePath.class);
            case "changed" -> Witness.changedByOthers().toString();
            case "policy" -> System.getProperty("hakmem.live.onInvalid", "none");
            case "boot" -> onBootClassPath() ? "found" : "not found";
            case "free twice" -> freeTwice();
            default -> Hakmem.freePath().path();
          });
    }
  }

  private static boolean onBootClassPath() {
    try {
      Class.forName("io.hakmem.agent.HakmemAgent", false, null);
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String freeTwice() {
    long block = Hakmem.allocate(100);
    Hakmem.free(block);
    try {
      Hakmem.free(block);
      // Whatever this thread does with blocks from here on is undefined.
      return "unnoticed";
    } catch (InvalidFreeException e) {
      return "caught";
    }
  }
}
