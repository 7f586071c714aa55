@NullMarked
package io.hakmem.analysis.doctor;

import org.jspecify.annotations.NullMarked;
