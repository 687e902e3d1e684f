package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.UnaryOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.Allocation;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** Applies functions of numbers to arrays element by element, with broadcasting. */
final class Elementwise {
    private Elementwise() {}

    /**
     * {@code f} of all pairs of elements.
     *
     * @param type the type to compute in; null to find it by numpy's rules
     */
    static NdArray binary(Machine m, BinaryFunction f, NdArray a, NdArray b, DType type) {
        if (type == null && f.hasFloatLines()) {
            NdArray x = besides(a, b);
            NdArray y = besides(b, a);
            NdArray quick = x.dtype() == y.dtype() ? alike(f, x, y) : null;
            if (quick != null) {
                return quick;
            }
        }
        DType common = type != null ? type : Casting.resultType(a, b);
        DType compute = f.computeType(common);
        if (compute == null || compute.isReference() && compute != DType.OBJECT && f.kind != BinaryFunction.Kind.COMPARISON) {
            throw noLoop(f.name, a.dtype(), b.dtype());
        }
        int[] shape = Casting.broadcast(a, b);
        DType out = f.resultType(compute);
        if (compute.isReference()) {
            return objects(m, f, a, b, shape, compute, out);
        }
        if (compute.isComplex()) {
            return ComplexMath.binary(f, a, b, shape, compute, out);
        }
        if (compute == DType.FLOAT32 && f.hasFloatLines()) {
            float[] result = (float[]) storage(DType.FLOAT32, shape);
            NdArray x = a.astype(DType.FLOAT32);
            NdArray y = b.astype(DType.FLOAT32);
            int at = 0;
            Lines lines = new Lines(x.broadcastTo(shape), y.broadcastTo(shape));
            for (; lines.hasLine(); lines.advance(), at += lines.length) {
                f.whole(x.floats(), lines.at[0], lines.step[0], y.floats(), lines.at[1], lines.step[1], result, at, lines.length);
            }
            return NdArray.wrap(DType.FLOAT32, result, shape);
        }
        if (compute.isFloating()) {
            double[] result = (double[]) storage(DType.FLOAT64, shape);
            NdArray x = a.astype(compute).astype(DType.FLOAT64);
            NdArray y = b.astype(compute).astype(DType.FLOAT64);
            int at = 0;
            Lines lines = new Lines(x.broadcastTo(shape), y.broadcastTo(shape));
            for (; lines.hasLine(); lines.advance(), at += lines.length) {
                f.whole(x.doubles(), lines.at[0], lines.step[0], y.doubles(), lines.at[1], lines.step[1], result, at, lines.length);
            }
            return NdArray.wrap(DType.FLOAT64, result, shape).astype(out);
        }
        if (compute == DType.BOOL && f == BinaryFunctions.POWER) {
            out = DType.INT8;
        }
        long[] result = (long[]) storage(DType.INT64, shape);
        NdArray x = a.astype(compute).astype(DType.INT64);
        NdArray y = b.astype(compute).astype(DType.INT64);
        int at = 0;
        Lines lines = new Lines(x.broadcastTo(shape), y.broadcastTo(shape));
        for (; lines.hasLine(); lines.advance(), at += lines.length) {
            f.whole(x.longs(), lines.at[0], lines.step[0], y.longs(), lines.at[1], lines.step[1], result, at, lines.length);
        }
        return NdArray.wrap(DType.INT64, result, shape).astype(out);
    }

    /** A single number in the type of the float array beside it, where numpy's rule by value gives that type; else as it is. */
    private static NdArray besides(NdArray scalar, NdArray array) {
        DType t = array.dtype();
        if (scalar.rank() > 0 || array.rank() == 0 || scalar.dtype() == t || t != DType.FLOAT32 && t != DType.FLOAT64) {
            return scalar;
        }
        boolean fits = switch (scalar.dtype()) {
            case INT64, INT32 -> t == DType.FLOAT64 || Math.abs(scalar.getLong(0)) <= Short.MAX_VALUE;
            case FLOAT32 -> true;
            case FLOAT64 -> !(Math.abs(scalar.getDouble(0)) >= 3.4e38) || !Double.isFinite(scalar.getDouble(0));
            default -> false;
        };
        return fits ? scalar.astype(t) : scalar;
    }

