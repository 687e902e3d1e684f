package io.retrograd.show;

import io.retrograd.gradient.Backpropagation;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What a teacher would point at in a step: dead units, saturation, gradients too large or too small, a rate past the edge. */
final class Warnings {
    private static final double SATURATED = 0.99;
    private static final double LARGE_NORM = 1e3;
    private static final double SMALL_NORM = 1e-7;
    private static final double LABELS_OFF = 1e-3;
    private static final double SMALL_RATIO = 1e-4;

    private final List<Explanation.Warning> found = new ArrayList<>();

    private void add(String key, Object... arguments) {
        found.add(new Explanation.Warning(key, List.of(arguments)));
    }

    List<Explanation.Warning> found() {
        return found;
    }

    void units(Operation op, NdArray y, String name) {
        if (y == null || y.size() == 0 || y.rank() == 0) {
            return;
        }
        switch (op.type()) {
            case "Relu", "Relu6" -> {
                int units = y.dim(y.rank() - 1);
                boolean[] alive = new boolean[units];
                for (int i = 0; i < y.size(); i++) {
                    alive[i % units] |= y.getDouble(i) > 0;
                }
                int dead = 0;
                for (boolean a : alive) {
                    dead += a ? 0 : 1;
                }
                if (dead > 0) {
                    add("dead", name, dead, units);
                }
            }
            case "Sigmoid", "Tanh" -> {
                int flat = 0;
                for (int i = 0; i < y.size(); i++) {
                    double v = op.type().equals("Tanh") ? Math.abs(y.getDouble(i)) : 2 * Math.abs(y.getDouble(i) - 0.5);
                    flat += v > SATURATED ? 1 : 0;
                }
                if (2 * flat > y.size()) {
                    add("saturated", name, op.type().toLowerCase(Locale.ROOT), Math.round(100.0 * flat / y.size()));
                }
            }
            default -> { }
        }
    }

    /** The gradient of cross entropy, softmax minus labels, holds for labels that are distributions. */
    void labels(NdArray labels, String name) {
        if (labels == null || labels.rank() != 2) {
            return;
        }
        int classes = labels.dim(1);
        for (int row = 0; row < labels.dim(0); row++) {
            double sum = 0;
            for (int k = 0; k < classes; k++) {
                sum += labels.getDouble(row * classes + k);
            }
            if (Math.abs(sum - 1) > LABELS_OFF) {
                add("labels", name, row, number(sum));
                return;
            }
        }
    }

    void notFinite(String name, String place) {
        add("nan", name, place);
    }

    void unchecked(List<Explanation.Parameter> parameters) {
        add("unchecked", parameters.stream().filter(p -> !p.checks().isEmpty()).count(), parameters.size());
    }

    void gradients(List<Explanation.Parameter> parameters) {
        double largest = 0;
        for (Explanation.Parameter p : parameters) {
            double norm = p.gradient() == null ? 0 : Statistics.of(p.gradient()).norm();
            largest = Double.isFinite(norm) ? Math.max(largest, norm) : largest;
        }
        for (Explanation.Parameter p : parameters) {
            if (p.gradient() == null) {
                continue;
            }
            double norm = Statistics.of(p.gradient()).norm();
            if (!Double.isFinite(norm) || norm > LARGE_NORM) {
                add("exploding", p.name(), number(norm));
            } else if (norm == 0) {
                add("zero", p.name());
            } else if (norm < SMALL_NORM || norm < SMALL_RATIO * largest) {
                add("vanishing", p.name(), number(norm), number(largest));
            }
            for (Explanation.Check c : p.checks()) {
                if (!c.agrees()) {
                    add("check", p.name() + element(c.index()), number(c.gradient()), number(c.difference()));
                }
            }
        }
    }

    void rate(Double before, Double after, List<Explanation.Parameter> parameters) {
        if (before == null || after == null || !(after > before) && Double.isFinite(after)) {
            return;
        }
        double squares = 0;
        double rate = 0;
        boolean plain = true;
        for (Explanation.Parameter p : parameters) {
            plain &= p.rule().equals("ApplyGradientDescent") && p.gradient() != null;
            if (plain) {
                double norm = Statistics.of(p.gradient()).norm();
                squares += norm * norm;
                rate = p.hyperparameters().getOrDefault("alpha", 0.0);
            }
        }
        // Along the gradient the loss is L - r g² + c r²/2; the step shows c, and beyond 2 g²/c the loss grows.
        double curvature = 2 * (after - before + rate * squares) / (rate * rate);
        if (plain && Double.isFinite(after) && curvature > 0 && rate > 0) {
            add("edge", number(before), number(after), number(rate), number(2 * squares / curvature));
        } else {
            add("rose", number(before), number(after));
        }
    }

    void independent(Backpropagation b, Names names) {
        for (int i = 0; i < b.xs().size(); i++) {
            if (b.gradients().get(i) == null) {
                Output x = b.xs().get(i);
                add("independent", names.of(x), names.of(b.ys().get(0)));
            }
        }
    }

    private static String number(double v) {
        return FloatText.format(v, 'g', 4, false);
    }

    static String element(int[] index) {
        if (index.length == 0) {
            return "";
        }
        StringBuilder out = new StringBuilder("[");
        for (int i = 0; i < index.length; i++) {
            out.append(i == 0 ? "" : ",").append(index[i]);
        }
        return out.append("]").toString();
    }
}
