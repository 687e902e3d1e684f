package io.retrograd.lib.tf.input;

import static io.retrograd.lib.tf.input.DatasetFunctions.dataset;
import static io.retrograd.lib.tf.input.DatasetFunctions.int64;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.OpCall;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.tf.DimensionValue;
import io.retrograd.lib.tf.Operands;
import io.retrograd.lib.tf.ShapeValue;
import io.retrograd.lib.tf.TfState;
import io.retrograd.lib.tf.TracedFunction;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a dataset can be made into. */
final class DatasetMethods {
    private DatasetMethods() {}

    private static Graph graph(Machine m) {
        return TfState.of(m).graph();
    }

    /** A dataset whose elements look as those of the one before. */
    private static DatasetValue same(DatasetValue d, OpCall call) {
        return dataset(call, "output_types", d.structure(), d.types(), d.shapes());
    }

    @Builtin(value = "repeat", signature = "count=None", method = true, doc = "The dataset so many times over; without end if no number is given.")
    static Object repeat(Machine m, DatasetValue self, Object count) {
        Graph g = graph(m);
        Output n = int64(m, g, count == None.NONE ? (Object) (-1L) : count, "count");
        return same(self, g.op("RepeatDataset").input(self.variant()).input(n));
    }

    @Builtin(
            value = "shuffle",
            signature = "buffer_size, seed=None, reshuffle_each_iteration=None",
            method = true,
            doc = "Elements drawn at random from a buffer of that size.")
    static Object shuffle(Machine m, DatasetValue self, Object buffer, Object seed, Object reshuffle) {
        Graph g = graph(m);
        Output size = int64(m, g, buffer, "buffer_size");
        Output[] seeds = DatasetFunctions.seeds(m, g, seed);
        return same(self, g.op("ShuffleDataset").input(self.variant()).input(size).input(seeds[0]).input(seeds[1])
                .attr("reshuffle_each_iteration", reshuffle == None.NONE || Semantics.truth(m, reshuffle)));
    }

    @Builtin(value = "batch", signature = "batch_size, drop_remainder=False", method = true, doc = "Elements stacked, so many at a time.")
    static Object batch(Machine m, DatasetValue self, Object size, Object drop) {
        Graph g = graph(m);
        Output n = int64(m, g, size, "batch_size");
        boolean drops = !Operands.isTensor(drop) && Semantics.truth(m, drop);
        Output d = Operands.of(m, drop).toOutput(g, DType.BOOL, null, "drop_remainder");
        int rows = drops && size instanceof Long l ? (int) (long) l : Shape.UNKNOWN;
        List<Shape> shapes = new ArrayList<>();
        for (Shape s : self.shapes()) {
            shapes.add(Shape.of(rows).concatenate(s));
        }
        OpCall call = g.op("BatchDatasetV2").input(self.variant()).input(n).input(d);
        return dataset(call, "output_types", self.structure(), self.types(), shapes);
    }

