package io.hakmem.analysis.bench;

import java.util.Locale;

/** Writes the few elements of SVG that the charts need; texts are escaped. */
final class Svg {

  private final StringBuilder out = new StringBuilder();

  Svg(int width, int height) {
    line(
        String.format(
            Locale.ROOT,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                + " font-family=\"sans-serif\" font-size=\"12\">",
            width,
            height,
            width,
            height));
    line(
        String.format(
            Locale.ROOT, "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height));
  }

  void rectangle(double x, double y, double width, double height, String color) {
    line(
        String.format(
            Locale.ROOT,
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
            x,
            y,
            Math.max(0, width),
            height,
            color));
  }

  void stroke(double x1, double y1, double x2, double y2, String color, double width) {
    line(
        String.format(
            Locale.ROOT,
            "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"/>",
            x1,
            y1,
            x2,
            y2,
            color,
            width));
  }

  void dot(double x, double y, String color) {
    line(
        String.format(
            Locale.ROOT, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>", x, y, color));
  }

  /**
   * Writes a text.
   *
   * @param anchor start, middle or end
   */
  void text(double x, double y, String anchor, String weight, String text) {
    line(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" font-weight=\"%s\" fill=\"#222222\">%s</text>",
            x,
            y,
            anchor,
            weight,
            escape(text)));
  }

  String end() {
    return out + "</svg>\n";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void line(String element) {
    out.append(element).append('\n');
  }
}
