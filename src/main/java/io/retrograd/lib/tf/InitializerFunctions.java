package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.graph.build.Initializer;
import io.retrograd.graph.build.Initializers;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.Shape;
import java.util.Locale;
import java.util.Set;

/** tf.zeros_initializer and its kin. */
final class InitializerFunctions {
    private InitializerFunctions() {}

    private static InitializerValue value(Machine m, Initializer i, Object dtype) {
        return new InitializerValue(i, dtype == None.NONE ? null : DTypeValue.convert(m, dtype));
    }

    private static InitializerValue floating(Machine m, Initializer i, Object dtype) {
        DType t = dtype == None.NONE ? DType.FLOAT32 : DTypeValue.convert(m, dtype);
        if (!t.isFloating()) {
            throw NnError.value("Expected floating point type, got <dtype: '" + t.tfName() + "'>.");
        }
        return new InitializerValue(i, t);
    }

    static Long seed(Machine m, Object seed) {
        return seed == None.NONE ? null : Semantics.index(m, seed);
    }

    /**
     * What a script gives as a variable's initializer: an initializer, a class of initializers, a function of shape and
     * dtype, a function of nothing, or a value; null for None.
     */
    static Initializer convert(Machine m, Object given) {
        if (given == None.NONE) {
            return null;
        }
        if (given instanceof InitializerValue i) {
            return i.initializer();
        }
        if (given instanceof BuiltinFunction f && f.name().toLowerCase(Locale.ROOT).matches(
                ".*(initializer|zeros|ones|normal|uniform|constant|orthogonal|scaling)")
                && Semantics.call(m, f) instanceof InitializerValue i) {
            return i.initializer();
        }
        if (!Semantics.isCallable(given)) {
            return Initializer.of(Operands.of(m, given));
        }
        return new Initializer() {
            @Override
            public Output make(Graph g, Shape shape, DType dtype) {
                Object made;
                if (shape == null) {
                    made = Semantics.call(m, given);
                } else {
                    ListValue dims = new ListValue();
                    for (int d : shape.toInts()) {
                        dims.add((long) d);
                    }
                    made = Semantics.call(m, given, new Object[] {dims, DTypeValue.of(dtype)}, new String[] {"dtype"});
                }
                return Operands.of(m, made).toOutput(g, dtype, null, "initial_value");
            }

            @Override
            public boolean bringsShape() {
                return true;
            }
        };
    }

    @Builtin(
            value = {"zeros_initializer", "initializers.zeros", "keras.initializers.Zeros", "keras.initializers.zeros"},
            signature = "dtype=None",
            doc = "Starts variables at zero.")
    static Object zeros(Machine m, Object dtype) {
        return value(m, Initializers.zeros(), dtype);
    }

    @Builtin(
            value = {"ones_initializer", "initializers.ones", "keras.initializers.Ones", "keras.initializers.ones"},
            signature = "dtype=None",
            doc = "Starts variables at one.")
    static Object ones(Machine m, Object dtype) {
        return value(m, Initializers.ones(), dtype);
    }

    @Builtin(
            value = {
                "constant_initializer", "initializers.constant", "keras.initializers.Constant", "keras.initializers.constant"
            },
            signature = "value=0, dtype=None, verify_shape=False",
            doc = "Starts variables at a value, or at a list of values.")
    static Object constant(Machine m, Object value, Object dtype, boolean verify) {
        Initializer i = (g, shape, type) -> ((TensorValue) CoreFunctions.constant(
                m, value, DTypeValue.of(type), new ShapeValue(shape), "Const", verify)).output();
        return value(m, i, dtype);
    }

    @Builtin(
            value = {"random_uniform_initializer", "initializers.random_uniform"},
            signature = "minval=0, maxval=None, seed=None, dtype=None",
            doc = "Starts variables at evenly distributed random numbers.")
    static Object randomUniform(Machine m, Object low, Object high, Object seed, Object dtype) {
        Operand to = high == None.NONE ? null : Operands.of(m, high);
        return value(m, Initializers.uniform(Operands.of(m, low), to, seed(m, seed)), dtype);
    }

