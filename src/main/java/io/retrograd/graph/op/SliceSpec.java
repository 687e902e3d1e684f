package io.retrograd.graph.op;

import io.retrograd.graph.Operation;
import io.retrograd.tensor.NdArray;
import io.retrograd.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What begin, end, strides and the five masks of a StridedSlice mean for an input of known rank: one entry a
 * dimension, and the shape of the result with shrunk and new dimensions.
 */
final class SliceSpec {
    /** Makes the error in the form that the caller's phase needs. */
    interface Mistake {
        RuntimeException of(String message);
    }

    /** The masks, as the operation's attributes give them. */
    record Masks(long begin, long end, long ellipsis, long newAxis, long shrink) {
        static Masks of(Operation op) {
            return new Masks(
                    op.intAttribute("begin_mask"),
                    op.intAttribute("end_mask"),
                    op.intAttribute("ellipsis_mask"),
                    op.intAttribute("new_axis_mask"),
                    op.intAttribute("shrink_axis_mask"));
        }
    }

    /** First index, distance and number of elements a dimension of the input. */
    final int[] start;
    final int[] step;
    final int[] count;
    /** The result's dimensions: of the sliced input, or 1 for a new axis. */
    int[] shape;

    private SliceSpec(int rank) {
        start = new int[rank];
        step = new int[rank];
        count = new int[rank];
    }

    /**
     * @param begin null where it is not known while the graph is built, as may be {@code end} and {@code strides}
     * @param entries how many entries the three vectors have
     * @param dims the input's dimensions, some possibly unknown
     */
    static SliceSpec of(NdArray begin, NdArray end, NdArray strides, int entries, int[] dims, Masks m, Mistake mistake) {
        boolean ellipsis = m.ellipsis != 0;
        int news = 0;
        boolean seen = false;
        for (int i = 0; i < entries; i++) {
            if (has(m.ellipsis, i)) {
                seen = true;
            } else if (seen && has(m.newAxis, i)) {
                news++;
            }
        }
        int rank = dims.length;
        SliceSpec spec = new SliceSpec(rank);
        List<Integer> result = new ArrayList<>();
        int d = 0;
        int n = ellipsis ? entries : entries + 1;
        int implicit = ellipsis ? Long.numberOfTrailingZeros(m.ellipsis) : entries;
        for (int i = 0; i < n; i++) {
            if (i == implicit) {
                int after = Math.max(0, ellipsis ? entries - i - 1 : 0);
                int next = Math.min(rank - after + news, rank);
                for (; d < next; d++) {
                    spec.start[d] = 0;
                    spec.step[d] = 1;
                    spec.count[d] = dims[d];
                    result.add(dims[d]);
                }
            } else if (has(m.newAxis, i)) {
                result.add(1);
            } else {
                if (d >= rank) {
                    throw mistake.of("Index out of range using input dim " + d + "; input has only " + rank + " dims");
                }
                spec.dimension(d, i, begin, end, strides, dims[d], m, result, mistake);
                d++;
            }
        }
        spec.shape = result.stream().mapToInt(Integer::intValue).toArray();
        return spec;
    }

    private static boolean has(long mask, int i) {
        return (mask & 1L << i) != 0;
    }

    private void dimension(
            int d, int i, NdArray begin, NdArray end, NdArray strides, int size, Masks m, List<Integer> result, Mistake mistake) {
        boolean shrink = has(m.shrink, i);
        long by = strides == null ? 1 : strides.getLong(i);
        if (by == 0) {
            throw mistake.of("strides[" + i + "] must be non-zero");
        }
        if (shrink) {
            if (by < 0) {
                throw mistake.of("only stride 1 allowed on non-range indexing.");
            }
            step[d] = 1;
            count[d] = 1;
            if (begin != null && size != Shape.UNKNOWN) {
                long at = begin.getLong(i);
                long from = at < 0 ? at + size : at;
                if (from < 0 || from >= size) {
                    throw mistake.of("slice index " + from + " of dimension " + d + " out of bounds.");
                }
                start[d] = (int) from;
            }
            return;
        }
        step[d] = (int) by;
        boolean known = begin != null && end != null || has(m.begin, i) && has(m.end, i);
        if (!known || size == Shape.UNKNOWN) {
            count[d] = Shape.UNKNOWN;
            result.add(count[d]);
            return;
        }
        long least = by > 0 ? 0 : -1;
        long most = by > 0 ? size : size - 1;
        long from = has(m.begin, i) ? (by > 0 ? least : most) : clamp(begin.getLong(i), size, least, most);
        long to = has(m.end, i) ? (by > 0 ? most : least) : clamp(end.getLong(i), size, least, most);
        long length = to - from;
        long elements = length == 0 || length < 0 != by < 0 ? 0 : length / by + (length % by != 0 ? 1 : 0);
        start[d] = (int) from;
        count[d] = (int) elements;
        result.add(count[d]);
    }

    private static long clamp(long i, long size, long least, long most) {
        long at = i < 0 ? i + size : i;
        return Math.max(least, Math.min(most, at));
    }

    /** The part of an array that this means, in the array's own rank; a view. */
    NdArray view(NdArray whole) {
        NdArray part = whole;
        for (int i = 0; i < start.length; i++) {
            part = part.slice(i, start[i], count[i], step[i]);
        }
        return part;
    }
}
