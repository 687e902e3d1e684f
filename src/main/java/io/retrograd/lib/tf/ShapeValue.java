package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/** {@code tf.TensorShape}: a static shape, as scripts look at it. */
public record ShapeValue(Shape shape) implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.tensor_shape",
            "TensorShape",
            CoreTypes.OBJECT,
            ShapeValueTable.TABLE,
            (m, arguments, keywords) -> new ShapeValue(convert(m, arguments[0])));

    /** A shape as scripts give it: None, a list with None for unknown, a number, a TensorShape. */
    public static Shape convert(Machine m, Object value) {
        if (value == None.NONE) {
            return Shape.unknown();
        }
        if (value instanceof ShapeValue s) {
            return s.shape;
        }
        if (value instanceof Long || value instanceof DimensionValue) {
            return Shape.of(dimension(m, value));
        }
        if (value instanceof String s) {
            throw NnError.type("Error converting shape to a TensorShape: A string has ambiguous TensorShape, please wrap in"
                    + " a list or convert to an int: " + s);
        }
        List<Integer> dims = new ArrayList<>();
        Iteration all = Semantics.iterate(m, value);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            dims.add(dimension(m, x));
        }
        return Shape.of(dims.stream().mapToInt(Integer::intValue).toArray());
    }

    private static int dimension(Machine m, Object value) {
        if (value == None.NONE) {
            return Shape.UNKNOWN;
        }
        if (value instanceof DimensionValue d) {
            return d.size();
        }
        long n = value instanceof String s ? Long.parseLong(s.trim()) : Semantics.index(m, value);
        if (n < 0) {
            throw NnError.value("Dimension " + n + " must be >= 0");
        }
        if (n > Integer.MAX_VALUE) {
            throw new NnError(
                    ErrorKind.RESOURCE_EXHAUSTED_ERROR,
                    "a dimension of " + n + " elements is more than a tensor can have (" + Integer.MAX_VALUE + ")");
        }
        return (int) n;
    }

    private void needRank() {
        if (!shape.hasRank()) {
            throw NnError.value("Cannot take the length of shape with unknown rank.");
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public int length(Machine m) {
        needRank();
        return shape.rank();
    }

    @Override
    public boolean truth(Machine m) {
        return shape.hasRank();
    }

    @Override
    public Iteration iterate(Machine m) {
        if (!shape.hasRank()) {
            throw NnError.value("Cannot iterate over a shape with unknown rank.");
        }
        int[] next = {0};
        return machine -> next[0] < shape.rank() ? new DimensionValue(shape.dim(next[0]++)) : null;
    }

    @Override
    public Object item(Machine m, Object key) {
        if (key instanceof SliceValue slice) {
            if (!shape.hasRank()) {
                return new ShapeValue(Shape.unknown());
            }
            Value part = (Value) Semantics.item(m, asList(m, this), slice);
            return new ShapeValue(convert(m, part));
        }
        if (!shape.hasRank()) {
            return new DimensionValue(Shape.UNKNOWN);
        }
        long i = Semantics.index(m, key);
        long at = i < 0 ? i + shape.rank() : i;
        if (at < 0 || at >= shape.rank()) {
            throw NnError.index("list index out of range");
        }
        return new DimensionValue(shape.dim((int) at));
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        if (operator != CompareOperator.EQUAL && operator != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal;
        try {
            equal = shape.equals(convert(m, other));
        } catch (NnError notAShape) {
            equal = false;
        }
        return equal == (operator == CompareOperator.EQUAL);
    }

    @Override
    public String str(Machine m) {
        return shape.toString();
    }

    @Override
    public String repr(Machine m) {
        return shape.toRepr();
    }

    @Builtin(value = "as_list", method = true, doc = "The dimensions as a list of ints, None where unknown.")
    static Object asList(Machine m, ShapeValue self) {
        if (!self.shape.hasRank()) {
            throw NnError.value("as_list() is not defined on an unknown TensorShape.");
        }
        Object[] dims = new Object[self.shape.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = self.shape.dim(i) == Shape.UNKNOWN ? None.NONE : (Object) (long) self.shape.dim(i);
        }
        return ListValue.of(dims);
    }

    @Builtin(value = "ndims", property = true, doc = "The number of dimensions; None if unknown.")
    static Object ndims(Machine m, ShapeValue self) {
        return self.shape.hasRank() ? (Object) (long) self.shape.rank() : None.NONE;
    }

    @Builtin(value = "rank", property = true, doc = "The number of dimensions; None if unknown.")
    static Object rank(Machine m, ShapeValue self) {
        return ndims(m, self);
    }

    @Builtin(value = "dims", property = true, doc = "The dimensions as a list; None if the rank is unknown.")
    static Object dims(Machine m, ShapeValue self) {
        if (!self.shape.hasRank()) {
            return None.NONE;
        }
        Object[] dims = new Object[self.shape.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = new DimensionValue(self.shape.dim(i));
        }
        return ListValue.of(dims);
    }

    @Builtin(value = "num_elements", method = true, doc = "The number of elements; None if unknown.")
    static Object numElements(Machine m, ShapeValue self) {
        return self.shape.isFullyDefined() ? (Object) self.shape.numElements() : None.NONE;
    }

    @Builtin(value = "is_fully_defined", method = true, doc = "Whether every dimension is known.")
    static boolean isFullyDefined(Machine m, ShapeValue self) {
        return self.shape.isFullyDefined();
    }

    @Builtin(value = "is_compatible_with", signature = "other", method = true, doc = "Whether both can be the same shape.")
    static boolean isCompatibleWith(Machine m, ShapeValue self, Object other) {
        return self.shape.isCompatibleWith(convert(m, other));
    }

    @Builtin(value = "merge_with", signature = "other", method = true, doc = "The shape that is both.")
    static Object mergeWith(Machine m, ShapeValue self, Object other) {
        return new ShapeValue(self.shape.merge(convert(m, other)));
    }

    @Builtin(value = "concatenate", signature = "other", method = true, doc = "The dimensions of both, one behind the other.")
    static Object concatenate(Machine m, ShapeValue self, Object other) {
        return new ShapeValue(self.shape.concatenate(convert(m, other)));
    }

    @Builtin(value = "with_rank", signature = "rank", method = true, doc = "The shape, which must have that many dimensions.")
    static Object withRank(Machine m, ShapeValue self, int rank) {
        try {
            return new ShapeValue(self.shape.merge(Shape.unknownOfRank(rank)));
        } catch (NnError mistake) {
            throw NnError.value("Shape " + self.shape + " must have rank " + rank);
        }
    }

    @Builtin(value = "with_rank_at_least", signature = "rank", method = true, doc = "The shape, which must have so many dimensions or more.")
    static Object withRankAtLeast(Machine m, ShapeValue self, int rank) {
        if (self.shape.hasRank() && self.shape.rank() < rank) {
            throw NnError.value("Shape " + self.shape + " must have rank at least " + rank);
        }
        return self;
    }

    @Builtin(value = "with_rank_at_most", signature = "rank", method = true, doc = "The shape, which must not have more dimensions.")
    static Object withRankAtMost(Machine m, ShapeValue self, int rank) {
        if (self.shape.hasRank() && self.shape.rank() > rank) {
            throw NnError.value("Shape " + self.shape + " must have rank at most " + rank);
        }
        return self;
    }

    @Builtin(value = "assert_has_rank", signature = "rank", method = true, doc = "An error unless it can have that many dimensions.")
    static void assertHasRank(Machine m, ShapeValue self, int rank) {
        if (self.shape.hasRank() && self.shape.rank() != rank) {
            throw NnError.value("Shape " + self.shape + " must have rank " + rank);
        }
    }

    @Builtin(value = "assert_same_rank", signature = "other", method = true, doc = "An error unless both can have as many dimensions.")
    static void assertSameRank(Machine m, ShapeValue self, Object other) {
        Shape o = convert(m, other);
        if (self.shape.hasRank() && o.hasRank() && self.shape.rank() != o.rank()) {
            throw NnError.value("Shapes " + self.shape + " and " + o + " must have the same rank");
        }
    }

    @Builtin(value = "assert_is_compatible_with", signature = "other", method = true, doc = "An error unless both can be the same shape.")
    static void assertIsCompatibleWith(Machine m, ShapeValue self, Object other) {
        Shape o = convert(m, other);
        if (!self.shape.isCompatibleWith(o)) {
            throw NnError.value("Shapes " + self.shape + " and " + o + " are incompatible");
        }
    }

    @Builtin(value = "assert_is_fully_defined", method = true, doc = "An error unless every dimension is known.")
    static void assertIsFullyDefined(Machine m, ShapeValue self) {
        if (!self.shape.isFullyDefined()) {
            throw NnError.value("Shape " + self.shape + " is not fully defined");
        }
    }

    @Builtin(value = "most_specific_compatible_shape", signature = "other", method = true, doc = "What is known of a shape that may be either.")
    static Object mostSpecific(Machine m, ShapeValue self, Object other) {
        Shape o = convert(m, other);
        if (!self.shape.hasRank() || !o.hasRank() || self.shape.rank() != o.rank()) {
            return new ShapeValue(Shape.unknown());
        }
        int[] dims = new int[o.rank()];
        for (int i = 0; i < dims.length; i++) {
            dims[i] = self.shape.dim(i) == o.dim(i) ? o.dim(i) : Shape.UNKNOWN;
        }
        return new ShapeValue(Shape.of(dims));
    }
}
