package io.retrograd.tensor;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import java.util.Arrays;
import java.util.Optional;
import java.util.StringJoiner;

/**
 * TensorFlow's static shape: what is known of a tensor's shape while the graph is built. The rank may be unknown;
 * if it is known, each dimension is a size or unknown ({@link #UNKNOWN}). Immutable.
 */
public final class Shape {
    /** An unknown dimension. */
    public static final int UNKNOWN = -1;

    private static final Shape UNKNOWN_RANK = new Shape(null);
    private static final Shape SCALAR = new Shape(new int[0]);

    private final int[] dims;

    private Shape(int[] dims) {
        this.dims = dims;
    }

    /** The shape of unknown rank. */
    public static Shape unknown() {
        return UNKNOWN_RANK;
    }

    /** The shape () of a single number. */
    public static Shape scalar() {
        return SCALAR;
    }

    /** A shape of known rank; negative sizes mean unknown. */
    public static Shape of(int... dims) {
        if (dims.length == 0) {
            return SCALAR;
        }
        int[] copy = dims.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = Math.max(copy[i], UNKNOWN);
        }
        return new Shape(copy);
    }

    /**
     * A shape of known rank; negative sizes mean unknown.
     *
     * @throws NnError RESOURCE_EXHAUSTED_ERROR if a size exceeds 2³¹−1
     */
    public static Shape ofLongs(long... dims) {
        int[] copy = new int[dims.length];
        for (int i = 0; i < copy.length; i++) {
            if (dims[i] > Integer.MAX_VALUE) {
                throw Allocation.TENSORFLOW.shortage(DType.FLOAT32, dims);
            }
            copy[i] = (int) Math.max(dims[i], UNKNOWN);
        }
        return of(copy);
    }

    /** A shape of known rank whose dimensions are all unknown. */
    public static Shape unknownOfRank(int rank) {
        int[] dims = new int[rank];
        Arrays.fill(dims, UNKNOWN);
        return of(dims);
    }

    public boolean hasRank() {
        return dims != null;
    }

    /** The number of dimensions, or {@link #UNKNOWN}. */
    public int rank() {
        return dims == null ? UNKNOWN : dims.length;
    }

    /** Size of dimension {@code axis} (negative counts from the end), or {@link #UNKNOWN}; also UNKNOWN if the rank is. */
    public int dim(int axis) {
        if (dims == null) {
            return UNKNOWN;
        }
        return dims[axis < 0 ? axis + dims.length : axis];
    }

    /** Rank and all sizes are known. */
    public boolean isFullyDefined() {
        if (dims == null) {
            return false;
        }
        for (int d : dims) {
            if (d < 0) {
                return false;
            }
        }
        return true;
    }

    /** The number of elements, or -1 if the shape is not fully defined. */
    public long numElements() {
        if (!isFullyDefined()) {
            return -1;
        }
        long n = 1;
        for (int d : dims) {
            if (d == 0) {
                return 0;
            }
            n = n > Long.MAX_VALUE / d ? Long.MAX_VALUE : n * d;
        }
        return n;
    }

    /** A copy of the sizes, -1 for unknown ones; the rank must be known. */
    public int[] toInts() {
        requireRank();
        return dims.clone();
    }

    /** As {@link #toInts()}, widened. */
    public long[] toLongs() {
        requireRank();
        return Arrays.stream(dims).asLongStream().toArray();
    }

    private void requireRank() {
        if (dims == null) {
            throw new NnError(ErrorKind.VALUE_ERROR, "as_list() is not defined on an unknown TensorShape.");
        }
    }

    /** Dimensions {@code from} (inclusive) to {@code to} (exclusive); unknown if the rank is. */
    public Shape slice(int from, int to) {
        return dims == null ? UNKNOWN_RANK : of(Arrays.copyOfRange(dims, from, to));
    }

    /** This shape with dimension {@code axis} (negative counts from the end) set to {@code size}. */
    public Shape withDim(int axis, int size) {
        if (dims == null) {
            return this;
        }
        int[] copy = dims.clone();
        copy[axis < 0 ? axis + copy.length : axis] = size;
        return of(copy);
    }

    /** This shape's dimensions followed by those of {@code other}; unknown if either rank is. */
    public Shape concatenate(Shape other) {
        if (dims == null || other.dims == null) {
            return UNKNOWN_RANK;
        }
        int[] all = Arrays.copyOf(dims, dims.length + other.dims.length);
        System.arraycopy(other.dims, 0, all, dims.length, other.dims.length);
        return of(all);
    }

    /** A tensor could have both shapes: ranks and known sizes agree. */
    public boolean isCompatibleWith(Shape other) {
        if (dims == null || other.dims == null) {
            return true;
        }
        if (dims.length != other.dims.length) {
            return false;
        }
        for (int i = 0; i < dims.length; i++) {
            if (dims[i] >= 0 && other.dims[i] >= 0 && dims[i] != other.dims[i]) {
                return false;
            }
        }
        return true;
    }

    /**
     * What is known when both shapes hold.
     *
     * @throws NnError VALUE_ERROR if they are incompatible
     */
    public Shape merge(Shape other) {
        if (!isCompatibleWith(other)) {
            throw new NnError(ErrorKind.VALUE_ERROR, "Shapes " + this + " and " + other + " are not compatible");
        }
        if (dims == null) {
            return other;
        }
        if (other.dims == null) {
            return this;
        }
        int[] merged = dims.clone();
        for (int i = 0; i < merged.length; i++) {
            if (merged[i] < 0) {
                merged[i] = other.dims[i];
            }
        }
        return of(merged);
    }

    /** The most specific shape that both are compatible with: sizes that differ become unknown. */
    public Shape relax(Shape other) {
        if (dims == null || other.dims == null || dims.length != other.dims.length) {
            return UNKNOWN_RANK;
        }
        int[] common = dims.clone();
        for (int i = 0; i < common.length; i++) {
            if (common[i] != other.dims[i]) {
                common[i] = UNKNOWN;
            }
        }
        return of(common);
    }

    /** The shape of an elementwise operation on both by the broadcasting rules; empty if they do not fit. */
    public Optional<Shape> broadcast(Shape other) {
        if (dims == null || other.dims == null) {
            return Optional.of(UNKNOWN_RANK);
        }
        int rank = Math.max(dims.length, other.dims.length);
        int[] result = new int[rank];
        for (int i = 0; i < rank; i++) {
            int ia = i - (rank - dims.length);
            int ib = i - (rank - other.dims.length);
            int a = ia < 0 ? 1 : dims[ia];
            int b = ib < 0 ? 1 : other.dims[ib];
            if (a == b || b == 1) {
                result[i] = a;
            } else if (a == 1) {
                result[i] = b;
            } else if (a < 0) {
                result[i] = b;
            } else if (b < 0) {
                result[i] = a;
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(of(result));
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof Shape s && Arrays.equals(dims, s.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As TensorFlow's Python prints it: {@code (?, 2)}, {@code (2,)}, {@code ()}, {@code <unknown>}. */
    @Override
    public String toString() {
        if (dims == null) {
            return "<unknown>";
        }
        if (dims.length == 1) {
            return "(" + text(dims[0], "?") + ",)";
        }
        StringJoiner s = new StringJoiner(", ", "(", ")");
        for (int d : dims) {
            s.add(text(d, "?"));
        }
        return s.toString();
    }

    /** As TensorFlow's C++ messages print it: {@code [?,3]}, {@code []}; {@code ?} for an unknown rank. */
    public String toBrackets() {
        return dims == null ? "?" : brackets("?");
    }

    /** As Python's {@code repr} of a TensorShape: {@code TensorShape([Dimension(None), Dimension(2)])}, {@code TensorShape(None)}. */
    public String toRepr() {
        if (dims == null) {
            return "TensorShape(None)";
        }
        StringJoiner s = new StringJoiner(", ", "TensorShape([", "])");
        for (int d : dims) {
            s.add("Dimension(" + text(d, "None") + ")");
        }
        return s.toString();
    }

    private String brackets(String unknown) {
        StringJoiner s = new StringJoiner(",", "[", "]");
        for (int d : dims) {
            s.add(text(d, unknown));
        }
        return s.toString();
    }

    private static String text(int d, String unknown) {
        return d < 0 ? unknown : Integer.toString(d);
    }
}
