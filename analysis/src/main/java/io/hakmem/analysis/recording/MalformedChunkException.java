package io.hakmem.analysis.recording;

/** Bytes that no JFR writer makes; the message is a phrase. */
public final class MalformedChunkException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedChunkException(String what) {
    super(what);
  }
}
