package io.hakmem.benchmarks.driver;

/** The original's generator, 32 bits by shifts of 13, 17 and 5; 0 is no state of it. */
final class Xorshift {

  private Xorshift() {}

  static int next(int state) {
    int r = state;
    r ^= r << 13;
    r ^= r >>> 17;
    return r ^ r << 5;
  }
}
