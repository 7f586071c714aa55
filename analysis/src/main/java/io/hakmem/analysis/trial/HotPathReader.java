package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.verdict.HotPath;
import java.nio.file.Path;

/** Reads a recording's hot path. */
interface HotPathReader {
  HotPath read(Path recording) throws RecordingException;
}
