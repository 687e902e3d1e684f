package io.retrograd.lib.numpy;

import io.retrograd.lang.value.Machine;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Elements by truth: where, nonzero. */
final class Selection {
    private Selection() {}

    /** The places of the true elements in row-major order, one array of numbers for each dimension. */
    static List<NdArray> nonzero(NdArray a) {
        int n = a.size();
        int[] flats = new int[n];
        int count = 0;
        for (int i = 0; i < n; i++) {
            if (a.getBoolean(i)) {
                flats[count++] = i;
            }
        }
        List<NdArray> places = new ArrayList<>();
        int step = n;
        for (int axis = 0; axis < a.rank(); axis++) {
            int d = a.dim(axis);
            step = d == 0 ? 0 : step / d;
            long[] at = new long[count];
            for (int i = 0; i < count; i++) {
                at[i] = flats[i] / step % d;
            }
            places.add(NdArray.of(at, count));
        }
        return places;
    }

    /** Elements of {@code a} where the mask is true, of {@code b} elsewhere. */
    static NdArray where(Machine m, NdArray mask, NdArray a, NdArray b) {
        DType type = Casting.resultType(a, b);
        int[] shape = Casting.broadcast(mask, a, b);
        NdArray out = NdArray.zeros(type, shape);
        NdArray x = ArrayMaker.cast(m, a, type).broadcastTo(shape);
        NdArray y = ArrayMaker.cast(m, b, type).broadcastTo(shape);
        NdArray c = mask.broadcastTo(shape);
        out.assign(y);
        int n = out.size();
        for (int i = 0; i < n; i++) {
            if (!c.getBoolean(i)) {
                continue;
            }
            switch (type.kind()) {
                case 'f' -> out.setDouble(i, x.getDouble(i));
                case 'c' -> out.setComplex(i, x.getDouble(i), x.getImaginary(i));
                case 'O', 'U', 'S' -> out.setObject(i, x.getObject(i));
                default -> out.setLong(i, x.getLong(i));
            }
        }
        return out;
    }

    /** The elements of a flattened array as boxed values for containers. */
    static Object[] scalars(NdArray a) {
        Object[] all = new Object[a.size()];
        Arrays.setAll(all, i -> ScalarValue.of(a, i));
        return all;
    }
}
