package io.retrograd.lib.numpy;

import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import java.math.BigInteger;

/** {@code np.finfo(t)} and {@code np.iinfo(t)}: the limits of a type. */
record TypeLimits(DType dtype) implements Value {
    private static final TypeValue FLOATS = TypeValue.opaque("numpy", "finfo", null);
    private static final TypeValue INTEGERS = TypeValue.opaque("numpy", "iinfo", null);

    @Override
    public TypeValue type() {
        return dtype.isFloating() ? FLOATS : INTEGERS;
    }

    private Object scalar(double v) {
        return ScalarValue.of(dtype, v);
    }

    @Override
    public Object attribute(Machine m, String name) {
        int bits = dtype.byteSize() * 8;
        if (dtype.isFloating()) {
            boolean wide = dtype == DType.FLOAT64;
            boolean half = dtype == DType.FLOAT16;
            double max = wide ? Double.MAX_VALUE : half ? 65504 : Float.MAX_VALUE;
            return switch (name) {
                case "eps" -> scalar(wide ? 0x1p-52 : half ? 0x1p-10 : 0x1p-23);
                case "epsneg" -> scalar(wide ? 0x1p-53 : half ? 0x1p-11 : 0x1p-24);
                case "max" -> scalar(max);
                case "min" -> scalar(-max);
                case "tiny", "smallest_normal" -> scalar(wide ? Double.MIN_NORMAL : half ? 0x1p-14 : Float.MIN_NORMAL);
                case "resolution" -> scalar(wide ? 1e-15 : half ? 0.001 : 1e-6f);
                case "bits" -> (Object) (long) bits;
                case "dtype" -> new ElementType(dtype);
                default -> type().attributeOf(m, this, name);
            };
        }
        return switch (name) {
            case "max" -> dtype == DType.UINT64 ? new BigInteger("18446744073709551615")
                    : (Object) (dtype.isUnsigned() ? (1L << bits) - 1 : Long.MAX_VALUE >> 64 - bits);
            case "min" -> (Object) (dtype.isUnsigned() ? 0L : Long.MIN_VALUE >> 64 - bits);
            case "bits" -> (Object) (long) bits;
            case "dtype" -> new ElementType(dtype);
            default -> type().attributeOf(m, this, name);
        };
    }
}
