package io.entrawatch.report;

import java.util.List;

/**
 * The part of the globe that a map shows, on an even grid of degrees.
 *
 * @param degrees from west to east
 * @param height of the drawing
 */
record Window(double west, double north, double degrees, double height) {

    static final double WIDTH = 1_000;

    private static final double LEAST_HEIGHT = 360;
    private static final double MOST_HEIGHT = 500;

    private static final double LEAST_DEGREES = 40;
    private static final double MARGIN = 1.15;

    /** The smallest one around all points that is not too close. */
    static Window around(List<GreatCircle.Point> points) {
        double west = 180;
        double east = -180;
        double north = -90;
        double south = 90;
        for (GreatCircle.Point point : points) {
            west = Math.min(west, point.longitude());
            east = Math.max(east, point.longitude());
            north = Math.max(north, point.latitude());
            south = Math.min(south, point.latitude());
        }
        double degrees = Math.max(LEAST_DEGREES, MARGIN * Math.max(east - west, 2 * (north - south)));
        degrees = Math.min(360, degrees);
        double left = clamp((west + east) / 2 - degrees / 2, -180, 180 - degrees);
        double height = clamp(MARGIN * (north - south) / degrees * WIDTH, LEAST_HEIGHT, MOST_HEIGHT);
        double high = height / WIDTH * degrees;
        double top = clamp((north + south) / 2 + high / 2, -90 + high, 90);
        return new Window(left, top, degrees, height);
    }

    double x(GreatCircle.Point point) {
        return (point.longitude() - west) / degrees * WIDTH;
    }

    double y(GreatCircle.Point point) {
        return (north - point.latitude()) / degrees * WIDTH;
    }

    double east() {
        return west + degrees;
    }

    double south() {
        return north - height / WIDTH * degrees;
    }

    /** Degrees between two lines of the grid. */
    int grid() {
        return degrees > 180 ? 30 : degrees > 90 ? 15 : 10;
    }

    private static double clamp(double value, double least, double most) {
        return Math.max(least, Math.min(most, value));
    }
}
