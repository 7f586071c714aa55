@NullMarked
package io.hakmem.analysis.recording;

import org.jspecify.annotations.NullMarked;
