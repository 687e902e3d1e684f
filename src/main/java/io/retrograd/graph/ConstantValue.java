package io.retrograd.graph;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.format.FileAccess;
import io.retrograd.kernel.Kernels;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Values that are known while the graph is built: constants and what small stateless operations make of them.
 * Shape rules need them (the axis of a reduction, the target of a reshape).
 */
public final class ConstantValue {
    /** Larger values are data, not shapes, and not worth computing twice. */
    private static final int MOST_ELEMENTS = 1024;

    private static final int DEEPEST = 64;

    private ConstantValue() {}

    /** The value of a tensor that depends on constants and known shapes alone. */
    public static Optional<NdArray> of(Output output) {
        return Optional.ofNullable(evaluate(output, 0));
    }

    private static NdArray evaluate(Output output, int depth) {
        Operation op = output.operation();
        switch (op.type()) {
            case "Const":
                return op.attribute("value");
            case "Shape":
                return op.input(0).shape().isFullyDefined() ? integers(output.dtype(), op.input(0).shape()) : null;
            case "Rank":
                return op.input(0).shape().hasRank() ? NdArray.scalar(op.input(0).shape().rank()) : null;
            case "Size":
                return op.input(0).shape().isFullyDefined()
                        ? NdArray.scalar(op.input(0).shape().numElements()).astype(output.dtype())
                        : null;
            default:
        }
        if (depth > DEEPEST
                || op.definition().isStateful()
                || output.isReference()
                || op.inputCount() == 0
                || op.controlFlowContext() != null
                || output.shape().numElements() > MOST_ELEMENTS) {
            return null;
        }
        List<NdArray> inputs = new ArrayList<>();
        for (Output in : op.inputs()) {
            NdArray value = in.isReference() ? null : evaluate(in, depth + 1);
            if (value == null || value.size() > MOST_ELEMENTS) {
                return null;
            }
            inputs.add(value);
        }
        return fold(op, inputs).map(all -> all[output.index()]).orElse(null);
    }

    /** What a stateless operation makes of known inputs; empty where its kernel refuses them. */
    public static Optional<NdArray[]> fold(Operation op, List<NdArray> inputs) {
        Fold fold = new Fold(op, inputs);
        try {
            op.definition().compute(fold);
        } catch (NnError mistake) {
            // A mistake in the values belongs to the run that meets it.
            return Optional.empty();
        }
        return Optional.of(fold.outputs);
    }

    private static NdArray integers(DType dtype, Shape shape) {
        return NdArray.of(shape.toInts(), shape.rank()).astype(dtype);
    }

    /** A tensor that holds a shape: the dimensions that are known, unknown ones where they are not. */
    public static Shape asShape(Output output) {
        Operation op = output.operation();
        if (op.type().equals("Shape")) {
            return op.input(0).shape();
        }
        NdArray value = evaluate(output, 0);
        if (value != null) {
            if (value.rank() == 0) {
                return Shape.unknown();
            }
            int[] dims = value.toInts();
            for (int i = 0; i < dims.length; i++) {
                dims[i] = Math.max(dims[i], Shape.UNKNOWN);
            }
            return Shape.of(dims);
        }
        switch (op.type()) {
            case "Pack": {
                int[] dims = new int[op.inputCount()];
                for (int i = 0; i < dims.length; i++) {
                    NdArray v = evaluate(op.input(i), 0);
                    dims[i] = v == null ? Shape.UNKNOWN : Math.max(v.getInt(0), Shape.UNKNOWN);
                }
                return Shape.of(dims);
            }
            case "ConcatV2": {
                Shape all = Shape.scalar();
                for (int i = 0; i < op.inputCount() - 1; i++) {
                    all = all.concatenate(asShape(op.input(i)));
                }
                return all;
            }
            case "StridedSlice": {
                Shape whole = asShape(op.input(0));
                NdArray begin = evaluate(op.input(1), 0);
                NdArray end = evaluate(op.input(2), 0);
                NdArray stride = evaluate(op.input(3), 0);
                boolean plain = op.intAttribute("shrink_axis_mask") == 0
                        && op.intAttribute("new_axis_mask") == 0
                        && op.intAttribute("ellipsis_mask") == 0;
                if (plain && whole.hasRank() && begin != null && end != null && stride != null && stride.getInt(0) == 1) {
                    int n = whole.rank();
                    int from = op.intAttribute("begin_mask") == 0 ? clamp(begin.getInt(0), n) : 0;
                    int to = op.intAttribute("end_mask") == 0 ? clamp(end.getInt(0), n) : n;
                    return whole.slice(from, Math.max(from, to));
                }
                break;
            }
            default:
        }
        Shape own = output.shape();
        return own.hasRank() && own.rank() == 1 && own.dim(0) != Shape.UNKNOWN
                ? Shape.unknownOfRank(own.dim(0))
                : Shape.unknown();
    }

    private static int clamp(int i, int n) {
        return Math.max(0, Math.min(n, i < 0 ? i + n : i));
    }

    /** Runs one kernel on known inputs. */
    private static final class Fold implements KernelContext {
        private final Operation operation;
        private final List<NdArray> inputs;
        private final NdArray[] outputs;

        Fold(Operation operation, List<NdArray> inputs) {
            this.operation = operation;
            this.inputs = inputs;
            this.outputs = new NdArray[operation.outputCount()];
        }

        @Override
        public Operation operation() {
            return operation;
        }

        @Override
        public int inputCount() {
            return inputs.size();
        }

        @Override
        public NdArray input(int i) {
            return inputs.get(i);
        }

        @Override
        public NdArray output(int i, int... shape) {
            outputs[i] = NdArray.zeros(operation.output(i).dtype(), shape);
            return outputs[i];
        }

        @Override
        public void forward(int i, NdArray value) {
            outputs[i] = value;
        }

        @Override
        public VariableState variable(int i) {
            throw new IllegalStateException(operation.type());
        }

        @Override
        public VariableState ownVariable() {
            throw new IllegalStateException(operation.type());
        }

        @Override
        public void forwardReference(int i, VariableState variable) {
            throw new IllegalStateException(operation.type());
        }

        @Override
        public <T> T state(Class<T> kind, Supplier<T> make) {
            // What is folded has no state; it only remembers what need not be found out twice.
            return make.get();
        }

        @Override
        public FileAccess files() {
            throw new IllegalStateException(operation.type());
        }

        @Override
        public int threads() {
            return 1;
        }

        @Override
        public Kernels kernels() {
            return Kernels.bySize();
        }

        @Override
        public void checkInterrupt() {
            StopCheck.ask();
        }
    }
}
