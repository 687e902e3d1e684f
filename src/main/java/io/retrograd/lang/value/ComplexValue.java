package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.tensor.FloatText;

/** A Python complex number. */
public final class ComplexValue implements Value {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "complex", CoreTypes.OBJECT, ComplexMethodsTable.TABLE, null);
    private static final long IMAGINARY_HASH = 1000003;

    private final double re;
    private final double im;

    public ComplexValue(double re, double im) {
        this.re = re;
        this.im = im;
    }

    public double re() {
        return re;
    }

    public double im() {
        return im;
    }

    /** A number of any kind as a complex one; null if it is none. */
    public static ComplexValue from(Machine m, Object o) {
        if (o instanceof ComplexValue c) {
            return c;
        }
        if (!(o instanceof Value) && !Numbers.isNumber(o)) {
            return null;
        }
        Double real = o instanceof Value v && !(o instanceof None) ? v.asFloat(m) : Semantics.realOrNull(m, o);
        return real == null ? null : new ComplexValue(real, 0);
    }

    ComplexValue times(ComplexValue c) {
        return new ComplexValue(re * c.re - im * c.im, re * c.im + im * c.re);
    }

    /** Smith's division, which CPython uses: it scales by the larger part of the divisor. */
    ComplexValue over(ComplexValue c) {
        if (c.re == 0 && c.im == 0) {
            throw IntMath.zeroDivision("complex division by zero");
        }
        if (Math.abs(c.re) >= Math.abs(c.im)) {
            double ratio = c.im / c.re;
            double d = c.re + c.im * ratio;
            return new ComplexValue((re + im * ratio) / d, (im - re * ratio) / d);
        }
        double ratio = c.re / c.im;
        double d = c.re * ratio + c.im;
        return new ComplexValue((re * ratio + im) / d, (im * ratio - re) / d);
    }

    ComplexValue power(ComplexValue c) {
        if (c.re == 0 && c.im == 0) {
            return new ComplexValue(1, 0);
        }
        if (re == 0 && im == 0) {
            if (c.im != 0 || c.re < 0) {
                throw IntMath.zeroDivision("0.0 to a negative or complex power");
            }
            return new ComplexValue(0, 0);
        }
        double size = Math.hypot(re, im);
        double length = Math.pow(size, c.re);
        double angle = Math.atan2(im, re);
        double phase = angle * c.re;
        if (c.im != 0) {
            length /= Math.exp(angle * c.im);
            phase += c.im * Math.log(size);
        }
        return new ComplexValue(length * Math.cos(phase), length * Math.sin(phase));
    }

    private ComplexValue integerPower(long n) {
        ComplexValue result = new ComplexValue(1, 0);
        ComplexValue base = this;
        for (long e = Math.abs(n); e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = result.times(base);
            }
            base = base.times(base);
        }
        return n < 0 ? new ComplexValue(1, 0).over(result) : result;
    }

    @Override
    public boolean hasPlainAttributes() {
        return true;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean truth(Machine m) {
        return re != 0 || im != 0;
    }

    @Override
    public long hash(Machine m) {
        long h = Numbers.hash(re) + IMAGINARY_HASH * (im == 0 ? 0 : Numbers.hash(im));
        return h == -1 ? -2 : h;
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        if (right instanceof Value && !(right instanceof ComplexValue)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        ComplexValue c = from(m, right);
        if (c == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return switch (op) {
            case ADD -> new ComplexValue(re + c.re, im + c.im);
            case SUBTRACT -> new ComplexValue(re - c.re, im - c.im);
            case MULTIPLY -> times(c);
            case DIVIDE -> over(c);
            case POWER -> c.im == 0 && c.re == Math.rint(c.re) && Math.abs(c.re) <= 100
                    ? integerPower((long) c.re)
                    : power(c);
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        ComplexValue c = left instanceof Value ? null : from(m, left);
        return c == null ? NotImplementedValue.NOT_IMPLEMENTED : c.binary(m, op, this);
    }

    @Override
    public Object unary(Machine m, UnaryOperator op) {
        return switch (op) {
            case POSITIVE -> this;
            case NEGATIVE -> new ComplexValue(-re, -im);
            default -> Value.super.unary(m, op);
        };
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL || other instanceof Value && !(other instanceof ComplexValue)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        ComplexValue c = from(m, other);
        if (c == null) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        return (re == c.re && im == c.im) == (op == CompareOperator.EQUAL);
    }

    @Override
    public Double asFloat(Machine m) {
        throw NnError.type("float() argument must be a string or a real number, not 'complex'");
    }

    @Override
    public Object asIndex(Machine m) {
        return null;
    }

    @Override
    public String repr(Machine m) {
        String i = part(im) + "j";
        if (re == 0 && Math.copySign(1, re) > 0) {
            return i;
        }
        return "(" + part(re) + (i.startsWith("-") ? i : "+" + i) + ")";
    }

    private static String part(double v) {
        String s = FloatText.repr(v);
        return s.endsWith(".0") ? s.substring(0, s.length() - 2) : s;
    }

    @Override
    public String format(Machine m, String spec) {
        return spec.isEmpty() ? repr(m) : FormatSpec.parse(spec).apply(m, this);
    }
}
