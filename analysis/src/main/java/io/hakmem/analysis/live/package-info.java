/** Running JVMs: which push path is live there, and how to change it. */
@NullMarked
package io.hakmem.analysis.live;

import org.jspecify.annotations.NullMarked;
