package io.hakmem.analysis.cache;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The last bytes of a cache file, behind what the database uses: of which content it was made, in
 * which version, and a checksum of all before. A file without a sound seal is no cache.
 */
final class Seal {

  /** Raised whenever the tables change. */
  static final int VERSION = 1;

  private static final byte[] MAGIC = "HAKMEM-CACHE\0\0\0\0".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;
  private static final int BYTES = 16 + 4 + KEY_BYTES + 8 + 8;
  private static final int BLOCK = 1 << 20;

  private Seal() {}

  /** Seals a finished file. */
  static void put(Path file, RecordingStamp stamp) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      ByteBuffer seal = ByteBuffer.allocate(BYTES);
      seal.put(MAGIC).putInt(VERSION).put(stamp.key().getBytes(StandardCharsets.US_ASCII));
      seal.putLong(size).putLong(checksum(channel, size)).flip();
      while (seal.hasRemaining()) {
        channel.write(seal, size + seal.position());
      }
    }
  }

  /** Whether the file was sealed in this version, for this content, and is whole. */
  static boolean isGood(Path file, RecordingStamp stamp) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size() - BYTES;
      if (size < 0) {
        return false;
      }
      ByteBuffer seal = ByteBuffer.allocate(BYTES);
      while (seal.hasRemaining() && channel.read(seal, size + seal.position()) >= 0) {
        // A read may give less than was asked for.
      }
      seal.flip();
      byte[] magic = new byte[MAGIC.length];
      byte[] key = new byte[KEY_BYTES];
      return seal.remaining() == BYTES
          && Arrays.equals(next(seal, magic), MAGIC)
          && seal.getInt() == VERSION
          && Arrays.equals(next(seal, key), stamp.key().getBytes(StandardCharsets.US_ASCII))
          && seal.getLong() == size
          && seal.getLong() == checksum(channel, size);
    }
  }

  /** Whether the file ends as a cache does, of whatever content and version. */
  static boolean isPresent(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer seal = ByteBuffer.allocate(MAGIC.length);
      long start = channel.size() - BYTES;
      return start >= 0
          && channel.read(seal, start) == MAGIC.length
          && Arrays.equals(seal.array(), MAGIC);
    }
  }

  private static byte[] next(ByteBuffer source, byte[] target) {
    source.get(target);
    return target;
  }

  private static long checksum(FileChannel channel, long size) throws IOException {
    CRC32C checksum = new CRC32C();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BLOCK);
    long done = 0;
    while (done < size) {
      buffer.clear().limit((int) Math.min(BLOCK, size - done));
      int read = channel.read(buffer, done);
      if (read < 0) {
        return -1;
      }
      checksum.update(buffer.flip());
      done += read;
    }
    return checksum.getValue();
  }
}
