package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Python numbers, strings and nested lists as arrays, by the rules of TensorFlow's {@code make_tensor_proto}:
 * ints are int32 where they fit, floats float32, numbers are checked against a type that is asked for.
 */
public final class PythonArrays {
    private final Machine machine;
    private final List<Object> elements = new ArrayList<>();
    private final List<Integer> shape = new ArrayList<>();

    private PythonArrays(Machine machine) {
        this.machine = machine;
    }

    /**
     * @param wanted the type, or null to find it from the elements
     * @throws NnError TypeError for elements that do not have that type, ValueError for ragged lists
     */
    public static NdArray convert(Machine m, Object value, DType wanted) {
        if (value == None.NONE) {
            throw NnError.value("None values not supported.");
        }
        if (value instanceof ArrayLike a) {
            NdArray array = ArrayOperand.toTensorArray(a.array());
            return wanted == null ? array : array.astype(wanted);
        }
        PythonArrays reader = new PythonArrays(m);
        reader.measure(value);
        reader.flatten(value, 0, value);
        return reader.build(value, wanted);
    }

    private static boolean isSequence(Object v) {
        return v instanceof ListValue || v instanceof TupleValue || v instanceof RangeValue;
    }

    /** The shape, by going down the first elements. */
    private void measure(Object value) {
        Object v = value;
        while (true) {
            if (v instanceof ArrayLike a) {
                for (int d : a.array().shape()) {
                    shape.add(d);
                }
                return;
            }
            if (!isSequence(v)) {
                return;
            }
            int n = Semantics.length(machine, v);
            shape.add(n);
            if (n == 0) {
                return;
            }
            v = Semantics.iterate(machine, v).next(machine);
        }
    }

    private void flatten(Object v, int depth, Object whole) {
        if (v instanceof ArrayLike a) {
            NdArray array = a.array();
            expect(depth + array.rank() == shape.size(), whole);
            for (int i = 0; i < array.rank(); i++) {
                expect(array.dim(i) == shape.get(depth + i), whole);
            }
            for (int i = 0; i < array.size(); i++) {
                elements.add(switch (array.dtype().kind()) {
                    case 'f' -> (Object) array.getDouble(i);
                    case 'b' -> (Object) array.getBoolean(i);
                    case 'i', 'u' -> (Object) array.getLong(i);
                    default -> array.getObject(i);
                });
            }
            return;
        }
        if (!isSequence(v)) {
            expect(depth == shape.size(), whole);
            elements.add(v instanceof DimensionValue d ? d.asNumber() : v);
            return;
        }
        expect(depth < shape.size() && Semantics.length(machine, v) == shape.get(depth), whole);
        Iteration all = Semantics.iterate(machine, v);
        for (Object x = all.next(machine); x != null; x = all.next(machine)) {
            machine.step();
            flatten(x, depth + 1, whole);
        }
    }

    private void expect(boolean regular, Object whole) {
        if (!regular) {
            throw NnError.value("Argument must be a dense tensor: " + Semantics.repr(machine, whole)
                            + " - got shape " + shape.subList(0, Math.min(1, shape.size())) + ", but wanted " + shape + ".")
                    .help("every row of a list needs the same length");
        }
    }

    private NdArray build(Object whole, DType wanted) {
        DType type = wanted != null ? wanted : infer(whole);
        int[] dims = shape.stream().mapToInt(Integer::intValue).toArray();
        if (type == DType.STRING) {
            Object[] bytes = new Object[elements.size()];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = bytesOf(elements.get(i));
            }
            return NdArray.wrap(DType.STRING, bytes, dims);
        }
        NdArray array = NdArray.zeros(type, dims);
        for (int i = 0; i < elements.size(); i++) {
            set(array, i, elements.get(i), type);
        }
        return array;
    }

    private Object bytesOf(Object x) {
        if (x instanceof String s) {
            return s.getBytes(StandardCharsets.UTF_8);
        }
        if (x instanceof BytesValue b) {
            return b.bytes();
        }
        if (x instanceof byte[] b) {
            return b;
        }
        throw mismatch(DType.STRING, x);
    }

    private void set(NdArray array, int i, Object x, DType type) {
        if (type == DType.BOOL) {
            if (!(x instanceof Boolean b)) {
                throw mismatch(type, x);
            }
            array.booleans()[i] = b;
        } else if (type.isInteger()) {
            if (x instanceof Boolean b) {
                array.setLong(i, b ? 1 : 0);
            } else if (x instanceof Long n) {
                array.setLong(i, n);
            } else {
                throw mismatch(type, x);
            }
        } else if (x instanceof ComplexValue c && type.isComplex()) {
            array.setComplex(i, c.re(), c.im());
        } else if (x instanceof Number n) {
            array.setDouble(i, n.doubleValue());
        } else if (x instanceof Boolean b) {
            array.setDouble(i, b ? 1 : 0);
        } else {
            throw mismatch(type, x);
        }
    }

    private NnError mismatch(DType type, Object x) {
        if (x == None.NONE) {
            return NnError.type("Expected " + type.tfName() + ", got None of type 'NoneType' instead.");
        }
        String shown = x instanceof byte[] b ? new String(b, StandardCharsets.UTF_8) : Semantics.repr(machine, x);
        return NnError.type("Expected " + type.tfName() + ", got " + shown + " of type '" + Semantics.typeOf(x).name()
                + "' instead.");
    }

    private DType infer(Object whole) {
        boolean floats = false;
        boolean ints = false;
        boolean strings = false;
        boolean bools = false;
        boolean wide = false;
        boolean complex = false;
        for (Object x : elements) {
            if (x instanceof Double) {
                floats = true;
            } else if (x instanceof Long n) {
                ints = true;
                wide |= n != (int) (long) n;
            } else if (x instanceof ComplexValue) {
                complex = true;
            } else if (x instanceof Boolean) {
                bools = true;
            } else if (x instanceof String || x instanceof BytesValue || x instanceof byte[]) {
                strings = true;
            } else {
                throw unsupported(whole);
            }
        }
        if (strings) {
            if (floats || ints || bools || complex) {
                throw unsupported(whole);
            }
            return DType.STRING;
        }
        if (complex) {
            return DType.COMPLEX128;
        }
        if (floats || elements.isEmpty()) {
            return DType.FLOAT32;
        }
        return ints ? (wide ? DType.INT64 : DType.INT32) : DType.BOOL;
    }

    private NnError unsupported(Object whole) {
        return NnError.type("Failed to convert object of type <class '" + Semantics.typeOf(whole).qualifiedName()
                + "'> to Tensor. Contents: " + Semantics.repr(machine, whole)
                + ". Consider casting elements to a supported type.");
    }
}
