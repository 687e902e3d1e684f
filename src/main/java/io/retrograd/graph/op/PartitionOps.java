package io.retrograd.graph.op;

import io.retrograd.error.NnError;
import io.retrograd.graph.Gradient;
import io.retrograd.graph.GradientContext;
import io.retrograd.graph.Graph;
import io.retrograd.graph.KernelContext;
import io.retrograd.graph.Literal;
import io.retrograd.graph.OpDef;
import io.retrograd.graph.Output;
import io.retrograd.graph.ShapeContext;
import io.retrograd.graph.build.ArrayOps;
import io.retrograd.graph.build.MathOps;
import io.retrograd.graph.build.Shapes;
import io.retrograd.kernel.Blocks;
import io.retrograd.kernel.Broadcast;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.List;
import java.util.Optional;

/** Rows dealt out over several tensors by number, and put together again. */
final class PartitionOps {
    private PartitionOps() {}

    static OpDef find(String type) {
        return switch (type) {
            case "DynamicPartition" -> new DynamicPartition();
            case "DynamicStitch", "ParallelDynamicStitch" -> new DynamicStitch(type);
            default -> null;
        };
    }

    static final class DynamicPartition extends OpDef {
        DynamicPartition() {
            super(
                    "DynamicPartition",
                    "data: T, partitions: int32",
                    "outputs: num_partitions * T",
                    "num_partitions: int",
                    "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            Shape data = c.input(0);
            Shape ids = c.input(1);
            for (int i = 0; i < c.operation().outputCount(); i++) {
                c.output(i, data.hasRank() && ids.hasRank()
                        ? Shape.of(Shape.UNKNOWN).concatenate(data.slice(Math.min(ids.rank(), data.rank()), data.rank()))
                        : Shape.unknown());
            }
        }

        @Override
        public void compute(KernelContext k) {
            NdArray data = k.input(0);
            NdArray ids = k.input(1);
            int parts = k.operation().outputCount();
            for (int i = 0; i < ids.rank(); i++) {
                if (i >= data.rank() || ids.dim(i) != data.dim(i)) {
                    throw NnError.invalidArgument("data.shape must start with partitions.shape, got data.shape = "
                            + Broadcast.brackets(data.shape()) + ", partitions.shape = " + Broadcast.brackets(ids.shape()));
                }
            }
            int[] counts = new int[parts];
            for (int i = 0; i < ids.size(); i++) {
                int p = ids.getInt(i);
                if (p < 0 || p >= parts) {
                    throw NnError.invalidArgument(GatherOps.outOfRange(ids, i, p, parts).getMessage().replaceFirst("indices", "partitions"));
                }
                counts[p]++;
            }
            int inner = ids.size() == 0 ? 0 : data.size() / ids.size();
            int[] shape = new int[data.rank() - ids.rank() + 1];
            System.arraycopy(data.shape(), ids.rank(), shape, 1, shape.length - 1);
            NdArray[] outs = new NdArray[parts];
            for (int p = 0; p < parts; p++) {
                shape[0] = counts[p];
                outs[p] = k.output(p, shape);
            }
            int[] done = new int[parts];
            for (int i = 0; i < ids.size(); i++) {
                int p = ids.getInt(i);
                Blocks.copy(data, i * inner, outs[p], done[p]++ * inner, inner);
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            Output data = g.input(0);
            Output ids = g.input(1);
            int parts = g.operation().outputCount();
            Output prefix = Shapes.shape(graph, ids, null);
            Output count = graph.op("Prod").input(prefix).input(Literal.ofInts(0)).output();
            Output all = ArrayOps.reshape(graph, MathOps.range(graph, count), prefix, null);
            List<Output> places = graph.op("DynamicPartition").input(all).input(ids).attr("num_partitions", (long) parts)
                    .operation().outputs();
            Output whole = graph.op("DynamicStitch").inputs(places).inputs(SplitOps.upstreams(g)).output();
            return new Gradient[] {ArrayOps.reshape(graph, whole, Shapes.shape(graph, data, null), null), null};
        }
    }

    static final class DynamicStitch extends OpDef {
        DynamicStitch(String type) {
            super(type, "indices: N * int32, data: N * T", "merged: T", "N: int", "T: type");
        }

        @Override
        public void infer(ShapeContext c) {
            int n = c.inputCount() / 2;
            Shape rest = Shape.unknown();
            int most = -1;
            boolean known = true;
            for (int i = 0; i < n; i++) {
                Shape ids = c.input(i);
                Shape data = c.input(n + i);
                if (ids.hasRank() && data.hasRank()) {
                    rest = c.mergeShapes(rest, data.slice(Math.min(ids.rank(), data.rank()), data.rank()));
                }
                Optional<NdArray> values = c.constant(i);
                known &= values.isPresent();
                for (int j = 0; values.isPresent() && j < values.get().size(); j++) {
                    most = Math.max(most, values.get().getInt(j));
                }
            }
            c.output(0, Shape.of(known ? most + 1 : Shape.UNKNOWN).concatenate(rest));
        }

        @Override
        public void compute(KernelContext k) {
            int n = k.inputCount() / 2;
            int most = -1;
            for (int i = 0; i < n; i++) {
                NdArray ids = k.input(i);
                for (int j = 0; j < ids.size(); j++) {
                    most = Math.max(most, ids.getInt(j));
                }
            }
            NdArray first = k.input(n);
            int lead = k.input(0).rank();
            int[] shape = new int[first.rank() - lead + 1];
            System.arraycopy(first.shape(), lead, shape, 1, shape.length - 1);
            shape[0] = most + 1;
            int inner = Blocks.product(shape, 1, shape.length);
            NdArray out = k.output(0, shape);
            Blocks.clear(out);
            for (int i = 0; i < n; i++) {
                NdArray ids = k.input(i);
                NdArray data = k.input(n + i);
                if (data.size() != ids.size() * inner) {
                    throw NnError.invalidArgument("data[" + i + "].shape = " + Broadcast.brackets(data.shape())
                            + " does not start with indices[" + i + "].shape = " + Broadcast.brackets(ids.shape()));
                }
                for (int j = 0; j < ids.size(); j++) {
                    int at = ids.getInt(j);
                    if (at < 0) {
                        throw NnError.invalidArgument(GatherOps.outOfRange(ids, j, at, most + 1).getMessage());
                    }
                    Blocks.copy(data, j * inner, out, at * inner, inner);
                }
            }
        }

        @Override
        public Gradient[] gradient(GradientContext g) {
            Graph graph = g.graph();
            int n = g.operation().inputCount() / 2;
            Gradient[] all = new Gradient[2 * n];
            List<Output> ids = g.operation().inputs().subList(0, n);
            Output dense = g.dense();
            for (int i = 0; i < n; i++) {
                all[n + i] = ArrayOps.gather(graph, dense, ids.get(i));
            }
            return all;
        }
    }
}
