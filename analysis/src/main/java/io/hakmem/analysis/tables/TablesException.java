package io.hakmem.analysis.tables;

/** The database refused what this program itself asked of it: our own fault, not the user's. */
public final class TablesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TablesException(String what) {
    super(what);
  }

  public TablesException(String what, Throwable cause) {
    super(what, cause);
  }
}
