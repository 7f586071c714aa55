@NullMarked
package io.hakmem.analysis.events;

import org.jspecify.annotations.NullMarked;
