package io.retrograd.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Chains of random formulas and functions, operation by operation and in fused loops: the same bits. */
class FloatChainTest {
    private static final float[] ODD = {
        0f, -0f, 1f, -1f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE, Float.MAX_VALUE, 1e-39f
    };

    private static final FloatLoop EXP = (a, b, c, from, to) -> FloatFunctions.exp(a, c, from, to);
    private static final FloatLoop GATE = (a, b, c, from, to) -> FloatMasks.gate(a, b, 0, c, from, to);

    @Property(tries = 300)
    void fusedLoopsChangeNothing(@ForAll long seed) {
        Random r = new Random(seed);
        int span = 1 + r.nextInt(40);
        int size = span * (1 + r.nextInt(r.nextBoolean() ? 20 : 400));
        FloatChain.Operand[] operands = new FloatChain.Operand[1 + r.nextInt(4)];
        float[][] data = new float[operands.length][];
        for (int k = 0; k < operands.length; k++) {
            FloatChain.Lie lie = k == 0 ? FloatChain.Lie.WHOLE : FloatChain.Lie.values()[r.nextInt(4)];
            data[k] = numbers(r, switch (lie) {
                case WHOLE -> size;
                case ONE -> 1;
                case ROW -> span;
                case COLUMN -> size / span;
            });
            operands[k] = new FloatChain.Operand(lie, lie == FloatChain.Lie.WHOLE || lie == FloatChain.Lie.ONE ? 1 : span,
                    lie != FloatChain.Lie.WHOLE && r.nextBoolean() ? data[k] : null);
        }
        int temporaries = 1 + r.nextInt(4);
        FloatChain.Instruction[] code = new FloatChain.Instruction[1 + r.nextInt(20)];
        int written = operands.length;
        for (int i = 0; i < code.length; i++) {
            FloatFormula[] all = FloatFormula.values();
            int choice = r.nextInt(all.length + 2);
            FloatLoop loop = choice < all.length ? all[choice] : choice == all.length ? EXP : GATE;
            int a = r.nextInt(written);
            int b = r.nextInt(written);
            int to = i == code.length - 1
                    ? operands.length + temporaries
                    : operands.length + r.nextInt(Math.min(temporaries, written - operands.length + 1));
            written = Math.max(written, Math.min(to + 1, operands.length + temporaries));
            code[i] = new FloatChain.Instruction(loop, a, b, to);
        }
        float[] alone = new float[size];
        new FloatChain(size, operands, code, temporaries, 50, new FusedLoops()).run(data, alone, 1, () -> { });
        for (int threads = 1; threads <= 3; threads++) {
            FloatChain chain = new FloatChain(size, operands, code, temporaries, 50, new FusedLoops(0));
            float[] fused = new float[size];
            for (int run = 0; run < 2; run++) {
                chain.run(data, fused, threads, () -> { });
            }
            for (int i = 0; i < size; i++) {
                int at = i;
                assertEquals(Float.floatToIntBits(alone[i]), Float.floatToIntBits(fused[i]), () -> "element " + at + " of " + size);
            }
        }
    }

    private static float[] numbers(Random r, int n) {
        float[] x = new float[n];
        boolean odd = r.nextInt(3) == 0;
        for (int i = 0; i < n; i++) {
            x[i] = odd && r.nextInt(4) == 0 ? ODD[r.nextInt(ODD.length)] : (float) r.nextGaussian();
        }
        return x;
    }

    /** A loop that is slow at first is tried now and then, and used when it has won; what it did meanwhile is right. */
    @Property(tries = 5)
    void loopsOnTrialChangeNothing(@ForAll long seed) {
        Random r = new Random(seed);
        int size = 20_000;
        float[][] data = {numbers(r, size), numbers(r, 1)};
        FloatChain.Operand[] operands = {
            new FloatChain.Operand(FloatChain.Lie.WHOLE, 1, null), new FloatChain.Operand(FloatChain.Lie.ONE, 1, null)
        };
        FloatChain.Instruction[] code = {
            new FloatChain.Instruction(FloatFormula.MULTIPLY, 0, 1, 2),
            new FloatChain.Instruction(FloatFormula.ADD, 2, 0, 2),
            new FloatChain.Instruction(FloatFormula.MAXIMUM, 2, 1, 3)
        };
        FloatChain chain = new FloatChain(size, operands, code, 1, 3, new FusedLoops(1));
        float[] first = new float[size];
        new FloatChain(size, operands, code, 1, 3, new FusedLoops()).run(data, first, 1, () -> { });
        for (int run = 0; run < 400; run++) {
            float[] result = new float[size];
            chain.run(data, result, 2, () -> { });
            assertEquals(Arrays.toString(first), Arrays.toString(result));
        }
    }
}
