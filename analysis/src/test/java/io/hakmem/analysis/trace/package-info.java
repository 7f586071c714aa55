@NullMarked
package io.hakmem.analysis.trace;

import org.jspecify.annotations.NullMarked;
