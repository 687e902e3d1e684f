package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;

/** Reductions of {@code tf} and {@code tf.math}: over dimensions, along one, and by segments. */
final class ReductionFunctions {
    private static final String SIGNATURE =
            "input_tensor, axis=None, keepdims=None, name=None, reduction_indices=None, keep_dims=None";

    private ReductionFunctions() {}

    private static Object reduce(
            Machine m, String type, Object x, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        Operand dims = axis(m, axis, oldAxis);
        boolean keeps = keep(m, keep, oldKeep);
        return Tensors.wrap(MathOps.reduce(TfState.of(m).graph(), type, Operands.of(m, x), dims, keeps, name));
    }

    /** The axes under their new or old name; null for all. */
    private static Operand axis(Machine m, Object axis, Object old) {
        Object given = either("axis", axis, "reduction_indices", old);
        return given == None.NONE ? null : Operands.of(m, given);
    }

    private static boolean keep(Machine m, Object keep, Object old) {
        return Semantics.truth(m, either("keepdims", keep, "keep_dims", old));
    }

    private static Object either(String name, Object value, String oldName, Object old) {
        if (old == None.NONE) {
            return value;
        }
        if (value != None.NONE) {
            throw NnError.value("Cannot specify both '" + oldName + "' and '" + name + "'");
        }
        return old;
    }

