package io.hakmem.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/** Makes jars that lack something. */
final class Jars {

  private Jars() {}

  /** Copies a jar without the entries whose name starts with {@code prefix}. */
  static Path without(Path jar, Path copy, String prefix) throws IOException {
    try (JarFile source = new JarFile(jar.toFile());
        OutputStream file = Files.newOutputStream(copy);
        JarOutputStream target = new JarOutputStream(file)) {
      // The manifest has to stay in front, where the jar has it.
      List<JarEntry> entries = source.stream().toList();
      if (entries.stream().noneMatch(entry -> entry.getName().startsWith(prefix))) {
        throw new IllegalArgumentException(jar + " has no " + prefix);
      }
      for (JarEntry entry : entries) {
        if (!entry.getName().startsWith(prefix)) {
          target.putNextEntry(new JarEntry(entry.getName()));
          try (InputStream in = source.getInputStream(entry)) {
            in.transferTo(target);
          }
          target.closeEntry();
        }
      }
    }
    return copy;
  }
}
