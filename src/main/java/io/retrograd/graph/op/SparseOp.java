package io.retrograd.graph.op;

import io.retrograd.graph.OpDef;
import io.retrograd.graph.ShapeContext;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** An operation on sparse tensors, each of three inputs: places [n, rank], values [n], dense shape [rank]. */
abstract class SparseOp extends OpDef {
    static final String PARTS = "indices: int64, values: T, dense_shape: int64";
    static final String REAL = "float|double|int32|uint8|int16|int8|int64|half|uint16|uint32|uint64";
    static final String NUMBERS = "float|double|uint8|int16|int8|complex64|complex128|int64|int32|half|uint16|uint32|uint64";

    SparseOp(String type, String inputs, String outputs, String... attributes) {
        super(type, inputs, outputs, attributes);
    }

    /** Outputs that are a sparse tensor of that rank. */
    static void sparse(ShapeContext c, int first, int rank) {
        c.output(first, Shape.of(Shape.UNKNOWN, rank));
        c.output(first + 1, Shape.unknownOfRank(1));
        c.output(first + 2, Shape.of(rank));
    }

    /** One entry's place, comparable and usable as a key. */
    record Place(List<Long> at) implements Comparable<Place> {
        static Place of(NdArray indices, int i) {
            int rank = indices.dim(1);
            Long[] at = new Long[rank];
            for (int d = 0; d < rank; d++) {
                at[d] = indices.getLong(i * rank + d);
            }
            return new Place(Arrays.asList(at));
        }

        @Override
        public int compareTo(Place other) {
            for (int d = 0; d < at.size(); d++) {
                int c = Long.compare(at.get(d), other.at.get(d));
                if (c != 0) {
                    return c;
                }
            }
            return 0;
        }
    }

    static void put(NdArray indices, int i, List<Long> at) {
        for (int d = 0; d < at.size(); d++) {
            indices.setLong(i * at.size() + d, at.get(d));
        }
    }

    static int rank(Shape shapeInput) {
        return shapeInput.hasRank() && shapeInput.rank() == 1 ? shapeInput.dim(0) : Shape.UNKNOWN;
    }

    static void copyShape(NdArray from, NdArray to) {
        for (int d = 0; d < from.size(); d++) {
            to.setLong(d, from.getLong(d));
        }
    }

    /** Sets an element from its real and its imaginary part. */
    static void set(NdArray out, int i, double[] value) {
        if (out.dtype().isComplex()) {
            out.setComplex(i, value[0], value[1]);
        } else {
            out.setDouble(i, value[0]);
        }
    }
}
