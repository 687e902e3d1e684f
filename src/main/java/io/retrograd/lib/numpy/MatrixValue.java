package io.retrograd.lib.numpy;

import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.tensor.NdArray;

/** A numpy.matrix: always two dimensions, and {@code *} multiplies matrices. */
final class MatrixValue extends ArrayValue {
    static final TypeValue TYPE = new TypeValue("numpy", "matrix", ArrayValue.TYPE, MatrixMethodsTable.TABLE, null);

    MatrixValue(NdArray array) {
        super(array.rank() == 2 ? array : array.rank() < 2 ? array.reshape(1, array.size()) : array);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    ArrayValue like(NdArray a) {
        return a.rank() <= 2 ? new MatrixValue(a) : new ArrayValue(a);
    }

    @Override
    Object part(NdArray a) {
        return a.rank() == 0 ? ScalarValue.of(a, 0) : like(a);
    }

    @Override
    public Object item(Machine m, Object key) {
        NdArray a = Indexing.get(m, array(), key);
        if (a.rank() == 1 && key instanceof TupleValue t && t.size() == 2 && t.get(0) instanceof SliceValue
                && Semantics.indexOrNull(m, t.get(1)) != null) {
            return new MatrixValue(a.reshape(a.size(), 1));
        }
        return part(a);
    }

    @Override
    public Iteration iterate(Machine m) {
        NdArray a = array();
        return new Iteration() {
            private int at;

            @Override
            public Object next(Machine machine) {
                return at < a.dim(0) ? new MatrixValue(a.rows(at, ++at)) : null;
            }
        };
    }

    /** What the operator means for matrices; null if it is the elementwise one. */
    static Object operator(Machine m, BinaryOperator op, Object a, Object b) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        if (op == BinaryOperator.MULTIPLY && x.rank() > 0 && y.rank() > 0) {
            NdArray left = x.rank() == 1 ? x.reshape(1, x.size()) : x;
            NdArray right = y.rank() == 1 ? y.reshape(1, y.size()) : y;
            return new MatrixValue(Products.dot(m, left, right));
        }
        if (op == BinaryOperator.POWER && a instanceof MatrixValue && y.rank() == 0) {
            return new MatrixValue(Decompositions.power(m, x, y.getLong(0)));
        }
        return null;
    }

    @Override
    public String repr(Machine m) {
        return NumpyState.of(m).format().toRepr(array(), "matrix");
    }
}
