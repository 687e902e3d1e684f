package io.retrograd.graph;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a shape rule sees: the operation, the static shapes of its inputs, and the values of those inputs that
 * are known while the graph is built. Mistakes are reported with {@link #invalid}; the graph adds which
 * operation it was and its input shapes.
 */
public final class ShapeContext {
    private final Operation operation;
    private final boolean valuesKnown;
    /** Inputs whose values the rule asked for and got: arrays, or shapes where it asked for one. */
    private final TreeMap<Integer, Object> lookedAt = new TreeMap<>();

    /** What is asked instead of the graph where a rule is tried on other shapes; null outside of {@link #tryOn}. */
    private final Shape[] given;
    private final NdArray[] values;
    private final Shape[] results;

    ShapeContext(Operation operation) {
        this(operation, true);
    }

    private ShapeContext(Operation operation, boolean valuesKnown) {
        this.operation = operation;
        this.valuesKnown = valuesKnown;
        this.given = null;
        this.values = null;
        this.results = null;
    }

    private ShapeContext(Operation operation, Shape[] given, NdArray[] values) {
        this.operation = operation;
        this.valuesKnown = true;
        this.given = given;
        this.values = values;
        this.results = new Shape[operation.outputCount()];
        Arrays.fill(results, Shape.unknown());
    }

    /**
     * The shapes of an operation's outputs if its inputs have the given shapes; the graph stays as it is.
     *
     * @param values the inputs' values, null where they are not known
     * @return one shape an output, unknown where the rule cannot tell or the shapes do not fit
     */
    public static Shape[] tryOn(Operation operation, Shape[] shapes, NdArray[] values) {
        ShapeContext c = new ShapeContext(operation, shapes, values);
        try {
            operation.definition().infer(c);
        } catch (NnError mistake) {
            // The run meets the mistake again, and says where.
            Arrays.fill(c.results, Shape.unknown());
        }
        return c.results;
    }

    /** The operation whose outputs get their shapes. */
    public Operation operation() {
        return operation;
    }

    /** How many inputs it has. */
    public int inputCount() {
        return operation.inputCount();
    }

    /** The static shape of an input. */
    public Shape input(int i) {
        return given != null ? given[i] : operation.input(i).shape();
    }

    /** The value of an input, if it is known already. */
    public Optional<NdArray> constant(int i) {
        if (values != null) {
            return Optional.ofNullable(values[i]);
        }
        Optional<NdArray> value = valuesKnown ? ConstantValue.of(operation.input(i)) : Optional.empty();
        value.ifPresent(v -> lookedAt.putIfAbsent(i, v));
        return value;
    }

    /** An input that holds a shape, as far as its elements are known. */
    public Shape constantAsShape(int i) {
        boolean isVector = values != null && values[i] != null && values[i].rank() == 1;
        if (isVector) {
            int[] dims = values[i].toInts();
            for (int d = 0; d < dims.length; d++) {
                dims[d] = Math.max(dims[d], Shape.UNKNOWN);
            }
            return Shape.of(dims);
        }
        if (!valuesKnown || values != null) {
            int rank = input(i).hasRank() && input(i).rank() == 1 ? input(i).dim(0) : Shape.UNKNOWN;
            return rank == Shape.UNKNOWN ? Shape.unknown() : Shape.unknownOfRank(rank);
        }
        Shape shape = ConstantValue.asShape(operation.input(i));
        if (shape.hasRank()) {
            lookedAt.put(i, shape);
        }
        return shape;
    }

    /**
     * What a message about a mistake lists of the inputs' values. TensorFlow tries the shapes alone first, so values
     * are listed only where the mistake depends on them.
     */
    String valuesLookedAt(String mistake) {
        try {
            operation.definition().infer(new ShapeContext(operation, false));
        } catch (ShapeError alone) {
            if (alone.getMessage().equals(mistake)) {
                return "";
            }
        }
        StringBuilder values = new StringBuilder();
        StringBuilder shapes = new StringBuilder();
        lookedAt.forEach((i, value) -> {
            if (value instanceof Shape s) {
                shapes.append(shapes.isEmpty() ? " and with input tensors computed as partial shapes: " : ",")
                        .append("input[").append(i).append("] = ").append(s.toBrackets());
            } else {
                values.append(values.isEmpty() ? " and with computed input tensors: " : ", ")
                        .append("input[").append(i).append("] = <").append(numbers((NdArray) value)).append(">");
            }
        });
        return values.toString() + shapes;
    }

    private static String numbers(NdArray v) {
        StringBuilder text = new StringBuilder();
        for (int k = 0; k < v.size(); k++) {
            text.append(k == 0 ? "" : " ");
            text.append(v.dtype().isInteger() ? Long.toString(v.getLong(k)) : Double.toString(v.getDouble(k)));
        }
        return text.toString();
    }

    /** Settles the static shape of an output. */
    public void output(int i, Shape shape) {
        if (results != null) {
            results[i] = shape;
            return;
        }
        operation.output(i).setShape(shape);
    }

    /** All outputs have the shape of the first input. */
    public void sameAsInput() {
        for (int i = 0; i < operation.outputCount(); i++) {
            output(i, input(0));
        }
    }

    /** All outputs are scalars. */
    public void scalars() {
        for (int i = 0; i < operation.outputCount(); i++) {
            output(i, Shape.scalar());
        }
    }

    /** The input's shape, which must have that rank (or be unknown: then unknown dimensions). */
    public Shape withRank(int i, int rank) {
        Shape s = input(i);
        if (!s.hasRank()) {
            return Shape.unknownOfRank(rank);
        }
        if (s.rank() != rank) {
            throw invalid("Shape must be rank " + rank + " but is rank " + s.rank());
        }
        return s;
    }

    public Shape withRankAtLeast(int i, int rank) {
        Shape s = input(i);
        if (s.hasRank() && s.rank() < rank) {
            throw invalid("Shape must be at least rank " + rank + " but is rank " + s.rank());
        }
        return s;
    }

    /** The dimension that is both; ValueError if they differ. */
    public int mergeDims(int a, int b) {
        if (a == Shape.UNKNOWN) {
            return b;
        }
        if (b != Shape.UNKNOWN && a != b) {
            throw invalid("Dimensions must be equal, but are " + a + " and " + b);
        }
        return a;
    }

    /** The shape that is both; ValueError if they contradict each other. */
    public Shape mergeShapes(Shape a, Shape b) {
        if (!a.hasRank()) {
            return b;
        }
        if (!b.hasRank()) {
            return a;
        }
        if (a.rank() != b.rank()) {
            throw invalid("Shapes must be equal rank, but are " + a.rank() + " and " + b.rank());
        }
        int[] dims = new int[a.rank()];
        for (int i = 0; i < dims.length; i++) {
            int x = a.dim(i);
            int y = b.dim(i);
            if (x != Shape.UNKNOWN && y != Shape.UNKNOWN && x != y) {
                throw invalid("Dimension " + i + " in both shapes must be equal, but are " + x + " and " + y + ". Shapes are "
                        + a.toBrackets() + " and " + b.toBrackets() + ".");
            }
            dims[i] = x == Shape.UNKNOWN ? y : x;
        }
        return Shape.of(dims);
    }

    /** numpy's broadcasting of two inputs' shapes. */
    public Shape broadcast(Shape a, Shape b) {
        if (!a.hasRank() || !b.hasRank()) {
            return Shape.unknown();
        }
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int i = 0; i < rank; i++) {
            int x = i < rank - a.rank() ? 1 : a.dim(i - rank + a.rank());
            int y = i < rank - b.rank() ? 1 : b.dim(i - rank + b.rank());
            if (x == Shape.UNKNOWN || y == Shape.UNKNOWN) {
                dims[i] = x > 1 ? x : y > 1 ? y : x == 1 ? y : y == 1 ? x : Shape.UNKNOWN;
            } else if (x == 1 || y == 1 || x == y) {
                dims[i] = x == 1 ? y : x;
            } else {
                throw invalid("Dimensions must be equal, but are " + x + " and " + y);
            }
        }
        return Shape.of(dims);
    }

    /** A mistake in the shapes, in the wording of TensorFlow without the tail that names the operation. */
    public NnError invalid(String message) {
        return new ShapeError(message);
    }

    /** A mistake that still lacks the name of its operation. */
    static final class ShapeError extends NnError {
        private static final long serialVersionUID = 1L;

        ShapeError(String message) {
            super(ErrorKind.VALUE_ERROR, message);
        }
    }
}
