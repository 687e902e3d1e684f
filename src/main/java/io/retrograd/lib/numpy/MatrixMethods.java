package io.retrograd.lib.numpy;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;

/** What a matrix has beside what arrays have. */
final class MatrixMethods {
    private MatrixMethods() {}

    @Builtin(value = "__new__", signature = "data, dtype=None, copy=True", doc = "A matrix from nested lists or from text such as '1 2; 3 4'.")
    static Object make(Machine m, Object data, Object dtype, Object copy) {
        if (data instanceof String text) {
            String[] rows = text.replace("[", "").replace("]", "").split(";");
            int width = rows[0].strip().split("[\\s,]+").length;
            boolean whole = !text.contains(".") && !text.contains("e");
            NdArray a = NdArray.zeros(DType.FLOAT64, rows.length, width);
            for (int i = 0; i < rows.length; i++) {
                String[] cells = rows[i].strip().split("[\\s,]+");
                if (cells.length != width) {
                    throw NnError.value("Rows not the same size.");
                }
                for (int j = 0; j < width; j++) {
                    ArrayMaker.put(m, a, i * width + j, cells[j]);
                }
            }
            return new MatrixValue(whole ? a.astype(DType.INT64) : a);
        }
        return new MatrixValue(ArrayMaker.make(m, data, ElementType.orNull(m, dtype)).copy());
    }

    @Builtin(value = "I", property = true, doc = "The inverse matrix.")
    static Object inverse(Machine m, MatrixValue self) {
        return new MatrixValue(Decompositions.inverse(self.array()));
    }

    @Builtin(value = "A", property = true, doc = "The matrix as an array.")
    static Object asArray(Machine m, MatrixValue self) {
        return new ArrayValue(self.array());
    }

    @Builtin(value = "A1", property = true, doc = "The matrix as an array of one dimension.")
    static Object flat(Machine m, MatrixValue self) {
        return new ArrayValue(self.array().reshape(self.array().size()));
    }

    @Builtin(value = {"H", "getH"}, property = true, doc = "The conjugate transpose.")
    static Object hermitian(Machine m, MatrixValue self) {
        return new MatrixValue(Elementwise.unary(m, UnaryFunctions.CONJUGATE, self.array().transpose(), null));
    }

    private static Object reduced(Machine m, String name, MatrixValue self, Object axis) {
        Object function = NumpyModule.of(m).exact(m, name);
        if (axis == None.NONE) {
            return Semantics.call(m, function, new ArrayValue(self.array()));
        }
        Object r = Semantics.call(
                m, function, new Object[] {new ArrayValue(self.array()), axis}, Semantics.NO_KEYWORDS);
        NdArray a = ArrayMaker.from(m, r);
        return new MatrixValue(Axes.normal(Semantics.index(m, axis), 2) == 0
                ? a.reshape(1, a.size()) : a.reshape(a.size(), 1));
    }

    @Builtin(value = "sum", signature = "axis=None, dtype=None, out=None", method = true, doc = "The sum of the elements.")
    static Object sum(Machine m, MatrixValue self, Object axis, Object dtype, Object out) {
        return reduced(m, "sum", self, axis);
    }

    @Builtin(value = "mean", signature = "axis=None, dtype=None, out=None", method = true, doc = "The mean of the elements.")
    static Object mean(Machine m, MatrixValue self, Object axis, Object dtype, Object out) {
        return reduced(m, "mean", self, axis);
    }

    @Builtin(value = "max", signature = "axis=None, out=None", method = true, doc = "The largest element.")
    static Object max(Machine m, MatrixValue self, Object axis, Object out) {
        return reduced(m, "max", self, axis);
    }

    @Builtin(value = "min", signature = "axis=None, out=None", method = true, doc = "The smallest element.")
    static Object min(Machine m, MatrixValue self, Object axis, Object out) {
        return reduced(m, "min", self, axis);
    }

    @Builtin(value = "argmax", signature = "axis=None, out=None", method = true, doc = "The place of the largest element.")
    static Object argmax(Machine m, MatrixValue self, Object axis, Object out) {
        return reduced(m, "argmax", self, axis);
    }
}
