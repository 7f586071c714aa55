/** Tests of the recording profiles; the module itself has no code. */
@NullMarked
package io.hakmem.profiles;

import org.jspecify.annotations.NullMarked;
