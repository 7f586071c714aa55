package io.hakmem.analysis.query;

/**
 * A recording has the event types of a query, but with other fields than the query reads: another
 * version wrote it, or its metadata is damaged. The message is a phrase.
 */
public final class UnfitEventsException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnfitEventsException(String query, Throwable cause) {
    super(
        "its events have other fields than the query \"%s\" reads: %s"
            .formatted(query, firstLine(cause)),
        cause);
  }

  private static String firstLine(Throwable cause) {
    return String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
  }
}
