package io.hakmem.analysis.recording;

import java.util.List;

/** Takes the events of a recording chunk by chunk, undecoded, in the file's order. */
public interface ChunkSink {

  /** A chunk begins; its event types, also those without events, and its constants. */
  void begin(ChunkHeader header, List<TypeLayout> eventTypes, Constants constants);

  /**
   * One event of the chunk.
   *
   * @param type the number of its type
   * @param in at its first field
   * @param end where the event ends in the bytes of {@code in}
   * @return whether it was taken; what is no event type of the chunk is not
   * @throws MalformedChunkException if its fields do not fit into it
   */
  boolean event(long type, ByteCursor in, int end);

  /** The event given last made no sense: forget it. */
  void undo();

  /** So many bytes of the file are done. */
  void progress(long bytes);
}
