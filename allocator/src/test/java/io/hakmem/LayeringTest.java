package io.hakmem;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.hakmem.memory.RawMemory;
import org.junit.jupiter.api.Test;

/**
 * The layers, each of which knows only those after it: API, thread, central, slab, memory; event
 * and config are leaves that all may use.
 */
class LayeringTest {

  private static final String[] LAYERS = {
    "io.hakmem", "io.hakmem.thread", "io.hakmem.central", "io.hakmem.slab", "io.hakmem.memory"
  };
  private static final String[] LEAVES = {"io.hakmem.event", "io.hakmem.config"};

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.hakmem");

  @Test
  void everyClassIsOfALayerOrALeaf() {
    assertTrue(CLASSES.contain(Hakmem.class), "nothing was imported");
    String[] known = new String[LAYERS.length + LEAVES.length];
    System.arraycopy(LAYERS, 0, known, 0, LAYERS.length);
    System.arraycopy(LEAVES, 0, known, LAYERS.length, LEAVES.length);
    classes().should().resideInAnyPackage(known).check(CLASSES);
  }

  @Test
  void aLayerKnowsOnlyThoseAfterIt() {
    for (int layer = 1; layer < LAYERS.length; layer++) {
      for (int before = 0; before < layer; before++) {
        noClasses()
            .that()
            .resideInAPackage(LAYERS[layer])
            .should()
            .dependOnClassesThat()
            .resideInAPackage(LAYERS[before])
            .check(CLASSES);
      }
    }
  }

  @Test
  void leavesKnowNobody() {
    for (String leaf : LEAVES) {
      noClasses()
          .that()
          .resideInAPackage(leaf)
          .should()
          .dependOnClassesThat(resideInAPackage("io.hakmem..").and(resideOutsideOfPackage(leaf)))
          .check(CLASSES);
    }
  }

  @Test
  void onlyTheMemoryLayerCallsNativeCode() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.hakmem.memory")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.lang\\.foreign\\.(Linker|SymbolLookup).*")
        .check(CLASSES);
  }

  @Test
  void onlyRawMemoryReinterpretsSegments() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(RawMemory.class)
        .should()
        .callMethodWhere(target(name("reinterpret")))
        .check(CLASSES);
  }

  @Test
  void nobodyUsesUnsafeOrInternals() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun..", "jdk.internal..", "jdk.jfr.internal..")
        .check(CLASSES);
  }
}