    /** Contiguous floats of one shape, or with a single number: most of what scripts do; null for anything else. */
    private static NdArray alike(BinaryFunction f, NdArray a, NdArray b) {
        if (a.dtype() != DType.FLOAT32 && a.dtype() != DType.FLOAT64 || !a.isContiguous() || !b.isContiguous()) {
            return null;
        }
        boolean single = b.rank() == 0;
        boolean singleLeft = !single && a.rank() == 0;
        if (!single && !singleLeft && !a.hasShapeOf(b)) {
            return null;
        }
        NdArray like = singleLeft ? b : a;
        NdArray out = NdArray.zeros(Allocation.NUMPY, a.dtype(), like.shape());
        into(f, a, singleLeft ? 0 : 1, b, single ? 0 : 1, out);
        return out;
    }

    /** Not to be interrupted: somebody holds the result. */
    private static void changed(BinaryFunction f, NdArray a, int da, NdArray b, int db) {
        if (a.dtype() == DType.FLOAT32) {
            f.line(a.floats(), a.offset(), da, b.floats(), b.offset(), db, a.floats(), a.offset(), a.size());
        } else {
            f.line(a.doubles(), a.offset(), da, b.doubles(), b.offset(), db, a.doubles(), a.offset(), a.size());
        }
    }

    private static void into(BinaryFunction f, NdArray a, int da, NdArray b, int db, NdArray out) {
        if (out.dtype() == DType.FLOAT32) {
            f.whole(a.floats(), a.offset(), da, b.floats(), b.offset(), db, out.floats(), out.offset(), out.size());
        } else {
            f.whole(a.doubles(), a.offset(), da, b.doubles(), b.offset(), db, out.doubles(), out.offset(), out.size());
        }
    }

    /** {@code a OP= b} on the storage of {@code a} where nothing has to be converted or broadcast; false if it was not done. */
    static boolean inPlace(BinaryFunction f, NdArray a, NdArray right) {
        NdArray b = besides(right, a);
        boolean fits = f.hasFloatLines() && a.dtype() == b.dtype() && (a.dtype() == DType.FLOAT32 || a.dtype() == DType.FLOAT64)
                && a.isContiguous() && b.isContiguous() && a.data() != b.data() && (b.rank() == 0 || a.hasShapeOf(b));
        if (fits) {
            changed(f, a, 1, b, b.rank() == 0 ? 0 : 1);
        }
        return fits;
    }

    private static Object storage(DType t, int[] shape) {
        NdArray a = NdArray.zeros(Allocation.NUMPY, t, shape);
        return a.data();
    }

    private static NdArray objects(Machine m, BinaryFunction f, NdArray a, NdArray b, int[] shape, DType compute, DType out) {
        NdArray x = a.astype(compute).broadcastTo(shape);
        NdArray y = b.astype(compute).broadcastTo(shape);
        NdArray result = NdArray.zeros(out, shape);
        for (int i = 0; i < result.size(); i++) {
            Object p = object(x, i);
            Object q = object(y, i);
            Object r;
            if (f.operator != null) {
                r = Semantics.binary(m, f.operator, p, q);
            } else if (f.comparison != null) {
                r = Semantics.compare(m, f.comparison, p, q);
            } else if (f == BinaryFunctions.MAXIMUM || f == BinaryFunctions.MINIMUM) {
                r = Semantics.less(m, p, q) == (f == BinaryFunctions.MAXIMUM) ? q : p;
            } else if (f.kind == BinaryFunction.Kind.LOGIC) {
                r = f.apply(Semantics.truth(m, p) ? 1L : 0, Semantics.truth(m, q) ? 1L : 0) != 0;
            } else {
                throw noLoop(f.name, a.dtype(), b.dtype());
            }
            if (out == DType.BOOL) {
                result.setLong(i, Semantics.truth(m, r) ? 1 : 0);
            } else {
                result.setObject(i, r);
            }
        }
        return result;
    }

    private static Object object(NdArray a, int i) {
        Object v = a.getObject(i);
        return v == null ? None.NONE : v instanceof byte[] bytes ? new BytesValue(bytes) : v;
    }

