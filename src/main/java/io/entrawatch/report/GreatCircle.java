package io.entrawatch.report;

import java.util.ArrayList;
import java.util.List;

/** The shortest way between two points of the globe. */
final class GreatCircle {

    private static final int STEPS = 48;

    /** Latitude and longitude in degrees. */
    record Point(double latitude, double longitude) {}

    private GreatCircle() {}

    /** From one point to the other; where they are the same, or opposite each other, just these two. */
    static List<Point> between(Point from, Point to) {
        double[] a = vector(from);
        double[] b = vector(to);
        double angle = Math.acos(Math.max(-1, Math.min(1, a[0] * b[0] + a[1] * b[1] + a[2] * b[2])));
        double sine = Math.sin(angle);
        if (sine < 1e-6) {
            return List.of(from, to);
        }
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= STEPS; i++) {
            double share = (double) i / STEPS;
            double before = Math.sin((1 - share) * angle) / sine;
            double after = Math.sin(share * angle) / sine;
            points.add(point(before * a[0] + after * b[0], before * a[1] + after * b[1], before * a[2] + after * b[2]));
        }
        return points;
    }

    private static double[] vector(Point point) {
        double latitude = Math.toRadians(point.latitude());
        double longitude = Math.toRadians(point.longitude());
        return new double[] {
            Math.cos(latitude) * Math.cos(longitude), Math.cos(latitude) * Math.sin(longitude), Math.sin(latitude)
        };
    }

    private static Point point(double x, double y, double z) {
        return new Point(Math.toDegrees(Math.asin(Math.max(-1, Math.min(1, z)))), Math.toDegrees(Math.atan2(y, x)));
    }
}
