/**
 * The trial of the direct push: {@code hakmem evaluate}.
 *
 * <p>A pipeline of nouns: options → planned runs → child JVMs → runs → figures by row → criteria,
 * hypothesis, rollback advice → text and JSON. Everything right of the child JVMs is a pure
 * function of the runs.
 */
@NullMarked
package io.hakmem.analysis.trial;

import org.jspecify.annotations.NullMarked;
