package io.entrawatch.benchmark;

import java.util.List;
import java.util.Locale;

/**
 * A line through a few points as SVG: a logarithmic axis to the right, and one from nothing upwards.
 *
 * @param across what the points are at
 * @param upwards what was measured there
 */
record Plot(String title, String across, String upwards, List<Point> points) {

    /** A measured point. */
    record Point(double x, String label, double y) {}

    private static final int WIDTH = 560;
    private static final int HEIGHT = 320;
    private static final int LEFT = 70;
    private static final int RIGHT = 30;
    private static final int TOP = 40;
    private static final int BOTTOM = 60;
    private static final int LINES = 4;

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" fill=\"#333\">%n"
                        + "<title>%s</title>%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                WIDTH,
                HEIGHT,
                WIDTH,
                HEIGHT,
                title));
        text(svg, WIDTH / 2.0, 20, "middle", title);
        text(svg, (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 15, "middle", across);
        text(svg, 10, TOP - 8, "start", upwards);
        grid(svg);
        line(svg);
        return svg.append("</svg>\n").toString();
    }

    private void grid(StringBuilder svg) {
        for (int i = 0; i <= LINES; i++) {
            double value = top() * i / LINES;
            svg.append(String.format(
                    Locale.ROOT, "<path d=\"M%d %.1fH%d\" stroke=\"#ddd\"/>%n", LEFT, down(value), WIDTH - RIGHT));
            text(
                    svg,
                    LEFT - 8,
                    down(value) + 4,
                    "end",
                    String.format(Locale.ROOT, top() < 10 ? "%.1f" : "%,.0f", value));
        }
        for (Point point : points) {
            text(svg, right(point), HEIGHT - BOTTOM + 18, "middle", point.label());
        }
    }

    private void line(StringBuilder svg) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", right(point), down(point.y())));
        }
        svg.append(String.format("<path d=\"%s\" fill=\"none\" stroke=\"#1f6feb\" stroke-width=\"2\"/>%n", path));
        for (Point point : points) {
            svg.append(String.format(
                    Locale.ROOT,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"4\" fill=\"#1f6feb\"/>%n",
                    right(point),
                    down(point.y())));
            String value = String.format(Locale.ROOT, point.y() < 100 ? "%.1f" : "%,.0f", point.y());
            text(svg, right(point), down(point.y()) - 10, "middle", value);
        }
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String words) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, words));
    }

    /** The next of 1, 2, 4 or 10 times a power of ten above all values. */
    private double top() {
        double highest = points.stream().mapToDouble(Point::y).max().orElse(1) * 1.05;
        double power = Math.pow(10, Math.floor(Math.log10(highest)));
        return highest <= 2 * power ? 2 * power : highest <= 4 * power ? 4 * power : 10 * power;
    }

    private double down(double y) {
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * y / top();
    }

    private double right(Point point) {
        double first = Math.log(points.get(0).x());
        double last = Math.log(points.get(points.size() - 1).x());
        return LEFT + 20 + (WIDTH - LEFT - RIGHT - 40) * (Math.log(point.x()) - first) / (last - first);
    }
}
