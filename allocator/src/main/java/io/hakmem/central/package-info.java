@NullMarked
package io.hakmem.central;

import org.jspecify.annotations.NullMarked;
