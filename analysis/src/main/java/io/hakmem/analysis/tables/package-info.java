@NullMarked
package io.hakmem.analysis.tables;

import org.jspecify.annotations.NullMarked;
