/** Main classes of the JVMs that tests attach to. */
@NullMarked
package io.hakmem.analysis.live.app;

import org.jspecify.annotations.NullMarked;
