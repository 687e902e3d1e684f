package io.retrograd.lib.numpy;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Element-by-element functions of complex numbers: arithmetic, equality and the common elementary ones. */
final class ComplexMath {
    private ComplexMath() {}

    static NdArray binary(BinaryFunction f, NdArray a, NdArray b, int[] shape, DType compute, DType out) {
        NdArray x = a.astype(compute).broadcastTo(shape);
        NdArray y = b.astype(compute).broadcastTo(shape);
        NdArray result = NdArray.zeros(out, shape);
        for (int i = 0; i < result.size(); i++) {
            double p = x.getDouble(i);
            double q = x.getImaginary(i);
            double r = y.getDouble(i);
            double s = y.getImaginary(i);
            switch (f.name) {
                case "add" -> result.setComplex(i, p + r, q + s);
                case "subtract" -> result.setComplex(i, p - r, q - s);
                case "multiply" -> result.setComplex(i, p * r - q * s, p * s + q * r);
                case "divide" -> divide(result, i, p, q, r, s);
                case "power" -> power(result, i, p, q, r, s);
                case "equal" -> result.setLong(i, p == r && q == s ? 1 : 0);
                case "not_equal" -> result.setLong(i, p == r && q == s ? 0 : 1);
                case "logical_and" -> result.setLong(i, (p != 0 || q != 0) && (r != 0 || s != 0) ? 1 : 0);
                case "logical_or" -> result.setLong(i, p != 0 || q != 0 || r != 0 || s != 0 ? 1 : 0);
                default -> throw Elementwise.noLoop(f.name, a.dtype(), b.dtype());
            }
        }
        return result;
    }

    private static void divide(NdArray out, int i, double a, double b, double c, double d) {
        if (Math.abs(c) >= Math.abs(d)) {
            double ratio = d / c;
            double scale = 1.0 / (c + d * ratio);
            out.setComplex(i, (a + b * ratio) * scale, (b - a * ratio) * scale);
        } else {
            double ratio = c / d;
            double scale = 1.0 / (d + c * ratio);
            out.setComplex(i, (a * ratio + b) * scale, (b * ratio - a) * scale);
        }
    }

    private static void power(NdArray out, int i, double a, double b, double c, double d) {
        if (d == 0 && c == Math.rint(c) && Math.abs(c) <= 100) {
            double re = 1;
            double im = 0;
            for (int k = 0; k < Math.abs(c); k++) {
                double t = re * a - im * b;
                im = re * b + im * a;
                re = t;
            }
            if (c < 0) {
                divide(out, i, 1, 0, re, im);
            } else {
                out.setComplex(i, re, im);
            }
            return;
        }
        double logR = Math.log(Math.hypot(a, b));
        double angle = Math.atan2(b, a);
        double r = Math.exp(c * logR - d * angle);
        double t = d * logR + c * angle;
        out.setComplex(i, r * Math.cos(t), r * Math.sin(t));
    }

    static NdArray unary(UnaryFunction f, NdArray x) {
        boolean real = f.name().equals("absolute");
        DType out = f.test() ? DType.BOOL : real ? x.dtype() == DType.COMPLEX64 ? DType.FLOAT32 : DType.FLOAT64 : x.dtype();
        NdArray result = NdArray.zeros(out, x.shape());
        for (int i = 0; i < x.size(); i++) {
            double a = x.getDouble(i);
            double b = x.getImaginary(i);
            switch (f.name()) {
                case "absolute" -> result.setDouble(i, Math.hypot(a, b));
                case "negative" -> result.setComplex(i, -a, -b);
                case "positive" -> result.setComplex(i, a, b);
                case "conjugate" -> result.setComplex(i, a, -b);
                case "square" -> result.setComplex(i, a * a - b * b, 2 * a * b);
                case "reciprocal" -> divide(result, i, 1, 0, a, b);
                case "exp" -> result.setComplex(i, Math.exp(a) * Math.cos(b), Math.exp(a) * Math.sin(b));
                case "log" -> result.setComplex(i, Math.log(Math.hypot(a, b)), Math.atan2(b, a));
                case "sqrt" -> root(result, i, a, b);
                case "isnan" -> result.setLong(i, Double.isNaN(a) || Double.isNaN(b) ? 1 : 0);
                case "isinf" -> result.setLong(i, Double.isInfinite(a) || Double.isInfinite(b) ? 1 : 0);
                case "isfinite" -> result.setLong(i, Double.isFinite(a) && Double.isFinite(b) ? 1 : 0);
                case "logical_not" -> result.setLong(i, a == 0 && b == 0 ? 1 : 0);
                default -> throw Elementwise.noLoop(f.name(), x.dtype());
            }
        }
        return result;
    }

    private static void root(NdArray out, int i, double a, double b) {
        if (a == 0 && b == 0) {
            out.setComplex(i, 0, b);
            return;
        }
        double t = Math.sqrt((Math.abs(a) + Math.hypot(a, b)) / 2);
        if (a >= 0) {
            out.setComplex(i, t, b / (2 * t));
        } else {
            out.setComplex(i, Math.abs(b) / (2 * t), Math.copySign(t, b));
        }
    }
}