    static NnError noLoop(String name, DType... types) {
        StringBuilder all = new StringBuilder();
        for (DType t : types) {
            all.append(all.isEmpty() ? "" : ", ").append("dtype('").append(t == DType.OBJECT ? "O" : t == DType.UNICODE ? "<U1" : t.numpyName()).append("')");
        }
        if (types.length == 1) {
            return NnError.type("ufunc '" + name + "' not supported for the input types, and the inputs could not be safely "
                    + "coerced to any supported types according to the casting rule ''safe''");
        }
        return NnError.type("ufunc '" + name + "' did not contain a loop with signature matching types (" + all + ") -> None");
    }

    /** {@code f} of all elements. */
    static NdArray unary(Machine m, UnaryFunction function, NdArray a, DType type) {
        UnaryFunction f = function == UnaryFunctions.INVERT && a.dtype() == DType.BOOL ? UnaryFunctions.LOGICAL_NOT : function;
        DType compute = f.computeType(type != null ? type : a.dtype());
        if (compute == null || f.real() == null && !compute.isInteger()) {
            throw noLoop(f.name(), a.dtype());
        }
        int[] shape = a.shape();
        if (compute == DType.OBJECT) {
            return objects(m, f, a);
        }
        if (compute.isComplex()) {
            return ComplexMath.unary(f, a.astype(compute));
        }
        DType out = f.resultType(compute);
        if (compute == DType.FLOAT32 && out == compute) {
            NdArray x = a.astype(compute).contiguous();
            float[] from = x.floats();
            int p = x.offset();
            float[] result = (float[]) storage(compute, shape);
            StopCheck.loop(result.length, (start, end) -> {
                for (int i = start; i < end; i++) {
                    result[i] = (float) f.real().applyAsDouble(from[p + i]);
                }
            });
            return NdArray.wrap(compute, result, shape);
        }
        if (compute.isFloating()) {
            NdArray x = a.astype(compute).astype(DType.FLOAT64).contiguous();
            double[] from = x.doubles();
            int p = x.offset();
            double[] result = (double[]) storage(DType.FLOAT64, shape);
            StopCheck.loop(result.length, (start, end) -> {
                for (int i = start; i < end; i++) {
                    result[i] = f.real().applyAsDouble(from[p + i]);
                }
            });
            return NdArray.wrap(DType.FLOAT64, result, shape).astype(out);
        }
        NdArray x = a.astype(compute).astype(DType.INT64).contiguous();
        long[] from = x.longs();
        int p = x.offset();
        long[] result = (long[]) storage(DType.INT64, shape);
        StopCheck.loop(result.length, (start, end) -> {
            for (int i = start; i < end; i++) {
                result[i] = f.whole().applyAsLong(from[p + i]);
            }
        });
        return NdArray.wrap(DType.INT64, result, shape).astype(out);
    }

    private static NdArray objects(Machine m, UnaryFunction f, NdArray a) {
        NdArray out = NdArray.zeros(f.test() ? DType.BOOL : DType.OBJECT, a.shape());
        for (int i = 0; i < a.size(); i++) {
            Object v = object(a, i);
            Object r = switch (f.name()) {
                case "negative" -> Semantics.unary(m, UnaryOperator.NEGATIVE, v);
                case "positive" -> v;
                case "square" -> Semantics.binary(m, BinaryOperator.MULTIPLY, v, v);
                case "logical_not" -> !Semantics.truth(m, v);
                default -> {
                    Double x = v instanceof Value || v instanceof String ? null : Semantics.realOrNull(m, v);
                    if (x == null) {
                        throw NnError.type("loop of ufunc does not support argument 0 of type "
                                + Semantics.typeOf(v).name() + " which has no callable " + f.name() + " method");
                    }
                    yield f.test() ? (Object) (f.real().applyAsDouble(x) != 0) : (Object) f.real().applyAsDouble(x);
                }
            };
            if (f.test()) {
                out.setLong(i, Semantics.truth(m, r) ? 1 : 0);
            } else {
                out.setObject(i, r);
            }
        }
        return out;
    }
}
