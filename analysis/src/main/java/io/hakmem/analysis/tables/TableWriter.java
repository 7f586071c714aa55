package io.hakmem.analysis.tables;

/** Fills one table by batches: rows gather in a {@link Batch}, one INSERT moves them all. */
final class TableWriter {

  /** Rows of one batch: enough to make an INSERT's fixed cost vanish, few enough for the heap. */
  static final int BATCH_ROWS = 16_384;

  private final Database database;
  private final Batch batch;
  private final String target;
  private final String query;

  /**
   * @param target the quoted table, with its schema
   * @param selection SQL expressions over the batch {@code b}, with the names of the columns
   * @param joins what the expressions need beside the batch, or nothing
   */
  TableWriter(Database database, Batch batch, String target, String selection, String joins) {
    this.database = database;
    this.batch = batch;
    this.target = target;
    int number = database.batches().add(batch);
    this.query =
        "SELECT %s FROM %s(%d) b %s".formatted(selection, BatchFunction.NAME, number, joins);
  }

  /** Creates the table with the columns that the batch gives. */
  void create() {
    database.execute("CREATE TABLE " + target + " AS " + query + " LIMIT 0");
  }

  /** Adds the columns that the batch gives and the table lacks. */
  void widen() {
    for (String column : database.describe(query)) {
      database.execute("ALTER TABLE " + target + " ADD COLUMN IF NOT EXISTS " + column);
    }
  }

  boolean full() {
    return batch.rows() >= BATCH_ROWS;
  }

  void flush() {
    if (batch.rows() > 0) {
      database.execute("INSERT INTO " + target + " BY NAME " + query);
      batch.clear();
    }
  }
}
