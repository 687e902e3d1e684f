package io.retrograd.plot;

import java.awt.geom.Path2D;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lines and bands of equal height over a grid, by marching squares with linear interpolation along the edges. */
public final class Contours {
    private Contours() {}

    /** The segments of one level, as x1, y1, x2, y2. */
    static List<double[]> segments(double[][] x, double[][] y, double[][] z, double level) {
        List<double[]> out = new ArrayList<>();
        for (int r = 0; r + 1 < z.length; r++) {
            for (int c = 0; c + 1 < z[r].length; c++) {
                cell(x, y, z, level, r, c, out);
            }
        }
        return out;
    }

    /** The lines of one level: segments that meet are put together, so that dashes and corners come out right. */
    public static List<double[][]> lines(double[][] x, double[][] y, double[][] z, double level) {
        Map<List<Double>, List<double[]>> at = new HashMap<>();
        List<double[]> all = segments(x, y, z, level);
        for (double[] s : all) {
            at.computeIfAbsent(List.of(s[0], s[1]), k -> new ArrayList<>()).add(s);
            at.computeIfAbsent(List.of(s[2], s[3]), k -> new ArrayList<>()).add(s);
        }
        Set<double[]> used = Collections.newSetFromMap(new IdentityHashMap<>());
        List<double[][]> lines = new ArrayList<>();
        for (double[] s : all) {
            if (used.add(s)) {
                Deque<double[]> points = new ArrayDeque<>();
                points.add(new double[] {s[0], s[1]});
                points.add(new double[] {s[2], s[3]});
                for (double[] p = next(at, used, points.getLast()); p != null; p = next(at, used, p)) {
                    points.addLast(p);
                }
                for (double[] p = next(at, used, points.getFirst()); p != null; p = next(at, used, p)) {
                    points.addFirst(p);
                }
                lines.add(points.toArray(new double[0][]));
            }
        }
        return lines;
    }

    private static double[] next(Map<List<Double>, List<double[]>> at, Set<double[]> used, double[] p) {
        for (double[] s : at.getOrDefault(List.of(p[0], p[1]), List.of())) {
            if (used.add(s)) {
                return s[0] == p[0] && s[1] == p[1] ? new double[] {s[2], s[3]} : new double[] {s[0], s[1]};
            }
        }
        return null;
    }

    private static void cell(double[][] x, double[][] y, double[][] z, double level, int r, int c, List<double[]> out) {
        int[] rows = {r, r, r + 1, r + 1};
        int[] columns = {c, c + 1, c + 1, c};
        List<double[]> crossings = new ArrayList<>();
        for (int e = 0; e < 4; e++) {
            int f = (e + 1) % 4;
            double a = z[rows[e]][columns[e]];
            double b = z[rows[f]][columns[f]];
            if (Double.isNaN(a) || Double.isNaN(b)) {
                return;
            }
            if (a < level != b < level) {
                // From the same end in both cells that share the edge, so that their segments meet to the bit.
                boolean turned = e >= 2;
                int p = turned ? f : e;
                int q = turned ? e : f;
                double t = (level - z[rows[p]][columns[p]]) / (z[rows[q]][columns[q]] - z[rows[p]][columns[p]]);
                crossings.add(new double[] {
                    x[rows[p]][columns[p]] + t * (x[rows[q]][columns[q]] - x[rows[p]][columns[p]]),
                    y[rows[p]][columns[p]] + t * (y[rows[q]][columns[q]] - y[rows[p]][columns[p]])
                });
            }
        }
        if (crossings.size() == 2) {
            out.add(segment(crossings.get(0), crossings.get(1)));
        } else if (crossings.size() == 4) {
            // A saddle: the middle decides which corners belong together.
            double middle = (z[r][c] + z[r][c + 1] + z[r + 1][c] + z[r + 1][c + 1]) / 4;
            boolean firstInside = z[r][c] < level == middle < level;
            out.add(segment(crossings.get(0), crossings.get(firstInside ? 1 : 3)));
            out.add(segment(crossings.get(2), crossings.get(firstInside ? 3 : 1)));
        }
    }

    private static double[] segment(double[] a, double[] b) {
        return new double[] {a[0], a[1], b[0], b[1]};
    }

    /** What maps data to the picture. */
    interface Projection {
        double x(double v);

        double y(double v);
    }

    /** The area where low <= z < high: each cell's square cut off at both heights. */
    static Path2D band(double[][] x, double[][] y, double[][] z, double low, double high, Projection to) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        for (int r = 0; r + 1 < z.length; r++) {
            for (int c = 0; c + 1 < z[r].length; c++) {
                List<double[]> polygon = new ArrayList<>();
                polygon.add(new double[] {x[r][c], y[r][c], z[r][c]});
                polygon.add(new double[] {x[r][c + 1], y[r][c + 1], z[r][c + 1]});
                polygon.add(new double[] {x[r + 1][c + 1], y[r + 1][c + 1], z[r + 1][c + 1]});
                polygon.add(new double[] {x[r + 1][c], y[r + 1][c], z[r + 1][c]});
                polygon = clip(clip(polygon, low, true), high, false);
                for (int i = 0; i < polygon.size(); i++) {
                    double px = to.x(polygon.get(i)[0]);
                    double py = to.y(polygon.get(i)[1]);
                    if (i == 0) {
                        path.moveTo(px, py);
                    } else {
                        path.lineTo(px, py);
                    }
                }
                if (!polygon.isEmpty()) {
                    path.closePath();
                }
            }
        }
        return path;
    }

    private static List<double[]> clip(List<double[]> polygon, double level, boolean above) {
        List<double[]> out = new ArrayList<>();
        for (int i = 0; i < polygon.size(); i++) {
            double[] a = polygon.get(i);
            double[] b = polygon.get((i + 1) % polygon.size());
            boolean inA = above ? a[2] >= level : a[2] <= level;
            boolean inB = above ? b[2] >= level : b[2] <= level;
            if (inA) {
                out.add(a);
            }
            if (inA != inB) {
                double t = (level - a[2]) / (b[2] - a[2]);
                out.add(new double[] {a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), level});
            }
        }
        return out;
    }
}
