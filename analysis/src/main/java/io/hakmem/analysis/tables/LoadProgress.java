package io.hakmem.analysis.tables;

/** Is told how far loading has come. */
public interface LoadProgress {

  /** Tells nobody. */
  LoadProgress NONE = new LoadProgress() {};

  /** Files of so many bytes in all follow. */
  default void start(long totalBytes) {}

  /**
   * Called every megabyte or so.
   *
   * @param bytes done of the current file
   * @param events done of all files
   */
  default void show(long bytes, long events) {}

  /** A file of that size is done. */
  default void next(long bytes) {}

  /** All files are done, or loading ends for another reason. */
  default void done() {}
}
