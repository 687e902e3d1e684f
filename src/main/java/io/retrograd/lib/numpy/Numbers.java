package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.Map;

/** Functions of elements with options of their own: rounding, clipping, comparing within a tolerance; and questions about types. */
final class Numbers {
    private Numbers() {}

    @Builtin(value = {"round", "around", "round_"}, signature = "a, decimals=0, out=None", doc = "The elements rounded to some decimals, halves to even.")
    static Object round(Machine m, Object a, int decimals, Object out) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray r;
        if (x.dtype().isFloating()) {
            boolean single = x.dtype() == DType.FLOAT32;
            r = Elementwise.unary(m, new UnaryFunction("rint", v -> single ? roundFloat((float) v, decimals) : Rounding.round(v, decimals), null, false), x, null);
        } else if (x.dtype().isComplex()) {
            r = x.copy();
            for (int i = 0; i < r.size(); i++) {
                r.setComplex(i, Rounding.round(x.getDouble(i), decimals), Rounding.round(x.getImaginary(i), decimals));
            }
        } else if (x.dtype() == DType.BOOL) {
            r = x.astype(DType.FLOAT16);
        } else if (x.dtype() == DType.OBJECT) {
            r = NdArray.zeros(DType.OBJECT, x.shape());
            for (int i = 0; i < x.size(); i++) {
                r.setObject(i, Semantics.callMethod(m, ScalarValue.of(x, i), "__round__", (long) decimals));
            }
        } else {
            r = Elementwise.unary(m, new UnaryFunction("rint", v -> v, v -> Rounding.round(v, decimals), false), x, null);
        }
        return out == None.NONE ? ArrayOperators.wrap(r, a, None.NONE) : Ufunc.store("round", out, r);
    }

    /** In float arithmetic, as numpy scales float32 arrays. */
    private static double roundFloat(float v, int decimals) {
        if (decimals == 0 || !Float.isFinite(v)) {
            return Math.rint(v);
        }
        float scale = (float) Math.pow(10, Math.abs(decimals));
        return decimals > 0 ? (float) Math.rint(v * scale) / scale : (float) Math.rint(v / scale) * scale;
    }

    @Builtin(value = "fix", signature = "x, out=None", doc = "The elements without their fractions.")
    static Object fix(Machine m, Object x, Object out) {
        return ArrayValue.orScalar(Elementwise.unary(m, new UnaryFunction("trunc", v -> v < 0 ? Math.ceil(v) : Math.floor(v), null, false),
                ArrayMaker.from(m, x), null));
    }

    @Builtin(value = "clip", signature = "a, a_min|min=None, a_max|max=None, out=None", doc = "The elements, limited to an interval.")
    static Object clip(Machine m, Object a, Object min, Object max, Object out) {
        NdArray x = ArrayMaker.from(m, a);
        if (min == None.NONE && max == None.NONE) {
            throw NnError.value("One of max or min must be given");
        }
        NdArray r = x;
        if (min != None.NONE) {
            r = Elementwise.binary(m, BinaryFunctions.MAXIMUM, r, ArrayMaker.from(m, min), null);
        }
        if (max != None.NONE) {
            r = Elementwise.binary(m, BinaryFunctions.MINIMUM, r, ArrayMaker.from(m, max), null);
        }
        return out == None.NONE ? ArrayOperators.wrap(r, a, None.NONE) : Ufunc.store("clip", out, r);
    }

    private static NdArray close(Machine m, Object a, Object b, double rtol, double atol, boolean equalNan) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        int[] shape = Casting.broadcast(x, y);
        NdArray p = x.broadcastTo(shape);
        NdArray q = y.broadcastTo(shape);
        NdArray out = NdArray.zeros(DType.BOOL, shape);
        for (int i = 0; i < out.size(); i++) {
            double u = p.getDouble(i);
            double v = q.getDouble(i);
            boolean same = u == v || Double.isFinite(v) && Math.abs(u - v) <= atol + rtol * Math.abs(v)
                    || equalNan && Double.isNaN(u) && Double.isNaN(v);
            out.setLong(i, same ? 1 : 0);
        }
        return out;
    }

    @Builtin(value = "isclose", signature = "a, b, rtol=1e-05, atol=1e-08, equal_nan=False", doc = "Whether elements are equal within a tolerance.")
    static Object isclose(Machine m, Object a, Object b, double rtol, double atol, boolean equalNan) {
        return ArrayValue.orScalar(close(m, a, b, rtol, atol, equalNan));
    }

    @Builtin(value = "allclose", signature = "a, b, rtol=1e-05, atol=1e-08, equal_nan=False", doc = "Whether all elements are equal within a tolerance.")
    static boolean allclose(Machine m, Object a, Object b, double rtol, double atol, boolean equalNan) {
        NdArray c = close(m, a, b, rtol, atol, equalNan);
        for (int i = 0; i < c.size(); i++) {
            if (!c.getBoolean(i)) {
                return false;
            }
        }
        return true;
    }

    @Builtin(value = "array_equal", signature = "a1, a2, equal_nan=False", doc = "Whether two arrays have the same shape and elements.")
    static boolean arrayEqual(Machine m, Object a, Object b, boolean equalNan) {
        NdArray x = ArrayMaker.from(m, a);
        NdArray y = ArrayMaker.from(m, b);
        return x.hasShapeOf(y) && arrayEquivalent(m, a, b);
    }

    @Builtin(value = "array_equiv", signature = "a1, a2", doc = "Whether two arrays have the same elements after broadcasting.")
    static boolean arrayEquivalent(Machine m, Object a, Object b) {
        Object equal = ArrayOperators.compare(m, CompareOperator.EQUAL, new ArrayValue(ArrayMaker.from(m, a)), b);
        NdArray e = ArrayMaker.from(m, equal);
        for (int i = 0; i < e.size(); i++) {
            if (!e.getBoolean(i)) {
                return false;
            }
        }
        return true;
    }

    @Builtin(value = "nan_to_num", signature = "x, copy=True, nan=0.0, posinf=None, neginf=None", doc = "The elements with NaN and infinities replaced by numbers.")
    static Object nanToNum(Machine m, Object x, boolean copy, double nan, Object posinf, Object neginf) {
        NdArray a = ArrayMaker.from(m, x);
        if (!a.dtype().isFloating()) {
            return ArrayValue.orScalar(a);
        }
        double top = a.dtype() == DType.FLOAT64 ? Double.MAX_VALUE : a.dtype() == DType.FLOAT32 ? Float.MAX_VALUE : 65504;
        double high = posinf == None.NONE ? top : Semantics.real(m, posinf);
        double low = neginf == None.NONE ? -top : Semantics.real(m, neginf);
        NdArray out = copy ? a.copy() : a;
        for (int i = 0; i < out.size(); i++) {
            double v = out.getDouble(i);
            if (!Double.isFinite(v)) {
                out.setDouble(i, Double.isNaN(v) ? nan : v > 0 ? high : low);
            }
        }
        return copy || !(x instanceof ArrayValue) ? ArrayValue.orScalar(out) : x;
    }

    @Builtin(value = "real", signature = "val", doc = "The real parts.")
    static Object real(Machine m, Object val) {
        return ArrayValue.orScalar(ArrayMethods.part(ArrayMaker.from(m, val), false));
    }

    @Builtin(value = "imag", signature = "val", doc = "The imaginary parts.")
    static Object imag(Machine m, Object val) {
        return ArrayValue.orScalar(ArrayMethods.part(ArrayMaker.from(m, val), true));
    }

    @Builtin(value = "angle", signature = "z, deg=False", doc = "The angles of complex numbers.")
    static Object angle(Machine m, Object z, boolean deg) {
        NdArray a = ArrayMaker.from(m, z);
        NdArray out = NdArray.zeros(DType.FLOAT64, a.shape());
        for (int i = 0; i < a.size(); i++) {
            double v = Math.atan2(a.getImaginary(i), a.getDouble(i));
            out.setDouble(i, deg ? Math.toDegrees(v) : v);
        }
        return ArrayValue.orScalar(out);
    }

    @Builtin(value = "sinc", signature = "x", doc = "sin(pi x) / (pi x).")
    static Object sinc(Machine m, Object x) {
        return ArrayValue.orScalar(Elementwise.unary(m, new UnaryFunction("sinc", v -> {
            double y = Math.PI * (v == 0 ? 1.0e-20 : v);
            return Math.sin(y) / y;
        }, null, false), ArrayMaker.from(m, x), null));
    }

    @Builtin(value = "heaviside", signature = "x1, x2", doc = "0 below zero, 1 above, x2 at it.")
    static Object heaviside(Machine m, Object x1, Object x2) {
        NdArray a = ArrayMaker.from(m, x1);
        NdArray h = ArrayMaker.from(m, x2).broadcastTo(a.shape());
        NdArray out = NdArray.zeros(DType.FLOAT64, a.shape());
        for (int i = 0; i < a.size(); i++) {
            double v = a.getDouble(i);
            out.setDouble(i, v < 0 ? 0 : v > 0 ? 1 : v == 0 ? h.getDouble(i) : v);
        }
        return ArrayValue.orScalar(out);
    }

    @Builtin(value = "isscalar", signature = "element", doc = "Whether it is a number or a string, not an array.")
    static boolean isscalar(Machine m, Object element) {
        return element instanceof ScalarValue || !(element instanceof Value)
                || element instanceof BytesValue || element instanceof ComplexValue;
    }

    @Builtin(value = "isreal", signature = "x", doc = "Whether the imaginary parts are zero.")
    static Object isreal(Machine m, Object x) {
        NdArray a = ArrayMaker.from(m, x);
        NdArray out = NdArray.zeros(DType.BOOL, a.shape());
        for (int i = 0; i < a.size(); i++) {
            out.setLong(i, a.getImaginary(i) == 0 ? 1 : 0);
        }
        return ArrayValue.orScalar(out);
    }

    @Builtin(value = "iscomplexobj", signature = "x", doc = "Whether its type is complex.")
    static boolean iscomplexobj(Machine m, Object x) {
        return ArrayMaker.from(m, x).dtype().isComplex();
    }

    @Builtin(value = "iterable", signature = "y", doc = "Whether it can be iterated over.")
    static boolean iterable(Machine m, Object y) {
        try {
            Semantics.iterate(m, y);
            return true;
        } catch (NnError e) {
            return false;
        }
    }

    @Builtin(value = {"may_share_memory", "shares_memory"}, signature = "a, b", doc = "Whether two arrays have the same storage.")
    static boolean shares(Machine m, Object a, Object b) {
        return ArrayMaker.from(m, a).data() == ArrayMaker.from(m, b).data();
    }

    private static TypeValue scalarClass(Machine m, Object type) {
        if (type instanceof ScalarType t) {
            return t;
        }
        return ScalarTypes.of(ElementType.convert(m, type));
    }

    @Builtin(value = "issubdtype", signature = "arg1, arg2", doc = "Whether one type is a kind of another.")
    static boolean issubdtype(Machine m, Object a, Object b) {
        return scalarClass(m, a).isSubclassOf(scalarClass(m, b));
    }

    @Builtin(value = "result_type", signature = "*arrays_and_dtypes", doc = "The common type of arrays and types.")
    static Object resultType(Machine m, Object[] all) {
        NdArray[] operands = new NdArray[all.length];
        for (int i = 0; i < all.length; i++) {
            boolean type = all[i] instanceof TypeValue || all[i] instanceof ElementType || all[i] instanceof String;
            operands[i] = type ? NdArray.zeros(ElementType.convert(m, all[i]), 1) : ArrayMaker.from(m, all[i]);
        }
        return new ElementType(Casting.resultType(operands));
    }

    @Builtin(value = {"promote_types", "find_common_type"}, signature = "type1, type2", doc = "The common type of two types.")
    static Object promote(Machine m, Object a, Object b) {
        return new ElementType(DType.promote(ElementType.convert(m, a), ElementType.convert(m, b)));
    }

    @Builtin(value = "can_cast", signature = "from_, to, casting='safe'", doc = "Whether a type converts to another without loss.")
    static boolean canCast(Machine m, Object from, Object to, String casting) {
        DType a = from instanceof TypeValue || from instanceof ElementType || from instanceof String ? ElementType.convert(m, from) : ArrayMaker.from(m, from).dtype();
        DType b = ElementType.convert(m, to);
        return casting.equals("unsafe") || (casting.equals("same_kind") ? Casting.sameKind(a, b) : DType.promote(a, b) == b);
    }

    @Builtin(value = {"finfo", "iinfo"}, signature = "dtype", doc = "The limits of a type of numbers.")
    static Object limits(Machine m, Object type) {
        DType t = type instanceof ArrayLike a ? a.array().dtype() : ElementType.convert(m, type);
        return new TypeLimits(t);
    }

    @Builtin(value = "vectorize", signature = "pyfunc, otypes=None, doc=None, excluded=None, cache=False, signature=None", doc = "A function that applies another to every element.")
    static Object vectorize(Machine m, Object function, Object otypes, Object doc, Object excluded, Object cache, Object signature) {
        return new Vectorized(function, otypes);
    }

    @Builtin(value = "frompyfunc", signature = "func, nin, nout", doc = "A function that applies another to every element and answers objects.")
    static Object frompyfunc(Machine m, Object function, Object in, Object out) {
        return new Vectorized(function, ListValue.of("O"));
    }

    @Builtin(value = "apply_along_axis", signature = "func1d, axis, arr, *args, **kwargs", doc = "What a function answers for each line along an axis.")
    static Object applyAlongAxis(Machine m, Object function, int axis, Object arr, Object[] args, Map<String, Object> kwargs) {
        NdArray a = ArrayMaker.from(m, arr);
        int at = Axes.normal(axis, a.rank());
        int[] order = Shaping.identityOrder(a.rank());
        System.arraycopy(order, at + 1, order, at, order.length - at - 1);
        order[order.length - 1] = at;
        NdArray turned = a.transpose(order);
        int n = a.dim(at);
        int[] outer = Arrays.copyOf(turned.shape(), a.rank() - 1);
        NdArray lines = turned.reshape(n == 0 ? 0 : a.size() / n, n);
        Object[] results = new Object[lines.dim(0)];
        for (int i = 0; i < results.length; i++) {
            Object[] all = new Object[1 + args.length + kwargs.size()];
            all[0] = new ArrayValue(lines.at(0, i));
            System.arraycopy(args, 0, all, 1, args.length);
            int k = 1 + args.length;
            for (Object v : kwargs.values()) {
                all[k++] = v;
            }
            results[i] = Semantics.call(m, function, all, kwargs.keySet().toArray(new String[0]));
        }
        NdArray out = ArrayMaker.make(m, ListValue.of(results), null);
        int[] inner = Arrays.copyOfRange(out.shape(), 1, out.rank());
        int[] shape = Arrays.copyOf(outer, outer.length + inner.length);
        System.arraycopy(inner, 0, shape, outer.length, inner.length);
        NdArray shaped = out.reshape(shape);
        return inner.length == 1 ? Shaping.moveaxis(m, new ArrayValue(shaped), (long) (shape.length - 1), (long) at) : ArrayValue.orScalar(shaped);
    }

    @Builtin(value = {"seterr", "seterrcall"}, signature = "all=None, divide=None, over=None, under=None, invalid=None", doc = "Does nothing: arithmetic follows IEEE without warnings.")
    static Object seterr(Machine m, Object all, Object divide, Object over, Object under, Object invalid) {
        DictValue d = new DictValue();
        for (String key : new String[] {"divide", "over", "under", "invalid"}) {
            d.putText(key, key.equals("under") ? "ignore" : "warn");
        }
        return d;
    }

    @Builtin(value = "errstate", signature = "**kwargs", doc = "A context in which floating-point warnings differ; here, nothing does.")
    static Object errstate(Machine m, Map<String, Object> kwargs) {
        return new PrintFunctions.Context(None.NONE, machine -> { });
    }
}
