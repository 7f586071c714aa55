package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No byte that is watched is forgotten, whatever the size: see {@link EveryByte}. */
class EveryByteTest {

  private static final int LINK_BYTES = 8;
  private static final int EDGE_BYTES = 64;

  @TempDir Path folder;

  @Test
  void ofAFreeBlockThatIsFilledWhole() throws Exception {
    check("all", usable -> at -> true);
  }

  @Test
  void ofTheEdgesOfAFreeBlock() throws Exception {
    check("edges", usable -> at -> at < LINK_BYTES + EDGE_BYTES || at >= usable - EDGE_BYTES);
  }

  @Test
  void ofTheLinkAlone() throws Exception {
    check("off", usable -> at -> at < LINK_BYTES);
  }

  /** Which bytes of a free block are watched, given how many it has. */
  private interface Watched {
    IntPredicate of(int usable);
  }

  private void check(String poison, Watched watched) throws Exception {
    List<String> expected = new ArrayList<>();
    for (int size : EveryByte.SIZES) {
      int usable = EveryByte.usable(size);
      Map<String, String> overruns = new TreeMap<>();
      Map<String, String> writes = new TreeMap<>();
      for (int at = 0; at < usable; at++) {
        boolean found = watched.of(usable).test(at);
        // A size of 0 stands for one that is not known: it has no slack.
        boolean slack = size > 0 && at >= Math.max(size, LINK_BYTES) && poison.equals("all");
        String use = slack ? EveryByte.OVERRUN_AT_USE : EveryByte.AT_USE;
        writes.merge(found ? use : EveryByte.MISSED, " " + at, String::concat);
        if (at >= size) {
          overruns.merge(ofOverrun(size, usable, at, poison), " " + at, String::concat);
        }
      }
      expected.add(size + " overruns " + overruns);
      expected.add(size + " writes " + writes);
    }
    List<String> flags =
        List.of(
            "-Dhakmem.checked.poison=" + poison,
            "-Dhakmem.checked.stacks=0",
            "-Dhakmem.checked.sweep=0",
            "-Dhakmem.checked.leaks=off");
    ChildJvm.Result result = SwappedJvm.run(folder, "checked", EveryByte.class, flags);
    assertEquals(String.join("\n", expected), result.output().strip());
  }

  /**
   * The canary is the first 16 and the last 8 bytes of the slack; the rest only if it is filled.
   */
  private static String ofOverrun(int size, int usable, int at, String poison) {
    if (at < size + 16 || at >= usable - 8) {
      return EveryByte.AT_FREE;
    }
    return poison.equals("all") ? EveryByte.OVERRUN_AT_USE : EveryByte.MISSED;
  }
}
