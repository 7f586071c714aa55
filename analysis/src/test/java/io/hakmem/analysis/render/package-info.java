@NullMarked
package io.hakmem.analysis.render;

import org.jspecify.annotations.NullMarked;
