package io.retrograd.session;

import io.retrograd.error.NnError;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.OpLibrary;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.op.StandardOps;

/** The standard operations and some that count their runs, fail on demand or add. */
final class TestOps implements OpLibrary {
    final StandardOps standard = new StandardOps();
    boolean failing;
    int runs;

    @Override
    public OpDef find(String type) {
        return switch (type) {
            case "TestAdd" -> new TestAdd();
            case "TestFail" -> new TestFail();
            default -> standard.find(type);
        };
    }

    /** Adds two arrays of one shape and counts. */
    private final class TestAdd extends OpDef {
        TestAdd() {
            super("TestAdd", "x: T, y: T", "z: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public void compute(KernelContext k) {
            runs++;
            float[] a = k.input(0).floats();
            float[] b = k.input(1).floats();
            float[] c = k.output(0, k.input(0).shape()).floats();
            for (int i = 0; i < c.length; i++) {
                c[i] = a[i] + b[i];
            }
        }
    }

    /** Passes its input on, or fails. */
    private final class TestFail extends OpDef {
        TestFail() {
            super("TestFail", "x: T", "y: T", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.sameAsInput();
        }

        @Override
        public boolean isStateful() {
            return true;
        }

        @Override
        public void compute(KernelContext k) {
            if (failing) {
                throw NnError.invalidArgument("injected");
            }
            k.forward(0, k.input(0));
        }
    }
}
