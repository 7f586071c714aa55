package io.hakmem.analysis.tables;

/** Methods as people read them: {@code pkg.Type.method(SimpleType, …)}. */
final class MethodText {

  private MethodText() {}

  static String of(String type, String method, String descriptor) {
    return type + "." + method + "(" + parameters(descriptor) + ")";
  }

  /** The simple names of a descriptor's parameters; nothing for what is no descriptor. */
  static String parameters(String descriptor) {
    StringBuilder text = new StringBuilder();
    int end = descriptor.indexOf(')');
    int position = descriptor.startsWith("(") ? 1 : end;
    while (position < end) {
      int dimensions = 0;
      while (descriptor.charAt(position) == '[') {
        dimensions++;
        position++;
      }
      int next = position + 1;
      if (descriptor.charAt(position) == 'L') {
        next = descriptor.indexOf(';', position) + 1;
        if (next == 0) {
          return text.toString();
        }
      }
      text.append(text.isEmpty() ? "" : ", ")
          .append(simpleName(descriptor.substring(position, next)))
          .append("[]".repeat(dimensions));
      position = next;
    }
    return text.toString();
  }

  private static String simpleName(String descriptor) {
    return switch (descriptor.charAt(0)) {
      case 'Z' -> "boolean";
      case 'B' -> "byte";
      case 'C' -> "char";
      case 'S' -> "short";
      case 'I' -> "int";
      case 'J' -> "long";
      case 'F' -> "float";
      case 'D' -> "double";
      default -> descriptor.substring(descriptor.lastIndexOf('/') + 1).replace(";", "");
    };
  }
}
