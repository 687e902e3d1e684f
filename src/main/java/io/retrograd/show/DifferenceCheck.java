package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/** Compares gradients with central differences of the loss, element by element. */
final class DifferenceCheck {
    /** The elements looked at in each variable: the first and those with the largest gradients. */
    private static final int ELEMENTS = 3;

    /** How far difference and gradient may be apart beyond rounding: the loss is not a parabola. */
    private static final double RELATIVE = 0.02;

    /** A ReLU or a maximum may bend between w−h and w+h: then a smaller h is tried, at the price of more rounding. */
    private static final int ATTEMPTS = 3;

    private DifferenceCheck() {}

    /** The variables stand at their values before the step, and do so again afterwards. */
    static List<Explanation.Check> of(Replay replay, Operation variable, NdArray gradient) {
        NdArray start = replay.variable(variable).value().copy();
        List<Explanation.Check> checks = new ArrayList<>();
        if (!gradient.hasShapeOf(start)) {
            return checks;
        }
        for (int flat : chosen(gradient)) {
            Explanation.Check check = null;
            for (int attempt = 0; attempt < ATTEMPTS && (check == null || !check.agrees()); attempt++) {
                check = check(replay, variable, start, flat, gradient.getDouble(flat), Math.scalb(1.0, -3 * attempt));
            }
            if (!check.agrees()) {
                check = bend(replay, variable, start, flat, gradient.getDouble(flat), check);
            }
            checks.add(check);
        }
        replay.variable(variable).assign(start);
        return checks;
    }

    private static Explanation.Check check(
            Replay replay, Operation variable, NdArray start, int flat, double g, double scale) {
        double w = start.getDouble(flat);
        double h = scale * (start.dtype() == DType.FLOAT64 ? 0x1p-17 : 0x1p-8) * Math.max(1, Math.abs(w));
        double[] up = loss(replay, variable, start, flat, w + h);
        double[] down = loss(replay, variable, start, flat, w - h);
        double difference = (up[1] - down[1]) / (up[0] - down[0]);
        double unit = start.dtype() == DType.FLOAT64 ? Math.ulp(up[1]) : Math.ulp((float) up[1]);
        double noise = 4 * unit / (2 * h);
        boolean agrees = Math.abs(difference - g) <= RELATIVE * Math.max(Math.abs(g), Math.abs(difference)) + noise;
        return new Explanation.Check(index(start.shape(), flat), g, difference, h, noise, agrees, null);
    }

    /** Exactly at a bend there are two slopes; what backpropagation gives then is one of them, or lies between. */
    private static Explanation.Check bend(
            Replay replay, Operation variable, NdArray start, int flat, double g, Explanation.Check central) {
        double w = start.getDouble(flat);
        double h = 0x1p-3 * (start.dtype() == DType.FLOAT64 ? 0x1p-17 : 0x1p-8) * Math.max(1, Math.abs(w));
        double[] up = loss(replay, variable, start, flat, w + h);
        double[] here = loss(replay, variable, start, flat, w);
        double[] down = loss(replay, variable, start, flat, w - h);
        double left = (here[1] - down[1]) / (here[0] - down[0]);
        double right = (up[1] - here[1]) / (up[0] - here[0]);
        double noise = 8 * (start.dtype() == DType.FLOAT64 ? Math.ulp(here[1]) : Math.ulp((float) here[1])) / h;
        double tolerance = RELATIVE * Math.max(Math.abs(left), Math.abs(right)) + noise;
        boolean bends = Math.abs(left - right) > tolerance && g >= Math.min(left, right) - tolerance && g <= Math.max(left, right) + tolerance;
        return bends ? new Explanation.Check(central.index(), g, (left + right) / 2, h, noise, true, new double[] {left, right}) : central;
    }

    /** The value that the element really got, and the loss with it. */
    private static double[] loss(Replay replay, Operation variable, NdArray start, int flat, double value) {
        NdArray moved = start.copy();
        moved.setDouble(flat, value);
        replay.variable(variable).assign(moved);
        double real = moved.getDouble(flat);
        NdArray l = replay.compute();
        double sum = 0;
        for (int i = 0; i < l.size(); i++) {
            sum += l.getDouble(i);
        }
        return new double[] {real, sum};
    }

    private static List<Integer> chosen(NdArray gradient) {
        List<Integer> chosen = new ArrayList<>();
        if (gradient.size() > 0) {
            chosen.add(0);
        }
        while (chosen.size() < Math.min(ELEMENTS, gradient.size())) {
            int best = -1;
            for (int i = 0; i < gradient.size(); i++) {
                boolean larger = best < 0 || Math.abs(gradient.getDouble(i)) > Math.abs(gradient.getDouble(best));
                if (larger && !chosen.contains(i)) {
                    best = i;
                }
            }
            chosen.add(best);
        }
        return chosen;
    }

    static int[] index(int[] shape, int flat) {
        int[] index = new int[shape.length];
        int rest = flat;
        for (int d = shape.length - 1; d >= 0; d--) {
            index[d] = rest % shape[d];
            rest /= shape[d];
        }
        return index;
    }
}
