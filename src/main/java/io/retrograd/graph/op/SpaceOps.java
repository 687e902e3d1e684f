package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.kernel.Blocks;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Optional;

/** Space in blocks moved to the depth or the batch, and back. */
final class SpaceOps {
    private SpaceOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "SpaceToDepth" -> new SpaceToDepth();
            case "DepthToSpace" -> new DepthToSpace();
            case "SpaceToBatchND" -> new SpaceToBatch();
            case "BatchToSpaceND" -> new BatchToSpace();
            default -> null;
        };
    }

    static final class SpaceToDepth extends OpDef {
        SpaceToDepth() {
            super("SpaceToDepth", "input: T", "output: T", "T: type", "block_size: int", "data_format: string = NHWC");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 4);
            int b = (int) c.operation().intAttribute("block_size");
            int[] d = in.toInts();
            for (int i = 1; i < 3; i++) {
                if (d[i] != Shape.UNKNOWN && d[i] % b != 0) {
                    throw c.invalid("Dimension size must be evenly divisible by " + b + " but is " + d[i]);
                }
            }
            c.output(0, Shape.of(d[0], d[1] < 0 ? d[1] : d[1] / b, d[2] < 0 ? d[2] : d[2] / b, d[3] < 0 ? d[3] : d[3] * b * b));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int b = (int) k.operation().intAttribute("block_size");
            int[] d = in.shape();
            NdArray out = k.output(0, d[0], d[1] / b, d[2] / b, d[3] * b * b);
            NdArray seen = in.reshape(d[0], d[1] / b, b, d[2] / b, b, d[3]);
            out.reshape(d[0], d[1] / b, d[2] / b, b, b, d[3]).assign(seen.transpose(0, 1, 3, 2, 4, 5));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("DepthToSpace").input(g.dense()).attr("block_size", g.operation().attribute("block_size")).output()
            };
        }
    }

    static final class DepthToSpace extends OpDef {
        DepthToSpace() {
            super("DepthToSpace", "input: T", "output: T", "T: type", "block_size: int", "data_format: string = NHWC");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.withRank(0, 4);
            int b = (int) c.operation().intAttribute("block_size");
            int[] d = in.toInts();
            if (d[3] != Shape.UNKNOWN && d[3] % (b * b) != 0) {
                throw c.invalid("Dimension size must be evenly divisible by " + b * b + " but is " + d[3]);
            }
            c.output(0, Shape.of(d[0], d[1] < 0 ? d[1] : d[1] * b, d[2] < 0 ? d[2] : d[2] * b, d[3] < 0 ? d[3] : d[3] / (b * b)));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int b = (int) k.operation().intAttribute("block_size");
            int[] d = in.shape();
            int depth = d[3] / (b * b);
            NdArray out = k.output(0, d[0], d[1] * b, d[2] * b, depth);
            NdArray seen = in.reshape(d[0], d[1], d[2], b, b, depth);
            out.reshape(d[0], d[1], b, d[2], b, depth).assign(seen.transpose(0, 1, 3, 2, 4, 5));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("SpaceToDepth").input(g.dense()).attr("block_size", g.operation().attribute("block_size")).output()
            };
        }
    }

    static final class SpaceToBatch extends OpDef {
        SpaceToBatch() {
            super(
                    "SpaceToBatchND",
                    "input: T, block_shape: Tblock_shape, paddings: Tpaddings",
                    "output: T",
                    "T: type",
                    "Tblock_shape: int32|int64 = int32",
                    "Tpaddings: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Optional<NdArray> block = c.constant(1);
            Optional<NdArray> pads = c.constant(2);
            if (!in.hasRank()) {
                return;
            }
            if (block.isEmpty() || pads.isEmpty()) {
                c.output(0, Shape.unknownOfRank(in.rank()));
                return;
            }
            int[] d = in.toInts();
            for (int i = 0; i < block.get().size(); i++) {
                int b = block.get().getInt(i);
                if (d[0] != Shape.UNKNOWN) {
                    d[0] *= b;
                }
                if (d[i + 1] != Shape.UNKNOWN) {
                    int padded = d[i + 1] + pads.get().getInt(2 * i) + pads.get().getInt(2 * i + 1);
                    if (padded % b != 0) {
                        throw c.invalid("Dimension size must be evenly divisible by " + b + " but is " + padded);
                    }
                    d[i + 1] = padded / b;
                }
            }
            c.output(0, Shape.of(d));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] block = k.input(1).toInts();
            int[] pads = k.input(2).toInts();
            int[] shape = in.shape();
            for (int i = 0; i < block.length; i++) {
                shape[i + 1] += pads[2 * i] + pads[2 * i + 1];
                if (shape[i + 1] % block[i] != 0) {
                    throw NnError.invalidArgument("padded_shape[" + i + "]=" + shape[i + 1]
                            + " is not divisible by block_shape[" + i + "]=" + block[i]);
                }
            }
            NdArray padded = NdArray.zeros(in.dtype(), shape);
            NdArray middle = padded;
            for (int i = 0; i < block.length; i++) {
                middle = middle.slice(i + 1, pads[2 * i], in.dim(i + 1), 1);
            }
            middle.assign(in);
            Split s = Split.of(shape, block);
            k.output(0, s.outside).reshape(s.moved).assign(padded.reshape(s.apart).transpose(s.order));
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("BatchToSpaceND").input(g.dense()).input(g.input(1)).input(g.input(2)).output(), null, null
            };
        }
    }

    /** Space cut in blocks: the shape with block dimensions apart, and the order in which they go to the batch. */
    private record Split(int[] apart, int[] order, int[] moved, int[] outside) {
        static Split of(int[] shape, int[] block) {
            int m = block.length;
            int[] apart = new int[shape.length + m];
            int[] order = new int[apart.length];
            int[] outside = shape.clone();
            apart[0] = shape[0];
            for (int i = 0; i < m; i++) {
                apart[1 + 2 * i] = shape[i + 1] / block[i];
                apart[2 + 2 * i] = block[i];
                order[i] = 2 + 2 * i;
                order[m + 1 + i] = 1 + 2 * i;
                outside[0] *= block[i];
                outside[i + 1] /= block[i];
            }
            order[m] = 0;
            for (int i = m + 1; i < shape.length; i++) {
                apart[i + m] = shape[i];
                order[i + m] = i + m;
            }
            int[] moved = new int[apart.length];
            for (int i = 0; i < moved.length; i++) {
                moved[i] = apart[order[i]];
            }
            return new Split(apart, order, moved, outside);
        }
    }

    static final class BatchToSpace extends OpDef {
        BatchToSpace() {
            super(
                    "BatchToSpaceND",
                    "input: T, block_shape: Tblock_shape, crops: Tcrops",
                    "output: T",
                    "T: type",
                    "Tblock_shape: int32|int64 = int32",
                    "Tcrops: int32|int64 = int32");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape in = c.input(0);
            Optional<NdArray> block = c.constant(1);
            Optional<NdArray> crops = c.constant(2);
            if (!in.hasRank()) {
                return;
            }
            if (block.isEmpty() || crops.isEmpty()) {
                c.output(0, Shape.unknownOfRank(in.rank()));
                return;
            }
            int[] d = in.toInts();
            for (int i = 0; i < block.get().size(); i++) {
                int b = block.get().getInt(i);
                if (d[0] != Shape.UNKNOWN) {
                    d[0] /= b;
                }
                if (d[i + 1] != Shape.UNKNOWN) {
                    d[i + 1] = d[i + 1] * b - crops.get().getInt(2 * i) - crops.get().getInt(2 * i + 1);
                }
            }
            c.output(0, Shape.of(d));
        }

        @Override
        public void compute(KernelContext k) {
            NdArray in = k.input(0);
            int[] block = k.input(1).toInts();
            int[] crops = k.input(2).toInts();
            int[] whole = in.shape();
            for (int i = 0; i < block.length; i++) {
                if (whole[0] % block[i] != 0) {
                    throw NnError.invalidArgument("Input batch dimension (" + whole[0]
                            + ") is not divisible by product of block sizes (" + Blocks.product(block, 0, block.length) + ")");
                }
                whole[0] /= block[i];
                whole[i + 1] *= block[i];
            }
            Split s = Split.of(whole, block);
            NdArray spread = NdArray.zeros(in.dtype(), whole);
            spread.reshape(s.apart).transpose(s.order).assign(in.reshape(s.moved));
            NdArray view = spread;
            int[] shape = whole;
            for (int i = 0; i < block.length; i++) {
                shape[i + 1] -= crops[2 * i] + crops[2 * i + 1];
                view = view.slice(i + 1, crops[2 * i], shape[i + 1], 1);
            }
            k.output(0, shape).assign(view);
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            return new Gradient[] {
                g.op("SpaceToBatchND").input(g.dense()).input(g.input(1)).input(g.input(2)).output(), null, null
            };
        }
    }
}
