@NullMarked
package io.hakmem.analysis.bench;

import org.jspecify.annotations.NullMarked;
