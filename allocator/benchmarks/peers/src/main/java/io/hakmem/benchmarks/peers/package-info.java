/** Allocators of other projects; compiled and downloaded only when asked for. */
@NullMarked
package io.hakmem.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
