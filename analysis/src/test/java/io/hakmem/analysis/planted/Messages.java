package io.hakmem.analysis.planted;

import io.hakmem.analysis.planted.Clock.Work;

/** What a server does with its messages: numbers written in as few bytes as they need. */
final class Messages implements Work {

  private static final int ROUNDS = 20;

  private final byte[] message = new byte[4096];
  private int value = 42;

  @Override
  public void some() {
    for (int i = 0; i < ROUNDS; i++) {
      value += encode(value);
    }
  }

  private int encode(int seed) {
    int at = 0;
    int number = seed;
    while (at < message.length - 5) {
      number = number * 1_103_515_245 + 12_345;
      int rest = number >>> (number & 15);
      while ((rest & ~0x7F) != 0) {
        message[at++] = (byte) ((rest & 0x7F) | 0x80);
        rest >>>= 7;
      }
      message[at++] = (byte) rest;
    }
    return message[at / 2];
  }
}