    @Builtin(
            value = "padded_batch",
            signature = "batch_size, padded_shapes, padding_values=None, drop_remainder=False",
            method = true,
            doc = "Elements padded to one shape and stacked.")
    static Object paddedBatch(Machine m, DatasetValue self, Object size, Object paddedShapes, Object values, Object drop) {
        Graph g = graph(m);
        List<Object> wanted = new ArrayList<>();
        flatten(m, self.structure(), paddedShapes, wanted);
        List<Object> given = new ArrayList<>();
        if (values != None.NONE) {
            flatten(m, self.structure(), values, given);
        }
        Output n = int64(m, g, size, "batch_size");
        List<Output> targets = new ArrayList<>();
        List<Operand> fills = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < self.types().size(); i++) {
            Shape s = padded(m, wanted.get(i));
            targets.add(g.constant(NdArray.of(s.toInts(), s.rank()).astype(DType.INT64), "padded_shape"));
            DType t = self.types().get(i);
            NdArray zero = t == DType.STRING ? NdArray.scalar(new byte[0]) : NdArray.zeros(t);
            fills.add(values == None.NONE || given.get(i) == None.NONE
                    ? g.constant(zero, "padding_value")
                    : Operands.of(m, given.get(i)).toOutput(g, t, null, "padding_value"));
            shapes.add(Shape.of(Shape.UNKNOWN).concatenate(s));
        }
        Output d = Operands.of(m, drop).toOutput(g, DType.BOOL, null, "drop_remainder");
        OpCall call = g.op("PaddedBatchDatasetV2").input(self.variant()).input(n).inputs(targets).inputs(fills).input(d);
        return dataset(call, "Toutput_types", self.structure(), self.types(), shapes);
    }

    /** A shape in which None and −1 both stand for the batch's largest. */
    private static Shape padded(Machine m, Object value) {
        if (value instanceof ShapeValue s) {
            return s.shape();
        }
        Object[] dims = Semantics.elements(m, value);
        int[] sizes = new int[dims.length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = dims[i] == None.NONE ? -1
                    : dims[i] instanceof DimensionValue d ? d.size() : (int) Semantics.index(m, dims[i]);
        }
        return Shape.of(sizes);
    }

    private static void flatten(Machine m, Object structure, Object value, List<Object> leaves) {
        if (structure instanceof TupleValue t) {
            Object[] parts = Semantics.elements(m, value);
            for (int i = 0; i < t.size(); i++) {
                flatten(m, t.get(i), parts[i], leaves);
            }
        } else if (structure instanceof DictValue d) {
            Object[] keys = d.keyArray();
            Arrays.sort(keys, (a, b) -> Semantics.less(m, a, b) ? -1 : 1);
            for (Object key : keys) {
                flatten(m, d.get(m, key), ((DictValue) value).get(m, key), leaves);
            }
        } else {
            leaves.add(value);
        }
    }

    private static TracedFunction trace(Machine m, DatasetValue self, Object function) {
        return TracedFunction.trace(m, function, self.structure(), self.types(), self.shapes());
    }

    private static OpCall mapped(Graph g, String type, DatasetValue self, TracedFunction f) {
        return g.op(type).input(self.variant()).inputs(f.captured()).attr("_host_function", f.host());
    }

    @Builtin(
            value = "map",
            signature = "map_func, num_parallel_calls=None",
            method = true,
            doc = "What a function makes of each element.",
            example = "dataset.map(lambda x, y: (x / 255, y))")
    static Object map(Machine m, DatasetValue self, Object function, Object parallel) {
        Graph g = graph(m);
        TracedFunction f = trace(m, self, function);
        List<DType> types = new ArrayList<>();
        List<Shape> shapes = new ArrayList<>();
        for (Output o : f.results()) {
            types.add(o.dtype());
            shapes.add(o.shape());
        }
        if (parallel == None.NONE) {
            return dataset(mapped(g, "MapDataset", self, f), "output_types", f.result(), types, shapes);
        }
        Output n = Operands.of(m, parallel).toOutput(g, DType.INT32, null, "num_parallel_calls");
        return dataset(mapped(g, "ParallelMapDataset", self, f).input(n), "output_types", f.result(), types, shapes);
    }

    @Builtin(value = "filter", signature = "predicate", method = true, doc = "The elements for which a function gives true.")
    static Object filter(Machine m, DatasetValue self, Object function) {
        TracedFunction f = trace(m, self, function);
        if (f.results().size() != 1 || f.results().get(0).dtype() != DType.BOOL) {
            throw NnError.value("`predicate` return type must be convertible to a scalar boolean tensor.");
        }
        return same(self, mapped(graph(m), "FilterDataset", self, f));
    }

    private static DatasetValue inner(TracedFunction f) {
        if (!(f.result() instanceof DatasetValue d)) {
            throw NnError.type("`map_func` must return a `Dataset` object.");
        }
        return d;
    }

    @Builtin(value = "flat_map", signature = "map_func", method = true, doc = "The elements of the datasets that a function makes, one dataset after the other.")
    static Object flatMap(Machine m, DatasetValue self, Object function) {
        TracedFunction f = trace(m, self, function);
        DatasetValue d = inner(f);
        return dataset(mapped(graph(m), "FlatMapDataset", self, f), "output_types", d.structure(), d.types(), d.shapes());
    }

    @Builtin(value = "enumerate", signature = "start=0", method = true, doc = "Each element with its number: (number, element).")
    static Object enumerate(Machine m, DatasetValue self, Object start) {
        return DatasetFunctions.zip(m, TupleValue.of(DatasetFunctions.range(m, new Object[] {start, Long.MAX_VALUE}), self));
    }

    @Builtin(value = "unbatch", method = true, doc = "The entries of each element along its first dimension, one by one.")
    static Object unbatch(Machine m, DatasetValue self) {
        return flatMap(m, self, new NativeFunction("unbatch", (machine, parts) ->
                DatasetFunctions.fromTensorSlices(machine, parts.length == 1 ? parts[0] : TupleValue.of(parts))));
    }

    @Builtin(value = "with_options", signature = "options", method = true, doc = "The dataset; options say how to be fast, which is decided here alone.")
    static Object withOptions(Machine m, DatasetValue self, Object options) {
        return self;
    }

    @Builtin(
            value = "interleave",
            signature = "map_func, cycle_length=10, block_length=1, num_parallel_calls=None",
            method = true,
            doc = "The elements of the datasets that a function makes, going round several at a time.")
    static Object interleave(Machine m, DatasetValue self, Object function, Object cycle, Object block, Object parallel) {
        Graph g = graph(m);
        TracedFunction f = trace(m, self, function);
        DatasetValue d = inner(f);
        OpCall call = mapped(g, "InterleaveDataset", self, f).input(int64(m, g, cycle, "cycle_length"))
                .input(int64(m, g, block, "block_length"));
        return dataset(call, "output_types", d.structure(), d.types(), d.shapes());
    }

    @Builtin(value = "take", signature = "count", method = true, doc = "The first elements.")
    static Object take(Machine m, DatasetValue self, Object count) {
        Graph g = graph(m);
        return same(self, g.op("TakeDataset").input(self.variant()).input(int64(m, g, count, "count")));
    }

    @Builtin(value = "skip", signature = "count", method = true, doc = "All but the first elements.")
    static Object skip(Machine m, DatasetValue self, Object count) {
        Graph g = graph(m);
        return same(self, g.op("SkipDataset").input(self.variant()).input(int64(m, g, count, "count")));
    }

    @Builtin(value = "shard", signature = "num_shards, index", method = true, doc = "Every so many-th element.")
    static Object shard(Machine m, DatasetValue self, Object count, Object index) {
        Graph g = graph(m);
        return same(self, g.op("ShardDataset").input(self.variant()).input(int64(m, g, count, "num_shards"))
                .input(int64(m, g, index, "index")));
    }

    @Builtin(value = "concatenate", signature = "dataset", method = true, doc = "This dataset, then another.")
    static Object concatenate(Machine m, DatasetValue self, DatasetValue other) {
        if (!self.types().equals(other.types())) {
            throw NnError.type("Two datasets to concatenate have different types " + Semantics.repr(m, self.describe(m, false))
                    + " and " + Semantics.repr(m, other.describe(m, false)));
        }
        List<Shape> shapes = new ArrayList<>();
        for (int i = 0; i < self.shapes().size(); i++) {
            shapes.add(self.shapes().get(i).relax(other.shapes().get(i)));
        }
        OpCall call = graph(m).op("ConcatenateDataset").input(self.variant()).input(other.variant());
        return dataset(call, "output_types", self.structure(), self.types(), shapes);
    }

    @Builtin(value = "cache", signature = "filename=''", method = true, doc = "The elements, kept in memory after the first pass, whatever file is named.")
    static Object cache(Machine m, DatasetValue self, Object filename) {
        if (filename instanceof String file && !file.isEmpty()) {
            m.world().files().writable(file);
        }
        Graph g = graph(m);
        Output name = Operands.of(m, filename).toOutput(g, DType.STRING, null, "filename");
        return same(self, g.op("CacheDataset").input(self.variant()).input(name));
    }

    @Builtin(value = "prefetch", signature = "buffer_size", method = true, doc = "The same elements, which TensorFlow prepares ahead.")
    static Object prefetch(Machine m, DatasetValue self, Object size) {
        Graph g = graph(m);
        return same(self, g.op("PrefetchDataset").input(self.variant()).input(int64(m, g, size, "buffer_size")));
    }

    @Builtin(value = "apply", signature = "transformation_func", method = true, doc = "What a function makes of the whole dataset.")
    static Object apply(Machine m, DatasetValue self, Object function) {
        Object made = Semantics.call(m, function, self);
        if (!(made instanceof DatasetValue)) {
            throw NnError.type("`transformation_func` must return a Dataset.");
        }
        return made;
    }

    @Builtin(value = "make_one_shot_iterator", method = true, doc = "An iterator that goes through it once and needs no initialization.")
    static Object oneShot(Machine m, DatasetValue self) {
        return DatasetFunctions.oneShot(m, self);
    }

    @Builtin(value = "make_initializable_iterator", signature = "shared_name=None", method = true, doc = "An iterator that starts when its initializer is run.")
    static Object initializable(Machine m, DatasetValue self, String shared) {
        return DatasetFunctions.initializable(m, self, shared);
    }

    @Builtin(value = "output_types", property = true, doc = "The types of an element's components.")
    static Object outputTypes(Machine m, DatasetValue self) {
        return self.describe(m, false);
    }

    @Builtin(value = "output_shapes", property = true, doc = "The shapes of an element's components.")
    static Object outputShapes(Machine m, DatasetValue self) {
        return self.describe(m, true);
    }
}
