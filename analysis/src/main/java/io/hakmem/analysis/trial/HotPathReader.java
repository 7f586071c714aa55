package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.RecordingException;
import java.nio.file.Path;

/** Reads what a recording says. */
interface HotPathReader {
  Seen read(Path recording) throws RecordingException;
}
