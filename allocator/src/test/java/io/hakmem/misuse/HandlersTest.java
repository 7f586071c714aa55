package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No report is made while a lock is held, so whoever gets it may use the allocator. */
class HandlersTest {

  @TempDir Path folder;

  @Test
  void whoGetsAReportMayAllocateAndWaitForOthersThatDo() throws Exception {
    ChildJvm.Result result =
        SwappedJvm.run(
            folder,
            "checked",
            Handlers.class,
            List.of(
                "-Dhakmem.onInvalid=report",
                "-Dhakmem.checked.sweep=50",
                "-Dhakmem.decay=50",
                "-Dhakmem.shared.caches=1",
                "-Dhakmem.checked.leaks=off"));
    assertEquals(
        List.of(
            "double free: 1 reported []",
            "double free in a virtual thread: 1 reported []",
            "overrun in a virtual thread: 1 reported []",
            "overrun of a span: 1 reported []",
            "write after free: 1 reported []",
            "write before a sweep: 1 reported []",
            "write before trim: 1 reported []",
            "write to a span before trim: 1 reported []",
            "write before close: 1 reported []",
            "write before decay: 1 reported []"),
        result.lines(),
        result.output());
    assertEquals(0, result.exitCode());
  }
}
