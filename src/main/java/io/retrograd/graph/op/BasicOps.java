package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Where values enter the graph and pass through it unchanged. */
final class BasicOps {
    private BasicOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Const" -> new Const();
            case "Placeholder" -> new Placeholder();
            case "PlaceholderWithDefault" -> new PlaceholderWithDefault();
            case "Identity", "Snapshot" -> new Identity(type);
            case "RefIdentity" -> new RefIdentity();
            case "IdentityN" -> new IdentityN();
            case "StopGradient", "PreventGradient" -> new StopGradient(type);
            case "NoOp" -> new NoOp();
            default -> null;
        };
    }

    static final class Const extends OpDef {
        Const() {
            super("Const", "", "output: dtype", "value: tensor", "dtype: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(((NdArray) c.operation().attribute("value")).shape()));
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, k.operation().attribute("value"));
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Placeholder extends OpDef {
        Placeholder() {
            super("Placeholder", "", "output: dtype", "dtype: type", "shape: shape = ?");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.operation().shapeAttribute("shape"));
        }

        @Override
        public void compute(KernelContext k) {
            Shape shape = k.operation().shapeAttribute("shape");
            String dims = shape.hasRank() ? " and shape " + shape.toBrackets() : "";
            throw NnError.invalidArgument("You must feed a value for placeholder tensor '" + k.operation().name()
                    + "' with dtype " + k.operation().output(0).dtype().typeName() + dims);
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

    /** What passes its input on, and back what comes to its output. */
    static class Identity extends OpDef {
        Identity(String type) {
            this(type, "input: T", "output: T", "T: type");
        }

        Identity(String type, String inputs, String outputs, String... attributes) {
            super(type, inputs, outputs, attributes);
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            k.forward(0, k.input(0));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {g.upstream(0)};
        }
    }

    static final class PlaceholderWithDefault extends Identity {
        PlaceholderWithDefault() {
            super("PlaceholderWithDefault", "input: dtype", "output: dtype", "dtype: type", "shape: shape = ?");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, c.operation().shapeAttribute("shape"));
        }

        @Override
        public boolean isStateful() {
            return true;
        }
    }

    static final class RefIdentity extends Identity {
        RefIdentity() {
            super("RefIdentity", "input: Ref(T)", "output: Ref(T)", "T: type");
        }

        @Override
        public void compute(KernelContext k) {
            k.forwardReference(0, k.variable(0));
        }
    }

    static final class IdentityN extends OpDef {
        IdentityN() {
            super("IdentityN", "input: list(T)", "output: list(T)", "T: list(type)");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < c.inputCount(); i++) {
                c.output(i, c.input(i));
            }
        }

        @Override
        public void compute(KernelContext k) {
            for (int i = 0; i < k.inputCount(); i++) {
                k.forward(i, k.input(i));
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Gradient[] all = new Gradient[g.operation().inputCount()];
            for (int i = 0; i < all.length; i++) {
                all[i] = g.upstream(i);
            }
            return all;
        }
    }

    static final class StopGradient extends Identity {
        StopGradient(String type) {
            super(type);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class NoOp extends OpDef {
        NoOp() {
            super("NoOp", "", "");
        }

        @Override
        public void infer(ShapeContext c) {}

        @Override
        public void compute(KernelContext k) {}

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
