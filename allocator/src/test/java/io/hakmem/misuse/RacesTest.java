package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A free that needs no compare-and-set loses no race: see {@link Races}. */
class RacesTest {

  @TempDir Path folder;

  @Test
  void oneOfTwoIsRefused() throws Exception {
    List<String> flags = List.of("-Dhakmem.checked.stacks=0", "-Dhakmem.checked.leaks=off");
    ChildJvm.Result result = SwappedJvm.run(folder, "checked", Races.class, flags);
    assertEquals("0 wrong, checked", result.output().strip());
  }
}
