package io.retrograd.graph.op;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.retrograd.kernel.FloatLoop;
import org.junit.jupiter.api.Test;

/** The gate of Relu's gradient, which is computed on bits, against its definition. */
final class ReluGateTest {
    private static final float[] VALUES = {
        0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, Float.MAX_VALUE, -Float.MAX_VALUE,
        Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, Float.intBitsToFloat(0xffc00000),
        Float.intBitsToFloat(0x7f800001), 2.5f, -3.75f
    };

    @Test
    void letsThroughWhatIsAboveZero() {
        FloatLoop gate = ActivationOps.find("ReluGrad").elementwise(null).orElseThrow();
        for (float x : VALUES) {
            for (float g : VALUES) {
                float[] y = new float[1];
                gate.run(new float[] {g}, new float[] {x}, y, 0, 1);
                float expected = g * (x > 0 ? 1f : 0f);
                assertEquals(Float.floatToIntBits(expected), Float.floatToIntBits(y[0]), "g=" + g + ", x=" + x);
            }
        }
    }
}
