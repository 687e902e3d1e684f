package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Broadcast;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Comparator;

/** Sums of several tensors. */
final class AddOps {
    private AddOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "AddN" -> new AddN();
            case "AccumulateNV2" -> new AccumulateN();
            default -> null;
        };
    }

    /** The sum of tensors of one shape. */
    static class AddN extends OpDef {
        AddN() {
            this("AddN", "T: " + Types.NUMBER + "|variant");
        }

        AddN(String type, String... attributes) {
            super(type, "inputs: N * T", "sum: T", attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            Shape all = c.input(c.inputCount() - 1);
            for (int i = c.inputCount() - 2; i >= 0; i--) {
                try {
                    all = c.mergeShapes(c.input(i), all);
                } catch (NnError mistake) {
                    throw c.invalid(mistake.getMessage() + "\n\tFrom merging shape " + i + " with other shapes.");
                }
            }
            c.output(0, all);
        }

        @Override
        public void compute(KernelContext k) {
            NdArray first = k.input(0);
            for (int i = 1; i < k.inputCount(); i++) {
                if (!first.hasShapeOf(k.input(i))) {
                    throw NnError.invalidArgument("Inputs to operation " + k.operation().name() + " of type " + type()
                            + " must have the same size and shape.  Input 0: " + Broadcast.brackets(first.shape())
                            + " != input " + i + ": " + Broadcast.brackets(k.input(i).shape()));
                }
            }
            if (k.inputCount() == 1) {
                k.forward(0, first);
                return;
            }
            NdArray out = k.output(0, first.shape());
            int[] order = k.state(int[].class, () -> order(k.operation()));
            for (int i = 1; i < order.length; i++) {
                add(k, i == 1 ? k.input(order[0]) : out, k.input(order[i]), out);
            }
        }

        /**
         * The inputs sorted by name. TensorFlow's graph optimizer sorts the inputs of commutative operations, so that equal
         * operations look the same, and with three or more the order decides about the last digit.
         */
        private static int[] order(Operation operation) {
            Integer[] order = new Integer[operation.inputs().size()];
            Arrays.setAll(order, i -> i);
            Arrays.sort(order, Comparator.comparing(i -> nameOf(operation.input(i))));
            return Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        }

        private static String nameOf(Output input) {
            return input.index() == 0 ? input.operation().name() : input.name();
        }

        private static void add(KernelContext k, NdArray x, NdArray y, NdArray z) {
            int n = z.size();
            switch (z.dtype()) {
                case FLOAT32 -> {
                    float[] a = x.floats();
                    float[] b = y.floats();
                    float[] c = z.floats();
                    Tiles.run(n, k::checkInterrupt, (from, to) -> {
                        for (int i = from; i < to; i++) {
                            c[i] = a[i] + b[i];
                        }
                    });
                }
                case COMPLEX64, COMPLEX128 -> {
                    for (int i = 0; i < n; i++) {
                        z.setComplex(i, x.getDouble(i) + y.getDouble(i), x.getImaginary(i) + y.getImaginary(i));
                    }
                }
                case FLOAT64, FLOAT16 -> {
                    for (int i = 0; i < n; i++) {
                        z.setDouble(i, x.getDouble(i) + y.getDouble(i));
                    }
                }
                default -> {
                    for (int i = 0; i < n; i++) {
                        z.setLong(i, x.getLong(i) + y.getLong(i));
                    }
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext c) {
            Gradient[] all = new Gradient[c.operation().inputCount()];
            Arrays.fill(all, c.upstream(0));
            return all;
        }
    }

    static final class AccumulateN extends AddN {
        AccumulateN() {
            super("AccumulateNV2", "T: " + Types.NUMBER, "shape: shape");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.operation().shapeAttribute("shape"));
        }
    }
}
