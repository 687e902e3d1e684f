package io.retrograd.lib.numpy;

import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** {@code np.vectorize(f)}: calls a function of the script for every element of its broadcast arguments. */
record Vectorized(Object function, Object types) implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("numpy", "vectorize", null);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        NdArray[] all = new NdArray[arguments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = ArrayMaker.from(m, arguments[i]);
        }
        int[] shape = Casting.broadcast(all);
        int n = 1;
        for (int d : shape) {
            n *= d;
        }
        for (int i = 0; i < all.length; i++) {
            all[i] = all[i].broadcastTo(shape);
        }
        Object[] results = new Object[n];
        for (int k = 0; k < n; k++) {
            Object[] each = new Object[all.length];
            for (int i = 0; i < each.length; i++) {
                each[i] = ScalarValue.of(all[i], k);
            }
            results[k] = Semantics.call(m, function, each, keywords);
        }
        DType type = types == None.NONE ? null
                : ElementType.convert(m, types instanceof String s ? s : Semantics.item(m, types, 0L));
        return ArrayValue.orScalar(ArrayMaker.make(m, ListValue.of(results), type).reshape(shape));
    }
}
