package io.hakmem.analysis.tables;

/** Is told how far loading has come. */
public interface LoadProgress {

  /** Tells nobody. */
  LoadProgress NONE =
      new LoadProgress() {
        @Override
        public void show(long bytes, long events) {}

        @Override
        public void next(long bytes) {}

        @Override
        public void done() {}
      };

  /**
   * Called every megabyte or so.
   *
   * @param bytes done of the current file
   * @param events done of all files
   */
  void show(long bytes, long events);

  /** A file of that size is done. */
  void next(long bytes);

  /** Everything is done. */
  void done();
}
