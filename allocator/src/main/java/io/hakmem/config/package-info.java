@NullMarked
package io.hakmem.config;

import org.jspecify.annotations.NullMarked;
