package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Numbers counted: how often each, and how many in each interval. */
final class CountOps {
    private CountOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Bincount" -> new Bincount();
            case "HistogramFixedWidth" -> new HistogramFixedWidth();
            case "Bucketize" -> new Bucketize();
            default -> null;
        };
    }

    /** How often each of 0 … size-1 occurs, or the sum of its weights. */
    static final class Bincount extends OpDef {
        Bincount() {
            super("Bincount", "arr: int32, size: int32, weights: T", "bins: T", "T: int32|int64|float|double");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 0);
            Optional<NdArray> size = c.constant(1);
            if (size.isPresent() && size.get().getInt(0) < 0) {
                throw c.invalid("size (" + size.get().getInt(0) + ") must be non-negative");
            }
            c.output(0, size.map(s -> Shape.of(s.getInt(0))).orElse(Shape.unknownOfRank(1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(0);
            NdArray weights = k.input(2);
            int size = k.input(1).getInt(0);
            if (size < 0) {
                throw NnError.invalidArgument("size (" + size + ") must be non-negative");
            }
            NdArray bins = NdArray.zeros(weights.dtype(), size);
            for (int i = 0; i < values.size(); i++) {
                int v = values.getInt(i);
                if (v < 0) {
                    throw NnError.invalidArgument("Input arr must be non-negative!");
                }
                if (v < size) {
                    bins.setDouble(v, bins.getDouble(v) + (weights.size() == 0 ? 1 : weights.getDouble(i)));
                }
            }
            k.forward(0, bins);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class HistogramFixedWidth extends OpDef {
        HistogramFixedWidth() {
            super(
                    "HistogramFixedWidth",
                    "values: T, value_range: T, nbins: int32",
                    "out: dtype",
                    "T: int32|int64|float|double",
                    "dtype: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(1, 1);
            c.withRank(2, 0);
            c.output(0, c.constant(2).map(n -> Shape.of(n.getInt(0))).orElse(Shape.unknownOfRank(1)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray values = k.input(0);
            double low = k.input(1).getDouble(0);
            double high = k.input(1).getDouble(1);
            int n = k.input(2).getInt(0);
            if (!(low < high)) {
                throw NnError.invalidArgument("value_range should satisfy value_range[0] < value_range[1], but got '["
                        + low + ", " + high + "]'");
            }
            if (n <= 0) {
                throw NnError.invalidArgument("nbins should be a positive number, but got '" + n + "'");
            }
            NdArray out = NdArray.zeros(k.operation().output(0).dtype(), n);
            double step = (high - low) / n;
            for (int i = 0; i < values.size(); i++) {
                double bin = (values.getDouble(i) - low) / step;
                int b = (int) Math.max(0, Math.min(n - 1, Math.floor(bin)));
                out.setLong(b, out.getLong(b) + 1);
            }
            k.forward(0, out);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** The number of the interval between boundaries that each element lies in. */
    static final class Bucketize extends OpDef {
        Bucketize() {
            super("Bucketize", "input: T", "output: int32", "T: int32|int64|float|double", "boundaries: list(float)");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            List<?> boundaries = k.operation().attribute("boundaries");
            NdArray x = k.input(0);
            NdArray y = k.output(0, x.shape());
            for (int i = 0; i < x.size(); i++) {
                int b = 0;
                while (b < boundaries.size() && x.getDouble(i) >= ((Number) boundaries.get(b)).doubleValue()) {
                    b++;
                }
                y.setLong(i, b);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
