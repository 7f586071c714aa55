package io.hakmem.agent.app;

/** Uses no allocator, and ends with an exit code that nobody else would choose. */
public final class WithoutAllocator {

  public static final int EXIT = 7;

  private WithoutAllocator() {}

  public static void main(String[] arguments) {
    System.out.println("application ran");
    System.exit(EXIT);
  }
}
