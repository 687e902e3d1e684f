package io.retrograd.graph.op;

import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.Shapes;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;

/** Shapes as tensors. */
final class ShapeOps {
    private ShapeOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "Shape" -> new ShapeOf();
            case "ShapeN" -> new ShapeN();
            case "Size" -> new Size();
            case "Rank" -> new Rank();
            default -> null;
        };
    }

    /** Fills a vector of int32 or int64 with a shape. */
    static void put(NdArray out, int[] dims) {
        for (int i = 0; i < dims.length; i++) {
            out.setLong(i, dims[i]);
        }
    }

    static final class ShapeOf extends OpDef {
        ShapeOf() {
            super("Shape", "input: T", "output: out_type", "T: type", "out_type: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.output(0, Shape.of(c.input(0).rank()));
        }

        @Override
        public void compute(KernelContext k) {
            int[] dims = k.input(0).shape();
            put(k.output(0, dims.length), dims);
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class ShapeN extends OpDef {
        ShapeN() {
            super("ShapeN", "input: N * T", "output: N * out_type", "N: int", "T: type", "out_type: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            for (int i = 0; i < c.inputCount(); i++) {
                c.output(i, Shape.of(c.input(i).rank()));
            }
        }

        @Override
        public void compute(KernelContext k) {
            for (int i = 0; i < k.inputCount(); i++) {
                int[] dims = k.input(i).shape();
                put(k.output(i, dims.length), dims);
            }
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Size extends OpDef {
        Size() {
            super("Size", "input: T", "output: out_type", "T: type", "out_type: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.output(0).setLong(0, k.input(0).size());
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }

    static final class Rank extends OpDef {
        Rank() {
            super("Rank", "input: T", "output: int32", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            c.scalars();
        }

        @Override
        public void compute(KernelContext k) {
            k.output(0).setLong(0, k.input(0).rank());
        }

        @Override
        public boolean isNotDifferentiable() {
            return true;
        }
    }
}
