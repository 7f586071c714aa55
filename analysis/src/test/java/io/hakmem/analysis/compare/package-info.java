@NullMarked
package io.hakmem.analysis.compare;

import org.jspecify.annotations.NullMarked;