    @Builtin(
            value = {"reduce_sum", "math.reduce_sum"},
            signature = SIGNATURE,
            doc = "The sum over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy, repeated")
    static Object reduceSum(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Sum", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_mean", "math.reduce_mean"},
            signature = SIGNATURE,
            doc = "The mean over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy / count, repeated")
    static Object reduceMean(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Mean", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_prod", "math.reduce_prod"},
            signature = SIGNATURE,
            doc = "The product over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy * y / x")
    static Object reduceProd(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Prod", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_max", "math.reduce_max"},
            signature = SIGNATURE,
            doc = "The largest element over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dy to the largest, shared by equals")
    static Object reduceMax(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Max", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_min", "math.reduce_min"},
            signature = SIGNATURE,
            doc = "The smallest element over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dy to the smallest, shared by equals")
    static Object reduceMin(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Min", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_all", "math.reduce_all"},
            signature = SIGNATURE,
            doc = "Whether all are true.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "none")
    static Object reduceAll(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "All", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_any", "math.reduce_any"},
            signature = SIGNATURE,
            doc = "Whether any is true.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "none")
    static Object reduceAny(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        return reduce(m, "Any", input, axis, keep, name, oldAxis, oldKeep);
    }

    @Builtin(
            value = {"reduce_logsumexp", "math.reduce_logsumexp"},
            signature = SIGNATURE,
            doc = "log(sum(exp(x))) over some dimensions, or all, without overflow.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy * exp(x - y)")
    static Object reduceLogsumexp(
            Machine m, Object input, Object axis, Object keep, String name, Object oldAxis, Object oldKeep) {
        Operand dims = axis(m, axis, oldAxis);
        boolean keeps = keep(m, keep, oldKeep);
        return Tensors.wrap(MathOps.logSumExp(TfState.of(m).graph(), Operands.of(m, input), dims, keeps, name));
    }

    @Builtin(
            value = "math.reduce_euclidean_norm",
            signature = "input_tensor, axis=None, keepdims=False, name=None",
            doc = "The square root of the sum of squares over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy * x / y")
    static Object reduceEuclideanNorm(Machine m, Object input, Object axis, Object keep, String name) {
        return reduce(m, "EuclideanNorm", input, axis, keep, name, None.NONE, None.NONE);
    }

    @Builtin(
            value = "math.reduce_variance",
            signature = "input_tensor, axis=None, keepdims=False, name=None",
            doc = "The mean squared distance from the mean over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = 2 * dy * (x - mean(x)) / n")
    static Object reduceVariance(Machine m, Object input, Object axis, boolean keep, String name) {
        Operand dims = axis(m, axis, None.NONE);
        return Tensors.wrap(MathOps.variance(TfState.of(m).graph(), Operands.of(m, input), dims, keep, name));
    }

    @Builtin(
            value = "math.reduce_std",
            signature = "input_tensor, axis=None, keepdims=False, name=None",
            doc = "The square root of the variance over some dimensions, or all.",
            shapes = "without axis -> (); else the axes are dropped, or become 1 with keepdims",
            gradient = "dx = dy * (x - mean(x)) / (n * y)")
    static Object reduceStd(Machine m, Object input, Object axis, boolean keep, String name) {
        Operand dims = axis(m, axis, None.NONE);
        return Tensors.wrap(MathOps.standardDeviation(TfState.of(m).graph(), Operands.of(m, input), dims, keep, name));
    }

    @Builtin(
            value = {"count_nonzero", "math.count_nonzero"},
            signature = "input_tensor|input=None, axis=None, keepdims=None, dtype=None, name=None, reduction_indices=None,"
                    + " keep_dims=None",
            doc = "How many elements are not 0.")
    static Object countNonzero(
            Machine m, Object input, Object axis, Object keep, Object dtype, String name, Object oldAxis, Object oldKeep) {
        Operand dims = axis(m, axis, oldAxis);
        DType type = dtype == None.NONE ? DType.INT64 : DTypeValue.convert(m, dtype);
        boolean keeps = keep(m, keep, oldKeep);
        return Tensors.wrap(MathOps.countNonzero(TfState.of(m).graph(), Operands.of(m, input), dims, keeps, type, name));
    }

    private static Object arg(Machine m, String type, Object x, Object axis, Object outputType, String name) {
        Operand dimension = axis == None.NONE ? null : Operands.of(m, axis);
        DType out = outputType == None.NONE ? DType.INT64 : DTypeValue.convert(m, outputType);
        return Tensors.wrap(MathOps.arg(TfState.of(m).graph(), type, Operands.of(m, x), dimension, out, name));
    }

    @Builtin(
            value = {"argmax", "math.argmax"},
            signature = "input, axis=None, name=None, dimension=None, output_type=None",
            doc = "The position of the largest element along one dimension, the first of equals.",
            shapes = "the axis is dropped",
            gradient = "none")
    static Object argmax(Machine m, Object input, Object axis, String name, Object dimension, Object type) {
        return arg(m, "ArgMax", input, either("axis", axis, "dimension", dimension), type, name);
    }

    @Builtin(
            value = {"argmin", "math.argmin"},
            signature = "input, axis=None, name=None, dimension=None, output_type=None",
            doc = "The position of the smallest element along one dimension, the first of equals.",
            shapes = "the axis is dropped",
            gradient = "none")
    static Object argmin(Machine m, Object input, Object axis, String name, Object dimension, Object type) {
        return arg(m, "ArgMin", input, either("axis", axis, "dimension", dimension), type, name);
    }

    @Builtin(value = "arg_max", signature = "input, dimension, output_type=None, name=None", doc = "argmax, as it was.")
    static Object oldArgmax(Machine m, Object input, Object dimension, Object type, String name) {
        return arg(m, "ArgMax", input, dimension, type, name);
    }

    @Builtin(value = "arg_min", signature = "input, dimension, output_type=None, name=None", doc = "argmin, as it was.")
    static Object oldArgmin(Machine m, Object input, Object dimension, Object type, String name) {
        return arg(m, "ArgMin", input, dimension, type, name);
    }

    private static Object scan(
            Machine m, String type, Object x, Object axis, boolean exclusive, boolean reverse, String name) {
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(MathOps.scan(g, type, Operands.of(m, x), Operands.of(m, axis), exclusive, reverse, name));
    }

    @Builtin(
            value = {"cumsum", "math.cumsum"},
            signature = "x, axis=0, exclusive=False, reverse=False, name=None",
            doc = "Running sums along one dimension.",
            shapes = "the shape of its operand stays",
            gradient = "dx = running sums of dy from the other end")
    static Object cumsum(Machine m, Object x, Object axis, boolean exclusive, boolean reverse, String name) {
        return scan(m, "Cumsum", x, axis, exclusive, reverse, name);
    }

    @Builtin(
            value = {"cumprod", "math.cumprod"},
            signature = "x, axis=0, exclusive=False, reverse=False, name=None",
            doc = "Running products along one dimension.",
            shapes = "the shape of its operand stays",
            gradient = "dx = reversed cumsum(dy * y) / x")
    static Object cumprod(Machine m, Object x, Object axis, boolean exclusive, boolean reverse, String name) {
        return scan(m, "Cumprod", x, axis, exclusive, reverse, name);
    }

    @Builtin(
            value = "math.cumulative_logsumexp",
            signature = "x, axis=0, exclusive=False, reverse=False, name=None",
            doc = "Running logarithms of sums of exponentials along one dimension.",
            shapes = "the shape of its operand stays",
            gradient = "dx = exp(x) * reversed cumsum(dy * exp(-y))")
    static Object cumulativeLogsumexp(
            Machine m, Object x, Object axis, boolean exclusive, boolean reverse, String name) {
        return scan(m, "CumulativeLogsumexp", x, axis, exclusive, reverse, name);
    }

    private static Object segments(Machine m, String type, Object data, Object ids, String name) {
        return Tensors.wrap(MathOps.binary(TfState.of(m).graph(), type, Operands.of(m, data), Operands.of(m, ids), name));
    }

    private static Object segments(Machine m, String type, Object data, Object ids, Object count, String name) {
        return Tensors.wrap(TfState.of(m).graph().op(type).name(name)
                .input(Operands.of(m, data))
                .input(Operands.of(m, ids))
                .input(Operands.of(m, count))
                .output());
    }

    @Builtin(
            value = {"segment_sum", "math.segment_sum"},
            signature = "data, segment_ids, name=None",
            doc = "Sums of the rows with the same number; the numbers must not decrease.",
            shapes = "(n, m), ids (n) -> (segments, m)",
            gradient = "d data = rows of dy")
    static Object segmentSum(Machine m, Object data, Object ids, String name) {
        return segments(m, "SegmentSum", data, ids, name);
    }

    @Builtin(
            value = {"segment_mean", "math.segment_mean"},
            signature = "data, segment_ids, name=None",
            doc = "Means of the rows with the same number; the numbers must not decrease.",
            shapes = "(n, m), ids (n) -> (segments, m)",
            gradient = "d data = rows of dy / count")
    static Object segmentMean(Machine m, Object data, Object ids, String name) {
        return segments(m, "SegmentMean", data, ids, name);
    }

    @Builtin(
            value = {"segment_prod", "math.segment_prod"},
            signature = "data, segment_ids, name=None",
            doc = "Products of the rows with the same number; the numbers must not decrease.",
            shapes = "(n, m), ids (n) -> (segments, m)",
            gradient = "ddata = dy * y / data")
    static Object segmentProd(Machine m, Object data, Object ids, String name) {
        return segments(m, "SegmentProd", data, ids, name);
    }

    @Builtin(
            value = {"segment_min", "math.segment_min"},
            signature = "data, segment_ids, name=None",
            doc = "The smallest of the rows with the same number; the numbers must not decrease.",
            shapes = "(n, m), ids (n) -> (segments, m)",
            gradient = "ddata = dy where data is the minimum, split evenly")
    static Object segmentMin(Machine m, Object data, Object ids, String name) {
        return segments(m, "SegmentMin", data, ids, name);
    }

    @Builtin(
            value = {"segment_max", "math.segment_max"},
            signature = "data, segment_ids, name=None",
            doc = "The largest of the rows with the same number; the numbers must not decrease.",
            shapes = "(n, m), ids (n) -> (segments, m)",
            gradient = "ddata = dy where data is the maximum, split evenly")
    static Object segmentMax(Machine m, Object data, Object ids, String name) {
        return segments(m, "SegmentMax", data, ids, name);
    }

    @Builtin(
            value = {"unsorted_segment_sum", "math.unsorted_segment_sum"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "Sums of the rows with the same number, in any order.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy[segment_ids]")
    static Object unsortedSegmentSum(Machine m, Object data, Object ids, Object count, String name) {
        return segments(m, "UnsortedSegmentSum", data, ids, count, name);
    }

    @Builtin(
            value = {"unsorted_segment_prod", "math.unsorted_segment_prod"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "Products of the rows with the same number, in any order.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy[segment_ids] * y / data")
    static Object unsortedSegmentProd(Machine m, Object data, Object ids, Object count, String name) {
        return segments(m, "UnsortedSegmentProd", data, ids, count, name);
    }

    @Builtin(
            value = {"unsorted_segment_min", "math.unsorted_segment_min"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "The smallest of the rows with the same number, in any order.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy where data is the minimum, split evenly")
    static Object unsortedSegmentMin(Machine m, Object data, Object ids, Object count, String name) {
        return segments(m, "UnsortedSegmentMin", data, ids, count, name);
    }

    @Builtin(
            value = {"unsorted_segment_max", "math.unsorted_segment_max"},
            signature = "data, segment_ids, num_segments, name=None",
            doc = "The largest of the rows with the same number, in any order.",
            shapes = "(n, m), ids (n) -> (num_segments, m)",
            gradient = "ddata = dy where data is the maximum, split evenly")
    static Object unsortedSegmentMax(Machine m, Object data, Object ids, Object count, String name) {
        return segments(m, "UnsortedSegmentMax", data, ids, count, name);
    }
}
