package io.hakmem.analysis.tables;

/** Numbers by fingerprint, 20 bytes for each slot, half of them free. Not thread-safe. */
final class FingerprintMap {

  private static final int FIRST_CAPACITY = 1024;

  private long[] high = new long[FIRST_CAPACITY];
  private long[] low = new long[FIRST_CAPACITY];
  private int[] numbers = new int[FIRST_CAPACITY];
  private int size;

  int size() {
    return size;
  }

  /** The number of the fingerprint, which is the one given, above 0, if it was not there. */
  int putIfAbsent(Fingerprint key, int number) {
    if (size * 2 >= numbers.length) {
      grow();
    }
    int slot = slot(key.high(), key.low());
    if (numbers[slot] == 0) {
      high[slot] = key.high();
      low[slot] = key.low();
      numbers[slot] = number;
      size++;
    }
    return numbers[slot];
  }

  private int slot(long keyHigh, long keyLow) {
    int mask = numbers.length - 1;
    int slot = (int) (keyHigh ^ (keyLow >>> 32)) & mask;
    while (numbers[slot] != 0 && (high[slot] != keyHigh || low[slot] != keyLow)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldNumbers = numbers;
    high = new long[oldHigh.length * 2];
    low = new long[high.length];
    numbers = new int[high.length];
    for (int i = 0; i < oldNumbers.length; i++) {
      if (oldNumbers[i] != 0) {
        int slot = slot(oldHigh[i], oldLow[i]);
        high[slot] = oldHigh[i];
        low[slot] = oldLow[i];
        numbers[slot] = oldNumbers[i];
      }
    }
  }
}
