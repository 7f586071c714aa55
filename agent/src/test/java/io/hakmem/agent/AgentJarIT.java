package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** The jar can be put beside anything: it brings no class that somebody else may have too. */
class AgentJarIT {

  @Test
  void everyClassIsTheAgentsOwn() throws IOException {
    List<String> classes = entries(".class");
    assertTrue(classes.contains("io/hakmem/agent/HakmemAgent.class"), "the built jar");
    assertTrue(
        classes.contains("io/hakmem/agent/bytebuddy/jar/asm/ClassReader.class"), "relocated");
    assertEquals(
        List.of(), classes.stream().filter(name -> !name.startsWith("io/hakmem/agent/")).toList());
  }

  @Test
  void nothingElseIsInIt() throws IOException {
    assertEquals(
        List.of(),
        entries("").stream()
            .filter(name -> !name.endsWith("/"))
            .filter(name -> !name.startsWith("io/hakmem/agent/"))
            .filter(name -> !name.startsWith("META-INF/maven/io.hakmem/"))
            .filter(name -> !name.matches("META-INF/(MANIFEST.MF|NOTICE|LICENSE|licenses/ASM)"))
            .toList());
  }

  @Test
  void theManifestOpensEveryDoorAndTouchesNoBootClassPath() throws IOException {
    try (JarFile jar = new JarFile(ChildJvm.agentJar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals(HakmemAgent.class.getName(), manifest.getValue("Premain-Class"));
      assertEquals(HakmemAgent.class.getName(), manifest.getValue("Agent-Class"));
      assertEquals(HakmemAgent.class.getName(), manifest.getValue("Launcher-Agent-Class"));
      assertNull(manifest.getValue("Boot-Class-Path"));
      assertEquals("true", manifest.getValue("Can-Retransform-Classes"));
    }
  }

  private static List<String> entries(String suffix) throws IOException {
    try (JarFile jar = new JarFile(ChildJvm.agentJar().toFile())) {
      return jar.stream().map(JarEntry::getName).filter(name -> name.endsWith(suffix)).toList();
    }
  }
}
