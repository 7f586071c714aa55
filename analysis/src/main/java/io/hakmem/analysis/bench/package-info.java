/**
 * {@code hakmem bench}: workloads against allocators of others, in fresh processes by turns. The
 * benchmarks' jar says what there is; nothing of it is compiled in.
 */
@NullMarked
package io.hakmem.analysis.bench;

import org.jspecify.annotations.NullMarked;
