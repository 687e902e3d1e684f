package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.build.Variables;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.lib.numpy.NumpyState;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.random.RandomState;

/**
 * The words that make a first script pleasant: a session that is at hand, {@code run}, {@code init},
 * {@code minimize}, random numbers with a seed.
 */
final class ShortFunctions {
    private ShortFunctions() {}

    @Builtin(
            value = "words.run",
            signature = "fetches, feed_dict=None",
            doc = "The values of tensors, with placeholders fed; training steps are run. Uses the session at hand.",
            example = "run(loss, {x: X, y_: Y})")
    static Object run(Machine m, Object fetches, Object feeds) {
        return SessionAtHand.of(m, TfState.of(m).graph()).run(m, fetches, feeds);
    }

    @Builtin(
            value = "words.init",
            doc = "The operation that gives all variables their first values.",
            example = "run(init())")
    static Object init(Machine m) {
        return Tensors.wrap(Variables.globalInitializer(TfState.of(m).graph()));
    }

    @Builtin(
            value = "words.minimize",
            signature = "loss, optimizer=0.01, var_list=None, global_step=None",
            doc = "One training step as an operation: by gradient descent with that learning rate, or by the optimizer given.",
            example = "train = minimize(loss, adam(0.001))")
    static Object minimize(Machine m, Object loss, Object optimizer, Object variables, Object step) {
        OptimizerValue rule = optimizer instanceof OptimizerValue given
                ? given
                : (OptimizerValue) OptimizerFunctions.gradientDescent(m, optimizer, false, "GradientDescent");
        return OptimizerValue.minimize(m, rule, loss, step, variables, 1, None.NONE, false, null, None.NONE);
    }

    @Builtin(
            value = "words.rand",
            signature = "*sizes, seed=None",
            doc = "An array of random numbers between 0 and 1; with a seed, always the same ones.",
            example = "X = rand(32, 2, seed=23455)")
    static Object rand(Machine m, Object[] sizes, Object seed) {
        return fill(m, sizes, seed, false);
    }

    @Builtin(
            value = "words.randn",
            signature = "*sizes, seed=None",
            doc = "An array of random numbers around 0 with deviation 1; with a seed, always the same ones.",
            example = "noise = randn(100, seed=1)")
    static Object randn(Machine m, Object[] sizes, Object seed) {
        return fill(m, sizes, seed, true);
    }

    private static Object fill(Machine m, Object[] sizes, Object seed, boolean normal) {
        RandomState random =
                seed == None.NONE ? NumpyState.of(m).random() : new RandomState(Semantics.index(m, seed));
        long[] shape = new long[sizes.length];
        for (int i = 0; i < sizes.length; i++) {
            shape[i] = Semantics.index(m, sizes[i]);
            if (shape[i] < 0) {
                throw NnError.value("negative dimensions are not allowed");
            }
        }
        NdArray array = NdArray.zeros(Allocation.NUMPY, DType.FLOAT64, shape);
        double[] to = array.doubles();
        for (int i = 0; i < to.length; i++) {
            to[i] = normal ? random.gauss() : random.random();
        }
        return ArrayValue.orScalar(array);
    }
}
