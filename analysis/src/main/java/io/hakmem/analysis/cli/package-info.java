@NullMarked
package io.hakmem.analysis.cli;

import org.jspecify.annotations.NullMarked;
