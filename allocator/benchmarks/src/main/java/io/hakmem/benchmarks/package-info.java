@NullMarked
package io.hakmem.benchmarks;

import org.jspecify.annotations.NullMarked;
