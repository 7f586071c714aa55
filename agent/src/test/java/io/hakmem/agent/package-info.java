@NullMarked
package io.hakmem.agent;

import org.jspecify.annotations.NullMarked;
