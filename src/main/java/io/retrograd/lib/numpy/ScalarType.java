package io.retrograd.lib.numpy;

import io.retrograd.lang.builtin.BuiltinTable;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.tensor.DType;
import io.retrograd.tensor.NdArray;
import java.util.ArrayList;
import java.util.List;

/**
 * A class of numpy's scalars: {@code np.float32}, or an abstract one such as {@code np.integer}. Called, a concrete
 * one converts numbers and arrays; given as a dtype, it means its element type.
 */
final class ScalarType extends TypeValue {
    private final DType dtype;
    private final TypeValue python;

    /**
     * @param dtype null for abstract classes
     * @param python the Python class that it also derives from, or null
     */
    ScalarType(String name, TypeValue base, DType dtype, TypeValue python, BuiltinTable methods) {
        super("numpy", name, base, methods, null);
        this.dtype = dtype;
        this.python = python;
    }

    /** The element type; null for abstract classes. */
    DType dtype() {
        return dtype;
    }

    @Override
    public boolean isSubclassOf(TypeValue other) {
        return super.isSubclassOf(other) || python != null && python.isSubclassOf(other);
    }

    @Override
    public List<TypeValue> resolutionOrder() {
        List<TypeValue> order = new ArrayList<>(super.resolutionOrder());
        if (python != null) {
            order.add(order.size() - 1, python);
        }
        return order;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        return attribute.equals("dtype") && dtype != null ? new ElementType(dtype) : super.attribute(m, attribute);
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        if (dtype == null || arguments.length > 1 || keywords.length > 0 || python == CoreTypes.STR) {
            return dtype == DType.UNICODE && arguments.length == 1
                    ? Semantics.str(m, arguments[0]) : super.call(m, arguments, keywords);
        }
        NdArray a = arguments.length == 0 ? NdArray.zeros(dtype) : ArrayMaker.make(m, arguments[0], dtype);
        return ArrayValue.orScalar(a);
    }
}
