package io.retrograd.lib.numpy;

import io.retrograd.error.StopCheck;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.tensor.DType;

/**
 * A function of two numbers that numpy applies element by element: what it does to doubles and longs, which type it
 * computes in, which type comes out. Subclasses with loops of their own over whole lines are those that training
 * scripts spend their time in.
 */
abstract class BinaryFunction {
    /** Which types a function computes in and answers with. */
    enum Kind {
        /** Numbers, the common type stays. */
        ARITHMETIC,
        /** Answers are real numbers even for whole ones. */
        REAL,
        /** Whole numbers and truth values only. */
        BITS,
        /** Any two comparable things; answers are truth values. */
        COMPARISON,
        /** Truth of the operands; answers are truth values. */
        LOGIC
    }

    final String name;
    final Kind kind;
    /** The operator of the language that does the same to objects; null if there is none. */
    final BinaryOperator operator;
    /** The comparison of the language that does the same to objects; null if there is none. */
    final CompareOperator comparison;
    /** What {@code reduce} of nothing answers; NaN if it has no identity. */
    final double identity;

    BinaryFunction(String name, Kind kind, BinaryOperator operator, CompareOperator comparison, double identity) {
        this.name = name;
        this.kind = kind;
        this.operator = operator;
        this.comparison = comparison;
        this.identity = identity;
    }

    abstract double apply(double x, double y);

    abstract long apply(long x, long y);

    /** The type to compute in, given the operands' common type; null if the function does not know it. */
    DType computeType(DType common) {
        return switch (kind) {
            case REAL -> real(common);
            case BITS -> common == DType.BOOL || common.isInteger() || common == DType.OBJECT ? common : null;
            case LOGIC -> common.isReference() && common != DType.OBJECT ? null : common;
            default -> common;
        };
    }

    /** The type that whole numbers become where a function needs real ones. */
    static DType real(DType t) {
        return switch (t) {
            case BOOL, INT8, UINT8 -> DType.FLOAT16;
            case INT16, UINT16 -> DType.FLOAT32;
            case INT32, UINT32, INT64, UINT64 -> DType.FLOAT64;
            case STRING, UNICODE -> null;
            default -> t;
        };
    }

    DType resultType(DType compute) {
        return kind == Kind.COMPARISON || kind == Kind.LOGIC ? DType.BOOL : compute;
    }

    boolean hasFloatLines() {
        return false;
    }

    void line(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
        throw new UnsupportedOperationException();
    }

    void line(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
        for (int i = 0; i < n; i++, p += dp, q += dq) {
            out[at + i] = apply(a[p], b[q]);
        }
    }

    void line(long[] a, int p, int dp, long[] b, int q, int dq, long[] out, int at, int n) {
        for (int i = 0; i < n; i++, p += dp, q += dq) {
            out[at + i] = apply(a[p], b[q]);
        }
    }

    /** A line of any length, which the script may interrupt. */
    final void whole(float[] a, int p, int dp, float[] b, int q, int dq, float[] out, int at, int n) {
        if (n <= StopCheck.INTERVAL) {
            line(a, p, dp, b, q, dq, out, at, n);
            return;
        }
        StopCheck.loop(n, (from, to) -> line(a, p + from * dp, dp, b, q + from * dq, dq, out, at + from, to - from));
    }

    /** A line of any length, which the script may interrupt. */
    final void whole(double[] a, int p, int dp, double[] b, int q, int dq, double[] out, int at, int n) {
        if (n <= StopCheck.INTERVAL) {
            line(a, p, dp, b, q, dq, out, at, n);
            return;
        }
        StopCheck.loop(n, (from, to) -> line(a, p + from * dp, dp, b, q + from * dq, dq, out, at + from, to - from));
    }

    /** A line of any length, which the script may interrupt. */
    final void whole(long[] a, int p, int dp, long[] b, int q, int dq, long[] out, int at, int n) {
        if (n <= StopCheck.INTERVAL) {
            line(a, p, dp, b, q, dq, out, at, n);
            return;
        }
        StopCheck.loop(n, (from, to) -> line(a, p + from * dp, dp, b, q + from * dq, dq, out, at + from, to - from));
    }
}
