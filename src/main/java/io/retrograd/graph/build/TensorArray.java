package io.retrograd.graph.build;

import io.retrograd.error.NnError;
import io.retrograd.graph.ConstantValue;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.NameScope;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/**
 * {@code tf.TensorArray}: a handle, and a flow that orders operations on it. Writing answers the same array with a
 * new flow; what is read from that sees the write.
 */
public final class TensorArray {
    /** What is known of all elements' shapes; shared by an array and what its writes answered. */
    private static final class Known {
        Shape shape;
        final boolean infer;

        Known(Shape shape, boolean infer) {
            this.shape = shape;
            this.infer = infer;
        }
    }

    private final Graph graph;
    private final DType dtype;
    private final Output handle;
    private final Output flow;
    private final Known known;

    private TensorArray(Graph graph, DType dtype, Output handle, Output flow, Known known) {
        this.graph = graph;
        this.dtype = dtype;
        this.handle = handle;
        this.flow = flow;
        this.known = known;
    }

    /** How an array is made besides type and size. */
    public record Settings(boolean dynamic, boolean clearAfterRead, boolean inferShape, Shape elementShape, String arrayName) {
        public static final Settings DEFAULT = new Settings(false, true, true, Shape.unknown(), "");
    }

    /** A new array of that many elements. */
    public static TensorArray create(Graph g, DType dtype, Operand size, Settings s, String name) {
        try (NameScope scope = g.nameScope(name == null ? "TensorArray" : name)) {
            Operation op = g.op("TensorArrayV3").name(scope.operationName()).input(size).attr("dtype", dtype)
                    .attr("element_shape", s.elementShape()).attr("dynamic_size", s.dynamic())
                    .attr("clear_after_read", s.clearAfterRead()).attr("identical_element_shapes", s.inferShape())
                    .attr("tensor_array_name", s.arrayName()).operation();
            return new TensorArray(g, dtype, op.output(0), op.output(1), new Known(s.elementShape(), s.inferShape()));
        }
    }

    /** The array behind a handle. */
    public static TensorArray of(Graph g, DType dtype, Output handle, Output flow) {
        try (NameScope scope = g.nameScope("TensorArray")) {
            return new TensorArray(g, dtype, handle, flow, new Known(Shape.unknown(), true));
        }
    }

    /** The type of all elements. */
    public DType dtype() {
        return dtype;
    }

    /** The resource that operations take. */
    public Output handle() {
        return handle;
    }

    /** The scalar that orders its operations. */
    public Output flow() {
        return flow;
    }

    /** What is known of the elements' shapes. */
    public Shape elementShape() {
        return known.shape;
    }

    /** The same array at another point of its history. */
    public TensorArray with(Output otherFlow) {
        return new TensorArray(graph, dtype, handle, otherFlow, known);
    }

    private void check(Shape shape) {
        if (!shape.isCompatibleWith(known.shape)) {
            throw NnError.value("Inconsistent shapes: saw " + shape + " but expected " + known.shape + " ");
        }
        if (known.infer) {
            known.shape = known.shape.merge(shape);
        }
    }

    private Output value(Operand operand) {
        Output value = operand.toOutput(graph, null, dtype, "value");
        if (value.dtype() != dtype) {
            throw NnError.type("Input value has dtype '<dtype: '" + value.dtype().tfName() + "'>', but expected dtype '<dtype: '"
                    + dtype.tfName() + "'>'.  This leads to undefined behavior and will be an error in future versions of "
                    + "TensorFlow.");
        }
        return value;
    }

    /** The element at an index, a scalar int32. */
    public Output read(Operand index, String name) {
        Output value = graph.op("TensorArrayReadV3").name(name).input(handle).input(index).input(flow).attr("dtype", dtype).output();
        value.refineShape(known.shape);
        return value;
    }

    /** The array with an element written at an index, a scalar int32. */
    public TensorArray write(Operand index, Operand element, String name) {
        try (NameScope scope = graph.nameScope(name == null ? "TensorArrayWrite" : name)) {
            Output value = value(element);
            check(value.shape());
            return with(graph.op("TensorArrayWriteV3").name(name).input(handle).input(index).input(value).input(flow).output());
        }
    }

    /** All elements as one tensor with a dimension more. */
    public Output stack(String name) {
        try (Graph.Block colocated = graph.colocateWith(handle.operation());
                NameScope scope = graph.nameScope(name == null ? "TensorArrayStack" : name)) {
            return gather(MathOps.range(graph, Literal.of(0), size(null), Literal.of(1), null, null), name);
        }
    }

    /** The elements at indices (n,), stacked: (n, ...). */
    public Output gather(Operand indices, String name) {
        Output value = graph.op("TensorArrayGatherV3").name(name).input(handle).input(indices).input(flow)
                .attr("dtype", dtype).attr("element_shape", known.shape).output();
        if (known.shape.hasRank()) {
            value.refineShape(Shape.of(Shape.UNKNOWN).concatenate(known.shape));
        }
        return value;
    }

