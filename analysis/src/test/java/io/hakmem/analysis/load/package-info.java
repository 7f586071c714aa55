/** Loading measured: a generator of large recordings, and the plain way to compare with. */
@NullMarked
package io.hakmem.analysis.load;

import org.jspecify.annotations.NullMarked;
