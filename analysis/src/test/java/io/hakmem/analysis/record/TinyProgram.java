package io.hakmem.analysis.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** A program to be recorded: {@code echo CODE}, {@code wait} or {@code die}. */
final class TinyProgram {

  private TinyProgram() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    switch (arguments[0]) {
      case "echo" -> {
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("read " + in.readLine());
        System.err.println("an error of the program");
        System.exit(Integer.parseInt(arguments[1]));
      }
      case "wait" -> {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("bye")));
        System.out.println("up");
        Thread.sleep(120_000);
      }
      case "die" -> {
        String self = String.valueOf(ProcessHandle.current().pid());
        new ProcessBuilder("kill", "-9", self).inheritIO().start();
        Thread.sleep(120_000);
      }
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }
}
