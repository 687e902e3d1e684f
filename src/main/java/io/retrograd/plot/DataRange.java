package io.retrograd.plot;

import java.util.List;

/** The range of one axis: what was asked for, else what the data of all axes that share it take up, and a little more. */
final class DataRange {
    private final Axis axis;
    private double low = Double.POSITIVE_INFINITY;
    private double high = Double.NEGATIVE_INFINITY;
    private double stickyLow = Double.NaN;
    private double stickyHigh = Double.NaN;

    private DataRange(Axis axis) {
        this.axis = axis;
    }

    static Scale of(Axis axis, List<Axes> figure) {
        DataRange range = new DataRange(axis);
        for (Axes each : figure) {
            for (Placed placed : each.artists) {
                if (each.x == axis) {
                    range.take(placed.artist, true);
                }
                if (each.y == axis) {
                    range.take(placed.artist, false);
                }
            }
        }
        return range.scale();
    }

    private Scale scale() {
        boolean log = axis.spread == Axis.Spread.LOG;
        if (low > high) {
            low = log ? 1 : 0;
            high = log ? 10 : 1;
            stickyLow = low;
            stickyHigh = high;
        }
        if (low == high) {
            double around = low == 0 ? 0.05 : Math.abs(low) * 0.05;
            low -= around;
            high += around;
        } else {
            // Pictures, bars and contours reach to the frame; everything else keeps a little away from it.
            double byFactor = log ? Math.pow(high / low, axis.margin) : 1;
            double bySum = log ? 0 : (high - low) * axis.margin;
            if (low != stickyLow) {
                low = low / byFactor - bySum;
            }
            if (high != stickyHigh) {
                high = high * byFactor + bySum;
            }
        }
        double a = Double.isNaN(axis.low) || log && axis.low <= 0 ? low : axis.low;
        double b = Double.isNaN(axis.high) || log && axis.high <= 0 ? high : axis.high;
        if (a == b) {
            b = a + 1;
        }
        return new Scale(Math.min(a, b), Math.max(a, b), axis.spread, axis.linearUpTo, axis.inverted);
    }

    private void values(double[] values) {
        for (double v : values) {
            if (!Double.isNaN(v) && !Double.isInfinite(v) && !(axis.spread == Axis.Spread.LOG && v <= 0)) {
                low = Math.min(low, v);
                high = Math.max(high, v);
            }
        }
    }

    private void sticky(double v) {
        stickyLow = Double.isNaN(stickyLow) ? v : Math.min(stickyLow, v);
        stickyHigh = Double.isNaN(stickyHigh) ? v : Math.max(stickyHigh, v);
    }

    private void stickyAll(double[] values) {
        values(values);
        for (double v : values) {
            sticky(v);
        }
    }

    private void take(Artist artist, boolean across) {
        if (artist instanceof Artist.Line l) {
            values(across ? l.x() : l.y());
        } else if (artist instanceof Artist.Points p) {
            values(across ? p.x() : p.y());
        } else if (artist instanceof Artist.Areas p) {
            for (double[] each : across ? p.x() : p.y()) {
                values(each);
            }
        } else if (artist instanceof Artist.Bars b) {
            double[] from = across ? b.x() : b.y();
            double[] size = across ? b.widths() : b.heights();
            for (int i = 0; i < from.length; i++) {
                values(new double[] {from[i], from[i] + size[i]});
                if (b.upright() != across) {
                    sticky(from[i]);
                }
            }
        } else if (artist instanceof Artist.ErrorBars e) {
            double[] at = across ? e.x() : e.y();
            shifted(at, across ? e.left() : e.down(), -1);
            shifted(at, across ? e.right() : e.up(), 1);
        } else if (artist instanceof Artist.Image i) {
            stickyAll(across ? new double[] {i.extent()[0], i.extent()[1]} : new double[] {i.extent()[2], i.extent()[3]});
        } else if (artist instanceof Artist.Mesh mesh) {
            for (double[] row : across ? mesh.x() : mesh.y()) {
                stickyAll(row);
            }
        } else if (artist instanceof Artist.Contour c) {
            for (double[] row : across ? c.x() : c.y()) {
                stickyAll(row);
            }
        } else if (artist instanceof Artist.FilledContour c) {
            for (double[] row : across ? c.x() : c.y()) {
                stickyAll(row);
            }
        } else if (artist instanceof Artist.Rule r && r.horizontal() != across) {
            values(new double[] {r.at()});
        } else if (artist instanceof Artist.Band b && b.horizontal() != across) {
            values(new double[] {b.low(), b.high()});
        } else if (artist instanceof Artist.Segments s) {
            values(across ? s.x0() : s.y0());
            values(across ? s.x1() : s.y1());
        } else if (artist instanceof Artist.Arrows a) {
            values(across ? a.x() : a.y());
            shifted(across ? a.x() : a.y(), across ? a.dx() : a.dy(), 1);
        }
    }

    private void shifted(double[] at, double[] by, int sign) {
        for (int i = 0; by != null && i < at.length; i++) {
            values(new double[] {at[i] + sign * by[i]});
        }
    }
}
