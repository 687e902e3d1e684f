package io.retrograd.lib.pillow;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;

/** A picture turned by any angle, by nearest pixels, with Pillow's fixed-point arithmetic. */
final class Turning {
    private Turning() {}

    private static double rounded(double v) {
        return BigDecimal.valueOf(v).setScale(15, RoundingMode.HALF_EVEN).doubleValue();
    }

    static Pixels turned(Pixels p, double angle, boolean expand) {
        double cos = rounded(Math.cos(angle));
        double sin = rounded(Math.sin(angle));
        double[] k = {cos, sin, 0, rounded(-Math.sin(angle)), cos, 0};
        double cx = p.width() / 2.0;
        double cy = p.height() / 2.0;
        k[2] = k[0] * -cx + k[1] * -cy + cx;
        k[5] = k[3] * -cx + k[4] * -cy + cy;
        int w = p.width();
        int h = p.height();
        if (expand) {
            double[] xs = new double[4];
            double[] ys = new double[4];
            for (int i = 0; i < 4; i++) {
                double x = i == 1 || i == 2 ? p.width() : 0;
                double y = i >= 2 ? p.height() : 0;
                xs[i] = k[0] * x + k[1] * y + k[2];
                ys[i] = k[3] * x + k[4] * y + k[5];
            }
            Arrays.sort(xs);
            Arrays.sort(ys);
            w = (int) (Math.ceil(xs[3]) - Math.floor(xs[0]));
            h = (int) (Math.ceil(ys[3]) - Math.floor(ys[0]));
            double dx = -(w - p.width()) / 2.0;
            double dy = -(h - p.height()) / 2.0;
            k[2] = k[0] * dx + k[1] * dy + k[2];
            k[5] = k[3] * dx + k[4] * dy + k[5];
        }
        long[] f = new long[6];
        for (int i = 0; i < 6; i++) {
            double v = i == 2 ? k[2] + k[0] * 0.5 + k[1] * 0.5 : i == 5 ? k[5] + k[3] * 0.5 + k[4] * 0.5 : k[i];
            f[i] = (long) Math.floor(v * 65536.0 + 0.5);
        }
        return p.picked(w, h, (x, y) -> {
            long sx = f[2] + f[0] * x + f[1] * y >> 16;
            long sy = f[5] + f[3] * x + f[4] * y >> 16;
            return sx >= 0 && sx < p.width() && sy >= 0 && sy < p.height() ? (int) (sy * p.width() + sx) : -1;
        });
    }
}
