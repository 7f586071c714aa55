@NullMarked
package io.hakmem.analysis.cache;

import org.jspecify.annotations.NullMarked;