    @Builtin(
            value = {"keras.initializers.RandomUniform", "keras.initializers.uniform", "keras.initializers.random_uniform"},
            signature = "minval=-0.05, maxval=0.05, seed=None, dtype=None",
            doc = "Starts variables at evenly distributed random numbers.")
    static Object kerasUniform(Machine m, Object low, Object high, Object seed, Object dtype) {
        return randomUniform(m, low, high, seed, dtype);
    }

    @Builtin(
            value = {"random_normal_initializer", "initializers.random_normal"},
            signature = "mean=0.0, stddev=1.0, seed=None, dtype=None",
            doc = "Starts variables at normally distributed random numbers.")
    static Object randomNormal(Machine m, Object mean, Object deviation, Object seed, Object dtype) {
        return floating(m, Initializers.normal(Operands.of(m, mean), Operands.of(m, deviation), seed(m, seed)), dtype);
    }

    @Builtin(
            value = {"keras.initializers.RandomNormal", "keras.initializers.normal", "keras.initializers.random_normal"},
            signature = "mean=0.0, stddev=0.05, seed=None, dtype=None",
            doc = "Starts variables at normally distributed random numbers.")
    static Object kerasNormal(Machine m, Object mean, Object deviation, Object seed, Object dtype) {
        return randomNormal(m, mean, deviation, seed, dtype);
    }

    @Builtin(
            value = {"truncated_normal_initializer", "initializers.truncated_normal"},
            signature = "mean=0.0, stddev=1.0, seed=None, dtype=None",
            doc = "Starts variables at normally distributed random numbers within two deviations.")
    static Object truncatedNormal(Machine m, Object mean, Object deviation, Object seed, Object dtype) {
        return floating(
                m, Initializers.truncatedNormal(Operands.of(m, mean), Operands.of(m, deviation), seed(m, seed)), dtype);
    }

    @Builtin(
            value = {"keras.initializers.TruncatedNormal", "keras.initializers.truncated_normal"},
            signature = "mean=0.0, stddev=0.05, seed=None, dtype=None",
            doc = "Starts variables at normally distributed random numbers within two deviations.")
    static Object kerasTruncated(Machine m, Object mean, Object deviation, Object seed, Object dtype) {
        return truncatedNormal(m, mean, deviation, seed, dtype);
    }

    @Builtin(
            value = {"uniform_unit_scaling_initializer", "initializers.uniform_unit_scaling"},
            signature = "factor=1.0, seed=None, dtype=None",
            doc = "Starts variables at random numbers that keep the scale of the inputs.")
    static Object unitScaling(Machine m, double factor, Object seed, Object dtype) {
        return floating(m, Initializers.uniformUnitScaling(factor, seed(m, seed)), dtype);
    }

    @Builtin(
            value = {
                "variance_scaling_initializer", "initializers.variance_scaling", "keras.initializers.VarianceScaling",
                "keras.initializers.variance_scaling"
            },
            signature = "scale=1.0, mode='fan_in', distribution='truncated_normal', seed=None, dtype=None",
            doc = "Starts variables at random numbers whose variance is scale divided by the number of inputs or outputs.")
    static Object varianceScaling(
            Machine m, double scale, String mode, String distribution, Object seed, Object dtype) {
        if (scale <= 0) {
            throw NnError.value("`scale` must be positive float.");
        }
        if (!Set.of("fan_in", "fan_out", "fan_avg").contains(mode)) {
            throw NnError.value("('Invalid `mode` argument:', " + Semantics.repr(m, mode) + ")");
        }
        String d = distribution.toLowerCase(Locale.ROOT);
        if (!Set.of("normal", "uniform", "truncated_normal", "untruncated_normal").contains(d)) {
            throw NnError.value("('Invalid `distribution` argument:', " + Semantics.repr(m, d) + ")");
        }
        return floating(m, Initializers.varianceScaling(scale, mode, d, seed(m, seed)), dtype);
    }

    private static Object scaled(Machine m, double scale, String mode, String distribution, Object seed, Object dtype) {
        return floating(m, Initializers.varianceScaling(scale, mode, distribution, seed(m, seed)), dtype);
    }

