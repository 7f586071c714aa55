/** The allocators that the driver runs its workloads against, each behind {@link Peer}. */
@NullMarked
package io.hakmem.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
