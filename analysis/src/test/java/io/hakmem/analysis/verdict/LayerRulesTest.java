package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.tables.Database;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules as data, on stacks made by hand, and in step with the allocator's real methods. */
class LayerRulesTest {

  /** A stack, innermost frame first, its frames separated by blanks. */
  @ParameterizedTest
  @CsvSource({
    "free fast, io.hakmem.thread.DirectPush.push io.hakmem.thread.FreePath.push app.Main.run",
    "free fast, io.hakmem.memory.RawMemory.getByte io.hakmem.Hakmem.free app.Main.run",
    "free fast, io.hakmem.thread.ThreadCaches.current io.hakmem.Hakmem.free app.Main.run",
    "allocate fast, io.hakmem.thread.ThreadCaches.current io.hakmem.Hakmem.allocate app.Main.run",
    "allocate fast, jdk.internal.misc.Unsafe.getLong io.hakmem.memory.RawMemory.getLong"
        + " io.hakmem.thread.FreeList.pop io.hakmem.Hakmem.allocate app.Main.run",
    "free checks, io.hakmem.memory.RawMemory.getLong io.hakmem.thread.CheckedScanPush.isListed"
        + " io.hakmem.thread.CheckedScanPush.push io.hakmem.Hakmem.free app.Main.run",
    "free checks, io.hakmem.thread.GuardedPush.push io.hakmem.Hakmem.free app.Main.run",
    "allocate slow, io.hakmem.thread.Accounts.settle io.hakmem.thread.CacheSlow.allocateSlow"
        + " io.hakmem.Hakmem.allocate app.Main.run",
    "allocate slow, io.hakmem.slab.Slab.carve io.hakmem.central.CentralList.take app.Main.run",
    "spill, io.hakmem.central.CentralList.cut io.hakmem.thread.CacheSlow.spill app.Main.run",
    "spill, io.hakmem.thread.ThreadCaches.freeSlow io.hakmem.Hakmem.free app.Main.run",
    "spill, io.hakmem.thread.CacheSlow.freeRepaired io.hakmem.thread.CacheSlow.freeSlow"
        + " io.hakmem.Hakmem.free app.Main.run",
    "spill, io.hakmem.thread.CacheSlow.spillDownTo io.hakmem.thread.CacheSlow.shrinkAnother"
        + " io.hakmem.thread.CacheSlow.grow io.hakmem.thread.CacheSlow.refill app.Main.run",
    "spill, io.hakmem.slab.LargeBlocks.giveBack io.hakmem.slab.LargeBlocks.free app.Main.run",
    "spill, io.hakmem.ThreadCache.freeOther io.hakmem.ThreadCache.free app.Main.run",
    "spill, io.hakmem.slab.BlockLinks.next io.hakmem.central.CentralList.cut"
        + " io.hakmem.thread.CacheSlow.spill app.Main.run",
    "OS, io.hakmem.slab.Footprint.reserve io.hakmem.slab.LargeBlocks.map app.Main.run",
    "zeroing, io.hakmem.memory.RawMemory.putLong io.hakmem.memory.RawMemory.fillWords"
        + " io.hakmem.memory.RawMemory.fill io.hakmem.Heap.allocateZeroed app.Main.run",
    "copying, io.hakmem.memory.RawMemory.copy io.hakmem.Heap.reallocate app.Main.run",
    "registry, io.hakmem.slab.Segments.segmentOf io.hakmem.slab.Segments.slabOf"
        + " io.hakmem.central.CentralList.collectOne app.Main.run",
    "central lock, io.hakmem.thread.SharedCaches.lockAny io.hakmem.thread.SharedCaches.lock"
        + " io.hakmem.thread.SharedCaches.free app.Main.run",
    "central lock, java.util.concurrent.locks.ReentrantLock.lock"
        + " io.hakmem.central.CentralList.take io.hakmem.thread.CacheSlow.refill app.Main.run",
    "central lock, io.hakmem.central.CentralList.cut io.hakmem.central.CentralList.take app.Main.run",
    "OS, jdk.internal.foreign.abi.DowncallStub.invoke io.hakmem.memory.PosixMemory.mapPages"
        + " io.hakmem.slab.Segments.newSlab app.Main.run",
    "instrumentation, jdk.jfr.internal.event.EventWriter.putLong io.hakmem.event.FastPathHit.commit"
        + " io.hakmem.thread.Sampling.counted io.hakmem.Hakmem.allocate app.Main.run",
    "registry, io.hakmem.slab.SlabRegistry.find io.hakmem.thread.CheckedPush.push app.Main.run",
    "application, app.Main.run java.lang.Thread.run",
    "application, java.util.HashMap.get app.Main.run java.lang.Thread.run",
    "application, io.hakmem.benchmarks.RandomMixed.burst io.hakmem.benchmarks.Main.main",
    "application, app.Callback.call io.hakmem.Hakmem.free app.Main.run",
    "application, io.hakmem.memory.RawMemory.getLong app.Main.run",
    "JVM, java.lang.ref.Finalizer.runFinalizer java.lang.Thread.run",
    "JVM, ''"
  })
  void innermostDecidingFrameGivesTheLayer(String layer, String frames) throws SQLException {
    try (Database database = Database.create()) {
      sample(database, frames, false);
      CpuSamples.classify(database, false);
      assertEquals(Map.of(layer, 1L), layers(database));
    }
  }

