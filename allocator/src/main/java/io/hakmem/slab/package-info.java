@NullMarked
package io.hakmem.slab;

import org.jspecify.annotations.NullMarked;
