/**
 * {@code hakmem record}: runs a program with a profile and says whether its recording is whole.
 *
 * <p>Arguments → command line of the child → child in the foreground → contents of its recording →
 * report.
 */
@NullMarked
package io.hakmem.analysis.record;

import org.jspecify.annotations.NullMarked;
