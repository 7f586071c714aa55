@NullMarked
package io.hakmem.analysis.record;

import org.jspecify.annotations.NullMarked;
