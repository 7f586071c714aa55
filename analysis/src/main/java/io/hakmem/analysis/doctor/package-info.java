/**
 * The debugging guide as checks: {@code hakmem doctor}. Each looks at one thing that can spoil a
 * verdict, and says what it saw and how to mend it.
 */
@NullMarked
package io.hakmem.analysis.doctor;

import org.jspecify.annotations.NullMarked;
