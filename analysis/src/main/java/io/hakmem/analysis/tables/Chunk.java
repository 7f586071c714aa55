package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ChunkHeader;
import io.hakmem.analysis.recording.Constants;

/** What values of a chunk mean. */
record Chunk(ChunkHeader header, Constants constants) {}
