/** What the compiler made of the fast paths. */
@NullMarked
package io.hakmem.benchmarks.code;

import org.jspecify.annotations.NullMarked;
