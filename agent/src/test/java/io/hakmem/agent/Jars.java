package io.hakmem.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** Makes jars: copies that lack something, and others with a manifest of their own. */
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

  /** Makes a jar with these lines in its manifest, and all files of folders and jars. */
  static Path of(Path target, Map<String, String> manifest, Path... contents) throws IOException {
    Manifest lines = new Manifest();
    lines.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((name, value) -> lines.getMainAttributes().putValue(name, value));
    try (OutputStream file = Files.newOutputStream(target);
        JarOutputStream jar = new JarOutputStream(file, lines)) {
      for (Path content : contents) {
        copy(content, jar);
      }
    }
    return target;
  }

  private static void copy(Path content, JarOutputStream target) throws IOException {
    try (FileSystem jar = Files.isDirectory(content) ? null : FileSystems.newFileSystem(content)) {
      Path root = jar == null ? content : jar.getPath("/");
      List<Path> files;
      try (Stream<Path> all = Files.walk(root)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        String name = root.relativize(file).toString().replace('\\', '/');
        if (!name.startsWith("META-INF/")) {
          target.putNextEntry(new JarEntry(name));
          Files.copy(file, target);
          target.closeEntry();
        }
      }
    }
  }
}
