package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Literal;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Shapes that scripts give to functions which make tensors: numbers, or lists with tensors among them. */
public final class Dims {
    private Dims() {}

    /**
     * A {@link Shape} where all is known, else an {@link Output} made in the scope at hand. For a list with tensors
     * TensorFlow multiplies its elements first, to see whether the result is small; those operations stay.
     */
    static Object of(Machine m, Graph g, Object value) {
        if (Operands.isTensor(value)) {
            return Operands.of(m, value).toOutput(g, null, null, "shape");
        }
        if (value instanceof ListValue || value instanceof TupleValue) {
            Object[] parts = value instanceof ListValue l ? l.toArray() : ((TupleValue) value).toArray();
            boolean tensors = false;
            for (Object p : parts) {
                tensors |= Operands.isTensor(p);
            }
            if (tensors) {
                multiply(m, g, parts);
                return Operands.of(m, value).toOutput(g, DType.INT32, null, "packed");
            }
        }
        return known(m, value);
    }

    private static void multiply(Machine m, Graph g, Object[] parts) {
        Operand product = Operands.of(m, parts[0]);
        for (int i = 1; i < parts.length; i++) {
            Operand next = Operands.of(m, parts[i]);
            boolean numbers = !(product instanceof Output) && !Operands.isTensor(parts[i]);
            if (numbers) {
                long n = number(m, i == 1 ? parts[0] : product) * number(m, parts[i]);
                product = new PythonOperand(m, n);
            } else {
                product = MathOps.operator(g, "mul", product, next);
            }
        }
        MathOps.binary(g, "Less", product, Literal.of(1000), null);
    }

    private static long number(Machine m, Object value) {
        return value instanceof PythonOperand p ? (Long) p.value() : Semantics.index(m, value instanceof DimensionValue d ? d.asNumber() : value);
    }

    /** A shape of known sizes. */
    public static Shape known(Machine m, Object value) {
        if (value instanceof ArrayLike a) {
            return Shape.ofLongs(a.array().toLongs());
        }
        Shape shape = ShapeValue.convert(m, value);
        if (value != None.NONE && shape.hasRank() && !shape.isFullyDefined()) {
            throw NnError.value("Cannot convert a partially known TensorShape to a Tensor: " + shape);
        }
        return shape;
    }

    /** The numbers of a list of ints. */
    static int[] ints(Machine m, Object value) {
        if (value == None.NONE) {
            return new int[0];
        }
        if (value instanceof ArrayLike a) {
            return a.array().toInts();
        }
        if (value instanceof ListValue || value instanceof TupleValue || value instanceof ShapeValue) {
            Object[] parts = Semantics.elements(m, value);
            int[] numbers = new int[parts.length];
            for (int i = 0; i < parts.length; i++) {
                numbers[i] = (int) Semantics.index(m, parts[i] instanceof DimensionValue d ? d.asNumber() : parts[i]);
            }
            return numbers;
        }
        return new int[] {(int) Semantics.index(m, value instanceof DimensionValue d ? d.asNumber() : value)};
    }

    /** The numbers as an attribute of an operation. */
    static List<Long> attribute(Machine m, Object value) {
        return Arrays.stream(ints(m, value)).mapToObj(i -> (long) i).toList();
    }

    /** The type that a script names, or the fallback for None. */
    static DType type(Machine m, Object dtype, DType fallback) {
        return dtype == None.NONE ? fallback : DTypeValue.convert(m, dtype);
    }

    /** Nothing given is null. */
    static Operand optional(Machine m, Object value) {
        return value == None.NONE ? null : Operands.of(m, value);
    }

    /** A seed as scripts give it: null for None. */
    public static Long seed(Machine m, Object seed) {
        return seed == None.NONE ? null : (Long) Semantics.index(m, seed);
    }

    /** An argument under its new or its old name; ValueError for both. */
    static Object either(String name, Object value, String oldName, Object old) {
        if (old == None.NONE) {
            return value;
        }
        if (value != None.NONE) {
            throw NnError.value("Cannot specify both '" + oldName + "' and '" + name + "'");
        }
        return old;
    }
}
