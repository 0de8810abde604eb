package io.entrawatch.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Journeys as what the template draws on an even grid of degrees: ways, places, names and lines of the grid. */
record TravelMap(
        String height, List<Way> ways, List<Dot> dots, List<Name> names, List<Line> lines, List<Journey> journeys) {

    private static final double LETTER = 8;
    private static final double LINE_HEIGHT = 17;
    private static final double EDGE = 24;
    private static final String[] ANCHORS = {"start", "end", "middle", "middle"};

    /** A way from place to place, as the path of an SVG. */
    record Way(String path, String level, String inWords) {}

    record Dot(String x, String y) {}

    /** The name of a place, where it hides no other. */
    record Name(String x, String y, String anchor, String text) {}

    /** A line of the grid and its name at the edge. */
    record Line(String path, String x, String y, String text) {}

    static TravelMap of(List<Journey> journeys) {
        List<List<GreatCircle.Point>> ways = new ArrayList<>();
        List<GreatCircle.Point> all = new ArrayList<>();
        Map<GreatCircle.Point, String> places = new LinkedHashMap<>();
        for (Journey journey : journeys) {
            GreatCircle.Point from = point(journey.from());
            GreatCircle.Point to = point(journey.to());
            places.put(from, journey.from().name());
            places.put(to, journey.to().name());
            ways.add(GreatCircle.between(from, to));
            all.addAll(ways.get(ways.size() - 1));
        }
        Window window = Window.around(all);
        List<Way> drawn = new ArrayList<>();
        for (int i = 0; i < ways.size(); i++) {
            Journey journey = journeys.get(i);
            drawn.add(new Way(path(ways.get(i), window), journey.level(), journey.inWords()));
        }
        List<Dot> dots = places.keySet().stream()
                .map(place -> new Dot(number(window.x(place)), number(window.y(place))))
                .toList();
        return new TravelMap(number(window.height()), drawn, dots, names(places, all, window), lines(window), journeys);
    }

    private static GreatCircle.Point point(Journey.Stop stop) {
        return new GreatCircle.Point(stop.latitude(), stop.longitude());
    }

    /** The way leaves the map on one side and comes back on the other where it crosses the date line. */
    private static String path(List<GreatCircle.Point> points, Window window) {
        StringBuilder path = new StringBuilder();
        GreatCircle.Point before = null;
        for (GreatCircle.Point point : points) {
            boolean on = before != null && Math.abs(point.longitude() - before.longitude()) < 180;
            path.append(on ? 'L' : 'M')
                    .append(number(window.x(point)))
                    .append(' ')
                    .append(number(window.y(point)));
            before = point;
        }
        return path.toString();
    }

    /** Names stand beside their places; where they can, beside the ways as well. */
    private static List<Name> names(
            Map<GreatCircle.Point, String> places, List<GreatCircle.Point> onTheWay, Window window) {
        List<double[]> ways = onTheWay.stream()
                .map(point -> box(window.x(point) - 2, window.y(point) - 2, 4, 4))
                .toList();
        List<double[]> taken = new ArrayList<>();
        places.keySet().forEach(place -> taken.add(box(window.x(place) - 4, window.y(place) - 4, 8, 8)));
        List<Name> names = new ArrayList<>();
        places.forEach((place, name) -> {
            double x = window.x(place);
            double y = window.y(place);
            double width = name.length() * LETTER;
            double[][] boxes = {
                box(x + 7, y - 9, width, LINE_HEIGHT),
                box(x - 7 - width, y - 9, width, LINE_HEIGHT),
                box(x - width / 2, y - 7 - LINE_HEIGHT, width, LINE_HEIGHT),
                box(x - width / 2, y + 7, width, LINE_HEIGHT)
            };
            int free = firstFree(boxes, taken, ways);
            free = free < 0 ? firstFree(boxes, taken, List.of()) : free;
            if (free >= 0) {
                taken.add(boxes[free]);
                double at = free == 0 ? boxes[0][0] : free == 1 ? boxes[1][2] : x;
                names.add(new Name(number(at), number(boxes[free][1] + LINE_HEIGHT - 4), ANCHORS[free], name));
            }
        });
        return names;
    }

    private static int firstFree(double[][] boxes, List<double[]> taken, List<double[]> ways) {
        for (int i = 0; i < boxes.length; i++) {
            if (isFree(boxes[i], taken) && isFree(boxes[i], ways)) {
                return i;
            }
        }
        return -1;
    }

    private static double[] box(double x, double y, double width, double height) {
        return new double[] {x, y, x + width, y + height};
    }

    private static boolean isFree(double[] box, List<double[]> taken) {
        return box[0] >= 0
                && box[1] >= 0
                && box[2] <= Window.WIDTH
                && taken.stream()
                        .noneMatch(other ->
                                box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3]);
    }

    private static List<Line> lines(Window window) {
        List<Line> lines = new ArrayList<>();
        int grid = window.grid();
        for (double at = Math.ceil(window.west() / grid) * grid; at <= window.east(); at += grid) {
            double x = window.x(new GreatCircle.Point(0, at));
            boolean named = x > EDGE && x < Window.WIDTH - EDGE;
            lines.add(new Line(
                    "M" + number(x) + " 0V" + number(window.height()),
                    number(x),
                    number(window.height() - 5),
                    named ? side(at, "E", "W") : ""));
        }
        for (double at = Math.ceil(window.south() / grid) * grid; at <= window.north(); at += grid) {
            double y = window.y(new GreatCircle.Point(at, 0));
            boolean named = y > EDGE && y < window.height() - EDGE;
            lines.add(new Line(
                    "M0 " + number(y) + "H" + number(Window.WIDTH),
                    "16",
                    number(y - 3),
                    named ? side(at, "N", "S") : ""));
        }
        return lines;
    }

    private static String side(double degrees, String positive, String negative) {
        String side = degrees == 0 || Math.abs(degrees) == 180 ? "" : degrees > 0 ? positive : negative;
        return Math.round(Math.abs(degrees)) + "°" + side;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