    @Builtin(
            value = {"glorot_uniform_initializer", "initializers.glorot_uniform", "keras.initializers.glorot_uniform"},
            signature = "seed=None, dtype=None",
            doc = "Glorot and Bengio's uniform numbers: limits sqrt(6 / (inputs + outputs)).")
    static Object glorotUniform(Machine m, Object seed, Object dtype) {
        return scaled(m, 1, "fan_avg", "uniform", seed, dtype);
    }

    @Builtin(
            value = {"glorot_normal_initializer", "initializers.glorot_normal", "keras.initializers.glorot_normal"},
            signature = "seed=None, dtype=None",
            doc = "Glorot and Bengio's normal numbers: deviation sqrt(2 / (inputs + outputs)).")
    static Object glorotNormal(Machine m, Object seed, Object dtype) {
        return scaled(m, 1, "fan_avg", "truncated_normal", seed, dtype);
    }

    @Builtin(
            value = {"initializers.he_normal", "keras.initializers.he_normal"},
            signature = "seed=None",
            doc = "He's normal numbers: deviation sqrt(2 / inputs).")
    static Object heNormal(Machine m, Object seed) {
        return scaled(m, 2, "fan_in", "truncated_normal", seed, None.NONE);
    }

    @Builtin(
            value = {"initializers.he_uniform", "keras.initializers.he_uniform"},
            signature = "seed=None",
            doc = "He's uniform numbers: limits sqrt(6 / inputs).")
    static Object heUniform(Machine m, Object seed) {
        return scaled(m, 2, "fan_in", "uniform", seed, None.NONE);
    }

    @Builtin(
            value = {"initializers.lecun_normal", "keras.initializers.lecun_normal"},
            signature = "seed=None",
            doc = "LeCun's normal numbers: deviation sqrt(1 / inputs).")
    static Object lecunNormal(Machine m, Object seed) {
        return scaled(m, 1, "fan_in", "truncated_normal", seed, None.NONE);
    }

    @Builtin(
            value = {"initializers.lecun_uniform", "keras.initializers.lecun_uniform"},
            signature = "seed=None",
            doc = "LeCun's uniform numbers: limits sqrt(3 / inputs).")
    static Object lecunUniform(Machine m, Object seed) {
        return scaled(m, 1, "fan_in", "uniform", seed, None.NONE);
    }

    @Builtin(
            value = {
                "orthogonal_initializer", "initializers.orthogonal", "keras.initializers.Orthogonal",
                "keras.initializers.orthogonal"
            },
            signature = "gain=1.0, seed=None, dtype=None",
            doc = "Starts variables at random orthogonal matrices.")
    static Object orthogonal(Machine m, double gain, Object seed, Object dtype) {
        return floating(m, Initializers.orthogonal(gain, seed(m, seed)), dtype);
    }

    @Builtin(
            value = {"contrib.layers.xavier_initializer", "contrib.layers.xavier_initializer_conv2d"},
            signature = "uniform=True, seed=None, dtype=None",
            doc = "Glorot and Bengio's random numbers, uniform or normal.")
    static Object xavier(Machine m, boolean uniform, Object seed, Object dtype) {
        return floating(m, Initializers.contribVarianceScaling(1, "FAN_AVG", uniform, seed(m, seed)), dtype);
    }

    @Builtin(
            value = "contrib.layers.variance_scaling_initializer",
            signature = "factor=2.0, mode='FAN_IN', uniform=False, seed=None, dtype=None",
            doc = "Random numbers whose variance is factor divided by the number of inputs or outputs.")
    static Object contribVarianceScaling(
            Machine m, double factor, String mode, boolean uniform, Object seed, Object dtype) {
        if (!Set.of("FAN_IN", "FAN_OUT", "FAN_AVG").contains(mode)) {
            throw NnError.type("('Unknown mode %s [FAN_IN, FAN_OUT, FAN_AVG]', " + Semantics.repr(m, mode) + ")");
        }
        return floating(m, Initializers.contribVarianceScaling(factor, mode, uniform, seed(m, seed)), dtype);
    }
}
