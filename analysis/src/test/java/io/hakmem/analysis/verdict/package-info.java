@NullMarked
package io.hakmem.analysis.verdict;

import org.jspecify.annotations.NullMarked;
