@NullMarked
package io.hakmem.thread;

import org.jspecify.annotations.NullMarked;
