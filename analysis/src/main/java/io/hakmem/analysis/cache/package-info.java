/** Loaded recordings that stay for the next question. */
@NullMarked
package io.hakmem.analysis.cache;

import org.jspecify.annotations.NullMarked;
