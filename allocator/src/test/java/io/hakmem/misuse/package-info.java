/** Programs that misuse the allocator, and what each path says about them. */
@NullMarked
package io.hakmem.misuse;

import org.jspecify.annotations.NullMarked;
