package io.hakmem.analysis.cli;

/** How a result is written. */
enum Format {
  text,
  json,
  md
}
