package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.FloatText;
import io.retrograd.tensor.NdArray;

/** A {@code np.poly1d}: a polynomial by its coefficients, highest power first, that can be called. */
record PolynomialValue(NdArray coefficients) implements Value {
    static final TypeValue TYPE = new TypeValue("numpy", "poly1d", CoreTypes.OBJECT, PolynomialValueTable.TABLE, null);

    static PolynomialValue of(NdArray a) {
        NdArray c = a.reshape(a.size());
        int from = 0;
        while (from < c.size() - 1 && c.getDouble(from) == 0) {
            from++;
        }
        return new PolynomialValue(c.slice(0, from, c.size() - from, 1));
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Object x = arguments[0];
        Object own = new ArrayValue(coefficients);
        if (x instanceof PolynomialValue p) {
            Object total = new PolynomialValue(NdArray.zeros(p.coefficients.dtype(), 1));
            for (int i = 0; i < coefficients.size(); i++) {
                Object scaled = Semantics.binary(m, BinaryOperator.MULTIPLY, total, p);
                total = Semantics.binary(m, BinaryOperator.ADD, scaled, ScalarValue.of(coefficients, i));
            }
            return total;
        }
        return Polynomials.polyval(m, own, x);
    }

    private static NdArray operand(Machine m, Object o) {
        NdArray a = o instanceof PolynomialValue p ? p.coefficients : ArrayMaker.from(m, o);
        return a.reshape(a.size());
    }

    private static Object combine(Machine m, BinaryOperator op, Object a, Object b) {
        if (!(a instanceof PolynomialValue) && !ArrayOperators.isOperand(a) || !(b instanceof PolynomialValue) && !ArrayOperators.isOperand(b)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Object x = new ArrayValue(operand(m, a));
        Object y = new ArrayValue(operand(m, b));
        return switch (op) {
            case ADD -> of(ArrayMaker.from(m, Polynomials.polyadd(m, x, y)));
            case SUBTRACT -> of(ArrayMaker.from(m, Polynomials.polyadd(m, x, ArrayOperators.unary(m, UnaryOperator.NEGATIVE, y))));
            case MULTIPLY -> of(ArrayMaker.from(m, Polynomials.polymul(m, x, y)));
            case DIVIDE -> b instanceof PolynomialValue ? NotImplementedValue.NOT_IMPLEMENTED
                    : of(ArrayMaker.from(m, ArrayOperators.binary(m, op, x, b)));
            case POWER -> {
                Object power = new ArrayValue(NdArray.of(new long[] {1}));
                for (long i = Semantics.index(m, b); i > 0; i--) {
                    power = Polynomials.polymul(m, power, x);
                }
                yield of(ArrayMaker.from(m, power));
            }
            default -> NotImplementedValue.NOT_IMPLEMENTED;
        };
    }

    @Override
    public Object binary(Machine m, BinaryOperator op, Object right) {
        return combine(m, op, this, right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator op, Object left) {
        return combine(m, op, left, this);
    }

    @Override
    public Object unary(Machine m, UnaryOperator op) {
        return of(ArrayMaker.from(m, ArrayOperators.unary(m, op, new ArrayValue(coefficients))));
    }

    @Override
    public Object compare(Machine m, CompareOperator op, Object other) {
        if (!(other instanceof PolynomialValue p) || op != CompareOperator.EQUAL && op != CompareOperator.NOT_EQUAL) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        boolean equal = Numbers.arrayEqual(m, new ArrayValue(coefficients), new ArrayValue(p.coefficients), false);
        return equal == (op == CompareOperator.EQUAL);
    }

    /** The coefficient of a power. */
    @Override
    public Object item(Machine m, Object key) {
        long power = Semantics.index(m, key);
        int n = coefficients.size() - 1;
        return power < 0 || power > n ? (Object) 0L : ScalarValue.of(coefficients, n - (int) power);
    }

    @Override
    public int length(Machine m) {
        return coefficients.size() - 1;
    }

    @Override
    public String repr(Machine m) {
        String s = NumpyState.of(m).format().toRepr(coefficients, "array");
        return "poly1d(" + s.substring("array(".length());
    }

    /** As numpy shows it on two lines, the powers above. */
    @Override
    public String str(Machine m) {
        StringBuilder powers = new StringBuilder(" ");
        StringBuilder terms = new StringBuilder();
        int n = coefficients.size() - 1;
        for (int i = 0; i <= n; i++) {
            int power = n - i;
            double c = coefficients.getDouble(i);
            String number = FloatText.format(Math.abs(c), 'g', 4, false);
            if (number.equals("0") && n > 0) {
                continue;
            }
            terms.append(terms.isEmpty() ? c < 0 ? "-" : "" : c < 0 ? " - " : " + ").append(number).append(power > 0 ? " x" : "");
            if (power > 1) {
                String raised = Integer.toString(power);
                powers.append(" ".repeat(Math.max(0, terms.length() - powers.length()))).append(raised);
                terms.append(" ".repeat(raised.length() - 1));
            }
        }
        return powers + "\n" + terms;
    }

    @Builtin(value = "__new__", signature = "c_or_r, r=False, variable=None", doc = "A polynomial from its coefficients, or from its roots.")
    static Object make(Machine m, Object c, boolean roots, Object variable) {
        return of(ArrayMaker.from(m, roots ? Polynomials.poly(m, c) : c instanceof PolynomialValue p ? new ArrayValue(p.coefficients) : c));
    }

    @Builtin(value = {"c", "coeffs", "coef", "coefficients"}, property = true, doc = "Its coefficients, highest power first.")
    static Object coeffs(Machine m, PolynomialValue self) {
        return new ArrayValue(self.coefficients);
    }

    @Builtin(value = {"o", "order"}, property = true, doc = "Its degree.")
    static long order(Machine m, PolynomialValue self) {
        return self.coefficients.size() - 1;
    }

    @Builtin(value = {"r", "roots"}, property = true, doc = "Its roots.")
    static Object roots(Machine m, PolynomialValue self) {
        return Polynomials.roots(m, new ArrayValue(self.coefficients));
    }

    @Builtin(value = "deriv", signature = "m=1", method = true, doc = "Its derivative.")
    static Object deriv(Machine m, PolynomialValue self, int order) {
        return of(ArrayMaker.from(m, Polynomials.polyder(m, new ArrayValue(self.coefficients), order)));
    }

    @Builtin(value = "integ", signature = "m=1, k=0", method = true, doc = "Its integral.")
    static Object integ(Machine m, PolynomialValue self, int order, double constant) {
        return of(ArrayMaker.from(m, Polynomials.polyint(m, new ArrayValue(self.coefficients), order, constant)));
    }
}
