package io.hakmem.analysis.recording;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * Metadata comes from a file and may say anything: that a type holds itself, or an array of a
 * billion values that take no bytes. Reading such a value would never end; all others end with
 * their bytes.
 */
final class LayoutCheck {

  private static final int MAX_DEPTH = 64;

  private final Set<TypeLayout> sound = Collections.newSetFromMap(new IdentityHashMap<>());

  /**
   * Checks a type and all that stand in it by value.
   *
   * @throws MalformedChunkException if no value of it could be read
   */
  void of(TypeLayout type) {
    of(type, 0);
  }

  private void of(TypeLayout type, int depth) {
    if (type.kind() != TypeLayout.Kind.OBJECT || sound.contains(type)) {
      return;
    }
    if (depth > MAX_DEPTH) {
      throw new MalformedChunkException("metadata has a type that holds itself");
    }
    for (FieldLayout field : type.fields()) {
      if (!field.constant()) {
        of(field.type(), depth + 1);
        if (field.type().kind() == TypeLayout.Kind.OBJECT && field.type().fields().isEmpty()) {
          throw new MalformedChunkException("metadata has a field of nothing");
        }
      }
    }
    sound.add(type);
  }
}
