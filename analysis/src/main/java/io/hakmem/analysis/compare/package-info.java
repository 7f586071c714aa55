/**
 * Two recordings, or two sets of them, side by side: {@code hakmem compare}.
 *
 * <p>A pure function of two lists of hot paths: observations with their standard errors →
 * differences → significance, corrected for their number → what explains it.
 */
@NullMarked
package io.hakmem.analysis.compare;

import org.jspecify.annotations.NullMarked;
