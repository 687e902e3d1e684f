package io.retrograd.show;

import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The operation that first made a nan or an infinity, in words: what, from which inputs, in which line. */
final class NumericsBlame {
    private NumericsBlame() {}

    /** {@code nan}, {@code inf} or {@code nan/inf}; empty if all is finite or no number. */
    static String odd(NdArray value) {
        if (value == null || !value.dtype().isFloating() || isFinite(value)) {
            return "";
        }
        boolean nan = false;
        boolean infinite = false;
        for (int i = 0; i < value.size(); i++) {
            double v = value.getDouble(i);
            nan |= Double.isNaN(v);
            infinite |= Double.isInfinite(v);
        }
        return nan ? infinite ? "nan/inf" : "nan" : infinite ? "inf" : "";
    }

    static boolean isFinite(NdArray a) {
        if (a.data() instanceof float[] f && f.length == a.size()) {
            for (float v : f) {
                if ((Float.floatToRawIntBits(v) & 0x7f800000) == 0x7f800000) {
                    return false;
                }
            }
            return true;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!Double.isFinite(a.getDouble(i))) {
                return false;
            }
        }
        return true;
    }

    /** {@code Log 'Log', line 12: loss = -tf.reduce_sum(y_ * tf.log(y)) (of y: min 0, max 0.9)}. */
    static String text(Operation op, Map<Operation, NdArray[]> values, Map<Output, NdArray> fed, Names names, Messages m) {
        String shown = named(op);
        Operation forward = forward(op);
        Explanation.Origin at = Explainer.origin(forward == null ? op : forward);
        StringBuilder text = new StringBuilder();
        text.append(forward == null ? shown : m.get("numerics.backward", shown, named(forward)));
        if (at.line() > 0) {
            text.append(", ").append(at.file()).append(':').append(at.line()).append(": ").append(at.text());
        }
        List<String> from = new ArrayList<>();
        for (Output in : op.inputs()) {
            NdArray v = fed.get(in);
            NdArray[] outputs = values.get(in.operation());
            v = v == null && outputs != null && in.index() < outputs.length ? outputs[in.index()] : v;
            if (v != null && v.dtype().isFloating() && v.size() > 0) {
                from.add(of(names.of(in), v));
            }
        }
        return from.isEmpty() ? text.toString() : text.append("  (").append(m.get("numerics.inputs", String.join("; ", from))).append(')').toString();
    }

    private static String of(String name, NdArray v) {
        if (v.size() == 1) {
            return name + " = " + number(v.getDouble(0));
        }
        Statistics s = Statistics.of(v);
        return name + " " + number(s.min()) + " … " + number(s.max());
    }

    private static String number(double v) {
        return FloatText.format(v, 'g', 4, false);
    }

    private static String named(Operation op) {
        return op.type() + " '" + op.name() + "'";
    }

    /** The operation of the forward pass whose gradient this belongs to; null if it belongs to none. */
    static Operation forward(Operation op) {
        if (!GraphView.isGradient(op)) {
            return null;
        }
        int end = op.name().lastIndexOf("_grad/");
        if (end < 0) {
            return null;
        }
        String name = op.name().substring(0, end);
        // The scope of a backpropagation may itself lie in others: gradients/a/b_grad, train/gradients/a/b_grad.
        for (int cut = name.indexOf('/'); cut >= 0; cut = name.indexOf('/', cut + 1)) {
            var found = op.graph().operation(name.substring(cut + 1));
            if (found.isPresent() && !GraphView.isGradient(found.get())) {
                return found.get();
            }
        }
        return null;
    }
}
