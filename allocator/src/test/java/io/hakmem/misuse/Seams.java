package io.hakmem.misuse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hakmem.thread.FreePath;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Makes a seam that leads to another path, as the agent does, for child JVMs without it. */
public final class Seams {

  private static final byte[] DIRECT = "io/hakmem/thread/DirectPush".getBytes(UTF_8);

  private Seams() {}

  /**
   * Writes the seam's class file below a folder that is to come first on the class path.
   *
   * @param pathClass simple name of the path's class
   */
  public static void write(Path folder, String pathClass) throws IOException {
    Path file = folder.resolve("io/hakmem/thread/FreePath.class");
    Files.createDirectories(file.getParent());
    Files.write(file, leadingTo(pathClass));
  }

  /** The seam's class file, leading to a path by the simple name of its class. */
  static byte[] leadingTo(String pathClass) throws IOException {
    try (InputStream in = FreePath.class.getResourceAsStream("FreePath.class")) {
      if (in == null) {
        throw new IOException("no class file of the seam");
      }
      byte[] name = ("io/hakmem/thread/" + pathClass).getBytes(UTF_8);
      return pathClass.equals("DirectPush") ? in.readAllBytes() : replaced(in.readAllBytes(), name);
    }
  }

  /** Replaces the one constant of the pool that names the direct path. */
  private static byte[] replaced(byte[] seam, byte[] name) throws IOException {
    for (int i = 0; i < seam.length - DIRECT.length; i++) {
      if (Arrays.equals(seam, i, i + DIRECT.length, DIRECT, 0, DIRECT.length)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.write(seam, 0, i - Short.BYTES);
        out.writeShort(name.length);
        out.write(name);
        out.write(seam, i + DIRECT.length, seam.length - i - DIRECT.length);
        return bytes.toByteArray();
      }
    }
    throw new IOException("the seam does not lead to the direct path");
  }
}
