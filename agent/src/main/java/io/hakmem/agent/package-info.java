/** A Java agent with one seam: it puts another push path in front of the allocator's free lists. */
@NullMarked
package io.hakmem.agent;

import org.jspecify.annotations.NullMarked;
