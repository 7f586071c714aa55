/** Reads {@code io.hakmem.OperationTrace}: every operation of a program, as it was performed. */
@NullMarked
package io.hakmem.analysis.trace;

import org.jspecify.annotations.NullMarked;
