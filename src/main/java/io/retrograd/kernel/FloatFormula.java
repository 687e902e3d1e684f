package io.retrograd.kernel;

/**
 * The elementwise loops that are plain arithmetic. Each knows its formula, so that a {@link FusedLoop} can do several of
 * them at once; the loop here is the same formula alone.
 *
 * <p>A formula is written with its operators behind their operands: {@code a} and {@code b} are the elements, digits
 * numbers; {@code + - * /} as usual, {@code ~} negates, {@code |} is the absolute value, {@code >} and {@code <} the larger
 * and the smaller of two, {@code r} the square root.
 */
public enum FloatFormula implements FloatLoop {
    /** a + b. */
    ADD("ab+") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] + b[i];
            }
        }
    },
    /** a - b. */
    SUBTRACT("ab-") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] - b[i];
            }
        }
    },
    /** a b. */
    MULTIPLY("ab*") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] * b[i];
            }
        }
    },
    /** a / b. */
    DIVIDE("ab/") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] / b[i];
            }
        }
    },
    /** The larger one; nan if one of them is. */
    MAXIMUM("ab>") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = Math.max(a[i], b[i]);
            }
        }
    },
    /** The smaller one; nan if one of them is. */
    MINIMUM("ab<") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = Math.min(a[i], b[i]);
            }
        }
    },
    /** (a - b)². */
    SQUARED_DIFFERENCE("ab-ab-*") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = (a[i] - b[i]) * (a[i] - b[i]);
            }
        }
    },
    /** -a. */
    NEGATE("a~") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = -a[i];
            }
        }
    },
    /** |a|. */
    ABSOLUTE("a|") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = Math.abs(a[i]);
            }
        }
    },
    /** a². */
    SQUARE("aa*") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = a[i] * a[i];
            }
        }
    },
    /** The root of a. */
    ROOT("ar") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = (float) Math.sqrt(a[i]);
            }
        }
    },
    /** 1 / a. */
    RECIPROCAL("1a/") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = 1 / a[i];
            }
        }
    },
    /** a, or 0 where it is below. */
    POSITIVE("a0>") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = Math.max(a[i], 0f);
            }
        }
    },
    /** b, which flows back, times the slope of 1 / x where that is a. */
    RECIPROCAL_SLOPE("b~aa**") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = -b[i] * (a[i] * a[i]);
            }
        }
    },
    /** b, which flows back, times the slope of tanh where that is a. */
    TANH_SLOPE("b1aa*-*") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            for (int i = from; i < to; i++) {
                c[i] = b[i] * (1 - a[i] * a[i]);
            }
        }
    },
    /** b, which flows back, times the slope of the logistic function where that is a. What TensorFlow computes one by one it multiplies in another order. */
    LOGISTIC_SLOPE("ba1a-**") {
        @Override
        public void run(float[] a, float[] b, float[] c, int from, int to) {
            int end = from + (to - from & -VECTOR);
            for (int i = from; i < end; i++) {
                c[i] = b[i] * (a[i] * (1 - a[i]));
            }
            for (int i = end; i < to; i++) {
                c[i] = b[i] * a[i] * (1 - a[i]);
            }
        }
    };

    /** Elements that TensorFlow takes at a time. What is left behind the last whole vector, its loops do one by one. */
    static final int VECTOR = 8;

    /** For whole vectors of elements. */
    final String formula;

    FloatFormula(String formula) {
        this.formula = formula;
    }

    /** Whether it has a second operand. */
    boolean isBinary() {
        return formula.indexOf('b') >= 0;
    }
}
