@NullMarked
package io.hakmem;

import org.jspecify.annotations.NullMarked;
