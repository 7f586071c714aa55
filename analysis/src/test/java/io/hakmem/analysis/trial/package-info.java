@NullMarked
package io.hakmem.analysis.trial;

import org.jspecify.annotations.NullMarked;
