package io.retrograd.lib.numpy;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.NdArray;

/** The module numpy.testing: assertions about arrays. */
final class Testing {
    private Testing() {}

    private static void fail(Machine m, String what, Object actual, Object desired) {
        throw new NnError(ErrorKind.ASSERTION_ERROR, "\n" + what + "\n x: " + Semantics.repr(m, actual) + "\n y: " + Semantics.repr(m, desired));
    }

    @Builtin(value = "testing.assert_allclose", signature = "actual, desired, rtol=1e-07, atol=0, equal_nan=True, err_msg='', verbose=True",
            doc = "Raises AssertionError unless all elements are equal within a tolerance.")
    static void allclose(Machine m, Object actual, Object desired, double rtol, double atol, boolean equalNan, Object message, Object verbose) {
        if (!Numbers.allclose(m, actual, desired, rtol, atol, equalNan)) {
            fail(m, "Not equal to tolerance rtol=" + Semantics.repr(m, rtol) + ", atol=" + Semantics.repr(m, atol), actual, desired);
        }
    }

    @Builtin(value = {"testing.assert_array_equal", "testing.assert_equal"}, signature = "actual, desired, err_msg='', verbose=True",
            doc = "Raises AssertionError unless two arrays are equal.")
    static void equal(Machine m, Object actual, Object desired, Object message, Object verbose) {
        if (!Numbers.arrayEqual(m, actual, desired, true)) {
            fail(m, "Arrays are not equal", actual, desired);
        }
    }

    @Builtin(value = {"testing.assert_almost_equal", "testing.assert_array_almost_equal"}, signature = "actual, desired, decimal=6, err_msg='', verbose=True",
            doc = "Raises AssertionError unless two arrays are equal to some decimals.")
    static void almostEqual(Machine m, Object actual, Object desired, int decimal, Object message, Object verbose) {
        NdArray a = ArrayMaker.from(m, actual);
        NdArray b = ArrayMaker.from(m, desired);
        int[] shape = Casting.broadcast(a, b);
        NdArray x = a.broadcastTo(shape);
        NdArray y = b.broadcastTo(shape);
        for (int i = 0; i < x.size(); i++) {
            double u = x.getDouble(i);
            double v = y.getDouble(i);
            if (u != v && !(Double.isNaN(u) && Double.isNaN(v)) && !(Math.abs(u - v) < 1.5 * Math.pow(10, -decimal))) {
                fail(m, "Arrays are not almost equal to " + decimal + " decimals", actual, desired);
            }
        }
    }
}
