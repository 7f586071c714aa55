/** A random test of the whole API against a model, with many threads. */
@NullMarked
package io.hakmem.benchmarks.model;

import org.jspecify.annotations.NullMarked;
