@NullMarked
package io.hakmem.analysis.query;

import org.jspecify.annotations.NullMarked;
