package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;

/** numpy 1's rules for the common type of operands: among arrays by type, of scalars beside arrays by value. */
final class Casting {
    private Casting() {}

    /** The order of kinds that decides whether a scalar's type counts: truth values, integers, real and complex numbers, others. */
    private static int rank(DType t) {
        return switch (t.kind()) {
            case 'b' -> 0;
            case 'i', 'u' -> 1;
            case 'f', 'c' -> 2;
            default -> 3;
        };
    }

    static DType resultType(NdArray... operands) {
        if (operands.length == 0) {
            throw NnError.value("at least one array or dtype is required");
        }
        int arrayRank = -1;
        int scalarRank = -1;
        for (NdArray a : operands) {
            if (a.rank() > 0) {
                arrayRank = Math.max(arrayRank, rank(a.dtype()));
            } else {
                scalarRank = Math.max(scalarRank, rank(a.dtype()));
            }
        }
        boolean byValue = arrayRank >= 0 && scalarRank >= 0 && arrayRank >= scalarRank;
        DType common = null;
        for (NdArray a : operands) {
            if (!byValue || a.rank() > 0) {
                common = common == null ? a.dtype() : DType.promote(common, a.dtype());
            }
        }
        if (byValue) {
            for (NdArray a : operands) {
                if (a.rank() == 0) {
                    common = DType.promote(common, smallest(a, common));
                }
            }
        }
        return common;
    }

    /** The smallest type that holds a scalar's value; a small positive number counts as signed beside signed types. */
    private static DType smallest(NdArray scalar, DType beside) {
        DType t = scalar.dtype();
        if (t.isInteger()) {
            long v = scalar.getLong(0);
            if (t == DType.UINT64 && v < 0) {
                return t;
            }
            boolean signed = v < 0 || beside.kind() == 'i';
            if (signed && v >= Byte.MIN_VALUE && v <= Byte.MAX_VALUE) {
                return DType.INT8;
            }
            if (v >= 0 && v <= 0xff) {
                return DType.UINT8;
            }
            if (signed && v >= Short.MIN_VALUE && v <= Short.MAX_VALUE) {
                return DType.INT16;
            }
            if (v >= 0 && v <= 0xffff) {
                return DType.UINT16;
            }
            if (signed && v == (int) v) {
                return DType.INT32;
            }
            if (v >= 0 && v <= 0xffffffffL) {
                return DType.UINT32;
            }
            return signed ? DType.INT64 : DType.UINT64;
        }
        if (t.isFloating()) {
            double v = Math.abs(scalar.getDouble(0));
            return v < 65000 || !Double.isFinite(v) ? DType.FLOAT16 : v < 3.4e38 && t != DType.FLOAT16 ? DType.FLOAT32 : t;
        }
        if (t.isComplex()) {
            double v = Math.max(Math.abs(scalar.getDouble(0)), Math.abs(scalar.getImaginary(0)));
            return v < 3.4e38 || !Double.isFinite(v) ? DType.COMPLEX64 : t;
        }
        return t;
    }

    /** numpy's 'same_kind': no way down from complex to real, real to whole, whole to truth. */
    static boolean sameKind(DType from, DType to) {
        if (from == to || to == DType.OBJECT) {
            return true;
        }
        if (from.isReference() || to.isReference()) {
            return from.kind() == to.kind();
        }
        int f = order(from);
        int t = order(to);
        return f <= t;
    }

    private static int order(DType t) {
        return switch (t.kind()) {
            case 'b' -> 0;
            case 'u' -> 1;
            case 'i' -> 2;
            case 'f' -> 3;
            default -> 4;
        };
    }

    static NnError cannotCast(String ufunc, DType from, DType to) {
        return NnError.type("Cannot cast ufunc '" + ufunc + "' output from dtype('" + from.numpyName()
                + "') to dtype('" + to.numpyName() + "') with casting rule 'same_kind'");
    }

    /** The shape that operands broadcast to; ValueError, in numpy's words, if they do not. */
    static int[] broadcast(NdArray... operands) {
        int rank = 0;
        for (NdArray a : operands) {
            rank = Math.max(rank, a.rank());
        }
        int[] shape = new int[rank];
        Arrays.fill(shape, 1);
        for (NdArray a : operands) {
            int lead = rank - a.rank();
            for (int i = 0; i < a.rank(); i++) {
                int d = a.dim(i);
                if (shape[lead + i] == 1) {
                    shape[lead + i] = d;
                } else if (d != 1 && d != shape[lead + i]) {
                    StringBuilder all = new StringBuilder();
                    for (NdArray b : operands) {
                        all.append(NdArray.tuple(b.shape())).append(' ');
                    }
                    throw NnError.value("operands could not be broadcast together with shapes " + all);
                }
            }
        }
        return shape;
    }
}
