/** One driver for the workloads of all peers. */
@NullMarked
package io.hakmem.benchmarks.driver;

import org.jspecify.annotations.NullMarked;
