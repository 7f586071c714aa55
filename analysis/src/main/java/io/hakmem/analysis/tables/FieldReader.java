package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;

/** Moves one value from the bytes of a chunk to its column. */
interface FieldReader {
  void read(ByteCursor in);
}