  /** What was by hand, in no frame, cannot have been in the fast half: the caller was meant. */
  @Test
  void aStackWithAMinusCountsFromTheApplicationOn() throws SQLException {
    try (Database database = Database.create()) {
      sample(database, "io.hakmem.Heap.allocate io.hakmem.Hakmem.allocate app.Main.run", false);
      database.execute("UPDATE temp.cpu_samples SET stack = -stack");
      CpuSamples.classify(database, false);
      assertEquals(Map.of("application", 1L), layers(database));
    }
  }

  @Test
  void nativeSamplesCountOnlyUnderTheAllocator() throws SQLException {
    try (Database database = Database.create()) {
      sample(database, "sun.nio.ch.Net.accept app.Server.run", true);
      CpuSamples.classify(database, false);
      assertEquals(Map.of(), layers(database));
    }
    try (Database database = Database.create()) {
      sample(database, "io.hakmem.memory.PosixMemory.unmap io.hakmem.Hakmem.free", true);
      CpuSamples.classify(database, false);
      assertEquals(Map.of("OS", 1L), layers(database));
    }
  }

  private static void sample(Database database, String frames, boolean inNative)
      throws SQLException {
    database.execute(
        "CREATE TEMP TABLE temp.cpu_samples"
            + " (stack BIGINT, in_native BOOLEAN, nanos BIGINT, cpu BIGINT)");
    List<String> stack = frames.isEmpty() ? List.of() : List.of(frames.split(" ", -1));
    try (PreparedStatement sample =
            database
                .connection()
                .prepareStatement("INSERT INTO temp.cpu_samples (stack, in_native) VALUES (?, ?)");
        PreparedStatement method =
            database
                .connection()
                .prepareStatement(
                    "INSERT INTO hakmem.methods VALUES (?, {'type': ?, 'name': ?,"
                        + " 'descriptor': '()V', 'hidden': false, 'text': ''})");
        PreparedStatement frame =
            database
                .connection()
                .prepareStatement(
                    "INSERT INTO hakmem.stack_frames VALUES (7, ?, ?, 1, 1, 'Inlined')")) {
      sample.setObject(1, stack.isEmpty() ? null : 7L);
      sample.setBoolean(2, inNative);
      sample.execute();
      for (int i = 0; i < stack.size(); i++) {
        String name = stack.get(i);
        method.setLong(1, i);
        method.setString(2, name.substring(0, name.lastIndexOf('.')));
        method.setString(3, name.substring(name.lastIndexOf('.') + 1));
        method.execute();
        frame.setInt(1, i);
        frame.setLong(2, i);
        frame.execute();
      }
    }
  }

  private static Map<String, Long> layers(Database database) throws SQLException {
    String sql = "SELECT layer, count(*) FROM temp.sample_layers GROUP BY layer";
    try (Statement statement = database.connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? Map.of(rows.getString(1), rows.getLong(2)) : Map.of();
    }
  }

  /** A method without a rule would silently count as the application's. */
  @Test
  void everyMethodOfTheAllocatorHasALayer() throws Exception {
    List<String[]> methods = allocatorMethods();
    assertTrue(methods.size() > 100, "the allocator's classes were not found");
    TreeSet<String> without = new TreeSet<>();
    try (Database database = Database.create()) {
      database.execute(Database.resource("attribution/layer-rules.sql"));
      try (PreparedStatement rule =
          database
              .connection()
              .prepareStatement(
                  "SELECT count(*) FROM temp.layer_rules WHERE regexp_full_match(?, class)"
                      + " AND regexp_full_match(?, method)")) {
        for (String[] method : methods) {
          rule.setString(1, method[0]);
          rule.setString(2, method[1]);
          try (ResultSet row = rule.executeQuery()) {
            row.next();
            if (row.getLong(1) == 0) {
              without.add(method[0] + "." + method[1]);
            }
          }
        }
      }
    }
    assertEquals(new TreeSet<>(), without, "add them to layer-rules.sql");
  }

  private static List<String[]> allocatorMethods() throws IOException, URISyntaxException {
    URI location = Hakmem.class.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path source = Path.of(location);
    if (Files.isDirectory(source)) {
      return methodsBelow(source);
    }
    try (FileSystem jar = FileSystems.newFileSystem(source)) {
      return methodsBelow(jar.getPath("/"));
    }
  }

  private static List<String[]> methodsBelow(Path root) throws IOException {
    List<String[]> methods = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root.resolve("io/hakmem"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        ClassModel type = ClassFile.of().parse(file);
        String name = type.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : type.methods()) {
          methods.add(new String[] {name, method.methodName().stringValue()});
        }
      }
    }
    return methods;
  }
}
