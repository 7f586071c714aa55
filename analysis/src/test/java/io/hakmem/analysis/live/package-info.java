@NullMarked
package io.hakmem.analysis.live;

import org.jspecify.annotations.NullMarked;
