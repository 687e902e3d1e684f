package io.retrograd.testing;

import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.List;
import java.util.Map;

/** Tensors as the oracle files write them: {@code {"dtype": …, "shape": […], "values": […]}}. */
public final class Tensors {
    private Tensors() {}

    public static NdArray of(Map<String, Object> record) {
        DType dtype = DType.ofTfName((String) record.get("dtype")).orElseThrow();
        List<?> values = (List<?>) record.get("values");
        int[] shape = ((List<?>) record.get("shape")).stream().mapToInt(d -> ((Number) d).intValue()).toArray();
        NdArray a = NdArray.zeros(dtype, shape);
        for (int i = 0; i < values.size(); i++) {
            Object v = values.get(i);
            if (v instanceof Boolean b) {
                a.setLong(i, b ? 1 : 0);
            } else if (v instanceof String s) {
                a.setDouble(i, Double.parseDouble(s));
            } else if (dtype.isFloating()) {
                a.setDouble(i, ((Number) v).doubleValue());
            } else {
                a.setLong(i, ((Number) v).longValue());
            }
        }
        return a;
    }

    /** How two tensors differ, in words; empty if they agree: |a - b| ≤ absolute + relative |b|, others exactly. */
    public static String difference(NdArray actual, NdArray expected, double absolute, double relative) {
        if (actual.dtype() != expected.dtype()) {
            return "dtype " + actual.dtype() + ", expected " + expected.dtype();
        }
        if (!actual.staticShape().equals(expected.staticShape())) {
            return "shape " + actual.staticShape() + ", expected " + expected.staticShape();
        }
        for (int i = 0; i < expected.size(); i++) {
            double a = actual.getDouble(i);
            double e = expected.getDouble(i);
            boolean same = a == e || Double.isNaN(a) && Double.isNaN(e);
            if (!same && !(Double.isFinite(e) && Math.abs(a - e) <= absolute + relative * Math.abs(e))) {
                return "element " + i + " is " + a + ", expected " + e;
            }
        }
        return "";
    }
}
