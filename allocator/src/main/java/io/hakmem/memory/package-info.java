@NullMarked
package io.hakmem.memory;

import org.jspecify.annotations.NullMarked;
