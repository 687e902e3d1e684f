package io.retrograd.lib.tf.input;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.tf.DTypeValue;
import io.retrograd.tensor.DType;

/**
 * What parse_example makes of a feature: {@code tf.FixedLenFeature}, {@code tf.VarLenFeature} or
 * {@code tf.FixedLenSequenceFeature}.
 *
 * @param shape as the script gave it; None for a feature of any length
 * @param sequence whether the first dimension may have any length
 */
record FeatureSpec(String name, Object shape, DType dtype, Object fallback, boolean sequence, boolean mayMiss) implements Value {
    private static final TypeValue TYPE =
            TypeValue.opaque("tensorflow.python.ops.parsing_ops", "FixedLenFeature", FeatureSpecTable.TABLE);

    @Override
    public TypeValue type() {
        return TYPE;
    }

    boolean isSparse() {
        return name.equals("VarLenFeature");
    }

    @Override
    public String repr(Machine m) {
        String type = "dtype=" + Semantics.repr(m, DTypeValue.of(dtype));
        return isSparse() ? name + "(" + type + ")"
                : name + "(shape=" + Semantics.repr(m, shape) + ", " + type
                        + (sequence ? ", allow_missing=" + (mayMiss ? "True" : "False") : "")
                        + ", default_value=" + Semantics.repr(m, fallback) + ")";
    }

    @Builtin(value = "shape", property = true, doc = "Its shape.")
    static Object shape(Machine m, FeatureSpec self) {
        return self.shape;
    }

    @Builtin(value = "dtype", property = true, doc = "Its type.")
    static Object dtype(Machine m, FeatureSpec self) {
        return DTypeValue.of(self.dtype);
    }

    @Builtin(value = "default_value", property = true, doc = "What stands for it where it is missing.")
    static Object fallback(Machine m, FeatureSpec self) {
        return self.fallback == null ? None.NONE : self.fallback;
    }
}