    /** Writes the parts of a tensor along its first dimension. */
    public TensorArray unstack(Operand operand, String name) {
        try (NameScope scope = graph.nameScope(name == null ? "TensorArrayUnstack" : name)) {
            Output value = operand.toOutput(graph, null, dtype, "value");
            Output n = first(Shapes.shape(graph, value, null));
            return scatter(MathOps.range(graph, Literal.of(0), n, Literal.of(1), null, null), value, name);
        }
    }

    private Output first(Output shape) {
        try (NameScope scope = graph.nameScope("strided_slice")) {
            Output begin = graph.constant(NdArray.of(new int[] {0}), "stack");
            Output end = graph.constant(NdArray.of(new int[] {1}), "stack_1");
            Output step = graph.constant(NdArray.of(new int[] {1}), "stack_2");
            return graph.op("StridedSlice").name(scope.operationName()).input(shape).input(begin).input(end).input(step)
                    .attr("shrink_axis_mask", 1L).output();
        }
    }

    /** The array with the rows of (n, ...) written at indices (n,). */
    public TensorArray scatter(Operand indices, Operand operand, String name) {
        try (NameScope scope = graph.nameScope(name == null ? "TensorArrayScatter" : name)) {
            Output value = value(operand);
            check(value.shape().hasRank() ? value.shape().slice(1, value.shape().rank()) : Shape.unknown());
            return with(graph.op("TensorArrayScatterV3").name(name).input(handle).input(indices).input(value).input(flow).output());
        }
    }

    /** All elements one after the other along their first dimension. */
    public Output concat(String name) {
        Shape rest = known.shape.hasRank() && known.shape.rank() > 0 ? known.shape.slice(1, known.shape.rank()) : Shape.unknown();
        Output value = graph.op("TensorArrayConcatV3").name(name).input(handle).input(flow)
                .attr("dtype", dtype).attr("element_shape_except0", rest).output();
        if (known.shape.hasRank()) {
            value.refineShape(Shape.of(Shape.UNKNOWN).concatenate(rest));
        }
        return value;
    }

    /** Writes runs of rows of a tensor. */
    public TensorArray split(Operand operand, Operand lengths, String name) {
        try (NameScope scope = graph.nameScope(name == null ? "TensorArraySplit" : name)) {
            Output value = operand.toOutput(graph, dtype, null, "value");
            Output wide = MathOps.cast(graph, lengths, DType.INT64, null);
            ConstantValue.of(wide).ifPresent(n -> checkSplit(value.shape(), n));
            return with(graph.op("TensorArraySplitV3").name(name).input(handle).input(value).input(wide).input(flow).output());
        }
    }

    private void checkSplit(Shape value, NdArray lengths) {
        for (int i = 1; i < lengths.size(); i++) {
            if (lengths.getLong(i) != lengths.getLong(0)) {
                return;
            }
        }
        if (lengths.size() > 0 && value.hasRank() && value.rank() > 0) {
            check(value.withDim(0, lengths.getInt(0)));
        }
    }

    /** How many elements it has, a scalar int32. */
    public Output size(String name) {
        return graph.op("TensorArraySizeV3").name(name).input(handle).input(flow).output();
    }

    public Operation close(String name) {
        return graph.op("TensorArrayCloseV3").name(name).input(handle).operation();
    }

    public TensorArray identity() {
        return with(graph.op("Identity").input(flow).output());
    }

    /** The array that collects this one's gradients in the backpropagation of that name. */
    public TensorArray gradient(String source, Output at) {
        try (NameScope scope = graph.nameScope("TensorArrayGrad");
                Graph.Block colocated = graph.colocateWith(handle.operation())) {
            Operation op = graph.op("TensorArrayGradV3").input(handle).input(at).attr("source", source).operation();
            Output after;
            try (Graph.Block wait = graph.controlDependencies(List.of(op))) {
                after = graph.op("Identity").name("gradient_flow").input(at).output();
            }
            TensorArray g = of(graph, dtype, op.output(0), after);
            return new TensorArray(graph, dtype, g.handle, g.flow, known);
        }
    }

    /** The scope of the call of tf.gradients that made a tensor: one array of gradients for each. */
    public static String source(Output gradient) {
        String[] parts = gradient.operation().name().split("/");
        for (int i = parts.length - 1; i >= 0; i--) {
            if (parts[i].startsWith("gradients")) {
                return String.join("/", Arrays.copyOf(parts, i + 1));
            }
        }
        throw NnError.value("Expected op/tensor name to start with gradients (excluding scope), got: "
                + gradient.operation().name() + ". This means that a tf.gradients op with this op in its dependency path has a "
                + "custom name that does not start with 'gradients'. Please make sure all calls to tf.gradients that have "
                + "non-empty 'name' arguments use names that start with 'gradients'.");
    }
}
