/** Micro-benchmarks; built only when asked for. */
@NullMarked
package io.hakmem.benchmarks.jmh;

import org.jspecify.annotations.NullMarked;
