/**
 * Programs with planted bottlenecks, recorded in JVMs of their own, and what must be said of them.
 */
@NullMarked
package io.hakmem.analysis.planted;

import org.jspecify.annotations.NullMarked;
