package io.hakmem.analysis.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Content of recordings in a few bytes, by which a cache is found and trusted.
 *
 * @param key of the whole content of all files, in their order: length and checksum of each
 *     megabyte, mixed to 128 bits, in hexadecimal
 */
public record RecordingStamp(String key) {

  private static final int BLOCK = 1 << 20;

  /** Reads all files from start to end, some gigabytes a second where they are in memory. */
  public static RecordingStamp of(List<Path> recordings) throws IOException {
    long high = 0x9E3779B97F4A7C15L;
    long low = recordings.size();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
    for (Path recording : recordings) {
      long size = Files.size(recording);
      high = mix(high ^ size);
      try (FileChannel channel = FileChannel.open(recording)) {
        while (fill(channel, buffer)) {
          CRC32C checksum = new CRC32C();
          checksum.update(buffer);
          high = mix(high ^ checksum.getValue());
          low = mix(low + Long.rotateLeft(checksum.getValue(), 32) + high);
          buffer.clear();
        }
      }
    }
    return new RecordingStamp("%016x%016x".formatted(high, low));
  }

  /** Reads a block, the last one shorter; false at the end. */
  static boolean fill(FileChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
      // A read may give less than was asked for.
    }
    buffer.flip();
    return buffer.hasRemaining();
  }

  private static long mix(long value) {
    long product = (value ^ (value >>> 32)) * 0xBF58476D1CE4E5B9L;
    return (product ^ (product >>> 29)) * 0x94D049BB133111EBL;
  }
}
