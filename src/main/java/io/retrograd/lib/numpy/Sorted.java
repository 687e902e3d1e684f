package io.retrograd.lib.numpy;

import io.retrograd.error.StopCheck;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * Sorting along an axis. NaN comes last. The order of equal elements under argsort is numpy's, whose quicksort is not
 * stable: the same pivots and the same insertion sort for short runs.
 */
final class Sorted {
    /** numpy's quicksort leaves runs of at most so many elements to insertion sort. */
    private static final int SHORT_RUN = 16;

    private Sorted() {}

    /** A sorted copy. */
    static NdArray sort(Machine m, NdArray a, int axis) {
        NdArray out = a.copy();
        int n = out.dim(axis);
        NdArray starts = out.size() == 0 ? out : out.slice(axis, 0, 1, 1);
        int step = out.stride(axis);
        for (int s = 0; s < starts.size(); s++) {
            if ((s & 255) == 0) {
                StopCheck.ask();
            }
            int p = starts.position(s);
            NdArray line = NdArray.strided(out.dtype(), out.data(), new int[] {n}, new int[] {step}, p);
            line.assign(sortedLine(m, line));
        }
        return out;
    }

    private static NdArray sortedLine(Machine m, NdArray line) {
        DType t = line.dtype();
        NdArray flat = line.copy();
        if (t == DType.FLOAT64) {
            LongSort.sort(flat.doubles());
        } else if (t == DType.FLOAT32 || t == DType.FLOAT16) {
            LongSort.sort(flat.floats());
        } else if (t.isInteger() && !t.isUnsigned()) {
            return NdArray.of(sorted(flat.toLongs())).astype(t);
        } else if (t == DType.UINT8 || t == DType.UINT16 || t == DType.UINT32 || t == DType.BOOL) {
            return NdArray.of(sorted(flat.toLongs())).astype(t);
        } else if (t == DType.UNICODE) {
            Arrays.sort(flat.objects(), (x, y) -> ((String) x).compareTo((String) y));
        } else {
            int[] order = order(m, flat, true);
            NdArray out = NdArray.zeros(t, order.length);
            for (int i = 0; i < order.length; i++) {
                ArrayMaker.put(m, out, i, ScalarValue.of(flat, order[i]));
            }
            return out;
        }
        return flat;
    }

    private static long[] sorted(long[] a) {
        LongSort.sort(a);
        return a;
    }

    /** The places of the elements in sorted order, along an axis. */
    static NdArray argsort(Machine m, NdArray a, int axis, boolean stable) {
        int n = a.dim(axis);
        NdArray out = NdArray.zeros(DType.INT64, a.shape());
        NdArray from = a.size() == 0 ? a : a.slice(axis, 0, 1, 1);
        NdArray to = a.size() == 0 ? out : out.slice(axis, 0, 1, 1);
        for (int s = 0; s < from.size(); s++) {
            if ((s & 255) == 0) {
                StopCheck.ask();
            }
            NdArray line = NdArray.strided(a.dtype(), a.data(), new int[] {n}, new int[] {a.stride(axis)}, from.position(s));
            int[] order = order(m, line, stable);
            int p = to.position(s);
            for (int i = 0; i < n; i++) {
                out.longs()[p + i * out.stride(axis)] = order[i];
            }
        }
        return out;
    }

    /** The places of the elements of a line in sorted order. */
    static int[] order(Machine m, NdArray line, boolean stable) {
        int n = line.size();
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        IntBinaryOperator compare = n > StopCheck.INTERVAL ? asking(comparison(m, line)) : comparison(m, line);
        if (stable) {
            mergeSort(order, compare);
        } else {
            quickSort(order, compare);
        }
        return order;
    }

    /** The same comparison, which from time to time asks whether the order is still wanted. */
    private static IntBinaryOperator asking(IntBinaryOperator compare) {
        int[] left = {StopCheck.INTERVAL};
        return (i, j) -> {
            if (--left[0] == 0) {
                left[0] = StopCheck.INTERVAL;
                StopCheck.ask();
            }
            return compare.applyAsInt(i, j);
        };
    }

    private static IntBinaryOperator comparison(Machine m, NdArray line) {
        DType t = line.dtype();
        if (t.isFloating()) {
            double[] v = line.toDoubles();
            // Unlike Double.compare, -0.0 and 0.0 are equal; NaN still comes last.
            return (i, j) -> v[i] < v[j] ? -1 : v[i] > v[j] ? 1 : v[i] == v[j] ? 0 : Double.compare(v[i], v[j]);
        }
        if (t.isInteger() || t == DType.BOOL) {
            long[] v = line.toLongs();
            return t == DType.UINT64 ? (i, j) -> Long.compareUnsigned(v[i], v[j]) : (i, j) -> Long.compare(v[i], v[j]);
        }
        if (t.isComplex()) {
            return (i, j) -> {
                int c = Double.compare(line.getDouble(i), line.getDouble(j));
                return c != 0 ? c : Double.compare(line.getImaginary(i), line.getImaginary(j));
            };
        }
        Object[] v = Selection.scalars(line);
        return (i, j) -> Semantics.less(m, v[i], v[j]) ? -1 : Semantics.less(m, v[j], v[i]) ? 1 : 0;
    }

    private static void mergeSort(int[] order, IntBinaryOperator compare) {
        Integer[] boxed = new Integer[order.length];
        Arrays.setAll(boxed, i -> order[i]);
        Arrays.sort(boxed, compare::applyAsInt);
        for (int i = 0; i < order.length; i++) {
            order[i] = boxed[i];
        }
    }

    /** Median of three, larger part pushed, insertion sort for short runs: the steps of numpy's aquicksort. */
    private static void quickSort(int[] t, IntBinaryOperator compare) {
        int[] stack = new int[128];
        int top = 0;
        int left = 0;
        int right = t.length - 1;
        while (true) {
            while (right - left > SHORT_RUN - 1) {
                int middle = left + (right - left >> 1);
                if (compare.applyAsInt(t[middle], t[left]) < 0) {
                    swap(t, middle, left);
                }
                if (compare.applyAsInt(t[right], t[middle]) < 0) {
                    swap(t, right, middle);
                }
                if (compare.applyAsInt(t[middle], t[left]) < 0) {
                    swap(t, middle, left);
                }
                int pivot = t[middle];
                int i = left;
                int j = right - 1;
                swap(t, middle, j);
                while (true) {
                    do {
                        i++;
                    } while (compare.applyAsInt(t[i], pivot) < 0);
                    do {
                        j--;
                    } while (compare.applyAsInt(pivot, t[j]) < 0);
                    if (i >= j) {
                        break;
                    }
                    swap(t, i, j);
                }
                swap(t, i, right - 1);
                if (i - left < right - i) {
                    stack[top++] = i + 1;
                    stack[top++] = right;
                    right = i - 1;
                } else {
                    stack[top++] = left;
                    stack[top++] = i - 1;
                    left = i + 1;
                }
            }
            for (int i = left + 1; i <= right; i++) {
                int v = t[i];
                int j = i;
                while (j > left && compare.applyAsInt(v, t[j - 1]) < 0) {
                    t[j] = t[j - 1];
                    j--;
                }
                t[j] = v;
            }
            if (top == 0) {
                return;
            }
            right = stack[--top];
            left = stack[--top];
        }
    }

    private static void swap(int[] t, int i, int j) {
        int v = t[i];
        t[i] = t[j];
        t[j] = v;
    }
}
