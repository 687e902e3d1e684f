package io.retrograd.graph.op;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.VariableState;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Tiles;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Variables and what changes them. */
final class StateOps {
    private StateOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "VariableV2", "Variable" -> new VariableV2(type);
            case "Assign" -> new Assign();
            case "AssignAdd" -> new AssignBy("AssignAdd", 1);
            case "AssignSub" -> new AssignBy("AssignSub", -1);
            case "IsVariableInitialized" -> new IsVariableInitialized();
            case "CountUpTo" -> new CountUpTo();
            default -> null;
        };
    }

    static final class VariableV2 extends OpDef {
        VariableV2(String type) {
            super(type, "", "ref: Ref(dtype)", "shape: shape", "dtype: type", "container: string = ", "shared_name: string = ");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.operation().shapeAttribute("shape"));
        }

        @Override
        public void compute(KernelContext k) {
            k.forwardReference(0, k.ownVariable());
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** An operation whose first input is a variable's reference and whose output is the same reference. */
    abstract static class Update extends OpDef {
        Update(String type, String otherInputs, String... attributes) {
            super(type, "ref: Ref(T), " + otherInputs, "output_ref: Ref(T)", attributes);
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Assign extends Update {
        Assign() {
            super("Assign", "value: T", "T: type", "validate_shape: bool = true", "use_locking: bool = true");
        }

        @Override
        public void infer(ShapeContext c) {
            if (!c.operation().flag("validate_shape")) {
                c.output(0, c.input(1));
                return;
            }
            c.output(0, c.mergeShapes(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            VariableState variable = k.variable(0);
            NdArray value = k.input(1);
            Shape declared = variable.operation().shapeAttribute("shape");
            if (k.operation().flag("validate_shape")
                    && declared.hasRank()
                    && !declared.isCompatibleWith(Shape.of(value.shape()))) {
                throw NnError.invalidArgument("Assign requires shapes of both tensors to match. lhs shape= "
                        + declared.toBrackets() + " rhs shape= " + Shape.of(value.shape()).toBrackets());
            }
            if (variable.isInitialized() && value.isContiguous() && variable.value().dtype() == value.dtype()
                    && variable.value().hasShapeOf(value)) {
                NdArray next = variable.successor();
                Tiles.share(value.size(), k.threads(), k::checkInterrupt,
                        (from, to) -> Blocks.copy(value, from, next, from, to - from));
                variable.assign(next);
            } else {
                variable.assign(value.copy());
            }
            k.forwardReference(0, variable);
        }

        @Override
        public boolean savesWhatItUpdates() {
            return true;
        }
    }

    /** {@code ref += value} and {@code ref -= value}. */
    static final class AssignBy extends Update {
        private final int sign;

        AssignBy(String type, int sign) {
            super(type, "value: T", "T: float|double|int32|uint8|int16|int8|int64|half|complex64|complex128",
                    "use_locking: bool = false");
            this.sign = sign;
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.mergeShapes(c.input(0), c.input(1)));
        }

        @Override
        public void compute(KernelContext k) {
            VariableState variable = k.variable(0);
            NdArray value = k.input(1);
            NdArray old = variable.value();
            NdArray sum = variable.successor();
            if (!sum.hasShapeOf(value)) {
                throw NnError.invalidArgument("lhs and rhs shapes must match: " + Shape.of(sum.shape()).toBrackets()
                        + " vs. " + Shape.of(value.shape()).toBrackets());
            }
            switch (sum.dtype()) {
                case FLOAT32 -> {
                    float[] a = old.floats();
                    float[] b = value.floats();
                    float[] c = sum.floats();
                    float factor = sign;
                    Tiles.share(c.length, k.threads(), k::checkInterrupt, (from, to) -> {
                        for (int i = from; i < to; i++) {
                            c[i] = a[i] + factor * b[i];
                        }
                    });
                }
                case FLOAT64, FLOAT16 -> {
                    for (int i = 0; i < sum.size(); i++) {
                        sum.setDouble(i, old.getDouble(i) + sign * value.getDouble(i));
                    }
                }
                default -> {
                    for (int i = 0; i < sum.size(); i++) {
                        sum.setLong(i, old.getLong(i) + sign * value.getLong(i));
                    }
                }
            }
            variable.assign(sum);
            k.forwardReference(0, variable);
        }

        @Override
        public boolean savesWhatItUpdates() {
            return true;
        }
    }

    static final class IsVariableInitialized extends OpDef {
        IsVariableInitialized() {
            super("IsVariableInitialized", "ref: Ref(dtype)", "is_initialized: bool", "dtype: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.output(0).booleans()[0] = k.variable(0).isInitialized();
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    /** The counter's value, then one more. */
    static final class CountUpTo extends OpDef {
        CountUpTo() {
            super("CountUpTo", "ref: Ref(T)", "output: T", "limit: int", "T: int32|int64");
        }

        @Override
        public void infer(ShapeContext c) {
            c.withRank(0, 0);
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            VariableState variable = k.variable(0);
            long now = variable.value().getLong(0);
            long limit = k.operation().intAttribute("limit");
            if (now >= limit) {
                throw new NnError(ErrorKind.OUT_OF_RANGE_ERROR, "Reached limit of " + limit);
            }
            k.output(0).setLong(0, now);
            NdArray next = NdArray.zeros(variable.value().dtype());
            next.setLong(0, now + 1);
            variable.assign(next);
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
