@NullMarked
package io.hakmem.event;

import org.jspecify.annotations.NullMarked;
