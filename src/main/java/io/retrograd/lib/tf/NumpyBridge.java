package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Between what sessions compute and numpy's values. */
final class NumpyBridge {
    private NumpyBridge() {}

    /** A result as a script gets it: a numpy scalar or array; strings as bytes. */
    static Object result(NdArray value) {
        if (value.dtype() == DType.STRING && value.rank() == 0) {
            return new BytesValue((byte[]) value.getObject(0));
        }
        return new Fetched(value);
    }

    /** A fed value as {@code np.asarray(value, dtype)} makes it. */
    static NdArray feed(Machine m, Output tensor, Object value) {
        DType dtype = tensor.dtype();
        if (value instanceof ArrayLike a) {
            NdArray array = dtype == DType.STRING ? ArrayOperand.toTensorArray(a.array()) : a.array();
            return array.dtype() == dtype ? array : array.astype(dtype);
        }
        if (value instanceof Long l && dtype.isInteger()) {
            NdArray one = NdArray.zeros(dtype);
            one.setLong(0, l);
            if (one.getLong(0) != l) {
                throw NnError.type("Type of feed value " + l + " with type <class 'int'> is not compatible with Tensor type "
                        + "<class 'numpy." + dtype.numpyName() + "'>. Try explicitly setting the type of the feed tensor to a "
                        + "larger type (e.g. int64).");
            }
            return one;
        }
        try {
            return PythonArrays.convert(m, value, dtype);
        } catch (NnError strict) {
            return PythonArrays.convert(m, value, null).astype(dtype);
        }
    }

    record Fetched(NdArray array) implements ArrayLike {
        static final TypeValue TYPE = TypeValue.opaque("numpy", "ndarray", null);

        @Override
        public TypeValue type() {
            return TYPE;
        }
    }
}
