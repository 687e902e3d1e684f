package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import io.retrograd.tensor.Shape;

/** {@code tf.Dimension}: a size that may be unknown. Arithmetic with an unknown one is unknown. */
public record DimensionValue(int size) implements Value {
    static final TypeValue TYPE = new TypeValue(
            "tensorflow.python.framework.tensor_shape",
            "Dimension",
            CoreTypes.OBJECT,
            DimensionValueTable.TABLE,
            (m, a, keywords) -> new DimensionValue(a[0] == None.NONE ? Shape.UNKNOWN : (int) Semantics.index(m, a[0])));

    private boolean isKnown() {
        return size != Shape.UNKNOWN;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** The size as an int for {@code __index__} and {@code int()}; None where unknown. */
    Object asNumber() {
        return isKnown() ? (Object) (long) size : None.NONE;
    }

    @Override
    public Object binary(Machine m, BinaryOperator operator, Object right) {
        return combine(m, operator, this, right, right);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator operator, Object left) {
        return combine(m, operator, left, this, left);
    }

    private Object combine(Machine m, BinaryOperator operator, Object left, Object right, Object other) {
        if (!(other instanceof Long || other instanceof DimensionValue || other == None.NONE)) {
            return NotImplementedValue.NOT_IMPLEMENTED;
        }
        Object a = left instanceof DimensionValue d ? d.asNumber() : left;
        Object b = right instanceof DimensionValue d ? d.asNumber() : right;
        if (a == None.NONE || b == None.NONE) {
            return new DimensionValue(Shape.UNKNOWN);
        }
        Object result = Semantics.binary(m, operator, a, b);
        return result instanceof Long n && n >= 0 ? new DimensionValue((int) (long) n) : result;
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        Object b = other instanceof DimensionValue d ? d.asNumber() : other;
        if (!isKnown() || b == None.NONE) {
            return None.NONE;
        }
        return Semantics.compare(m, operator, (long) size, b);
    }

    @Override
    public long hash(Machine m) {
        return Semantics.hash(m, asNumber());
    }

    @Override
    public String str(Machine m) {
        return isKnown() ? String.valueOf(size) : "?";
    }

    @Override
    public String repr(Machine m) {
        return "Dimension(" + (isKnown() ? size : "None") + ")";
    }

    @Builtin(value = "value", property = true, doc = "The size as an int; None if unknown.")
    static Object value(Machine m, DimensionValue self) {
        return self.asNumber();
    }

    @Builtin(value = "__int__", method = true, doc = "The size as an int.")
    static Object toInt(Machine m, DimensionValue self) {
        return self.asNumber();
    }

    @Builtin(value = "__index__", method = true, doc = "The size as an int.")
    static Object toIndex(Machine m, DimensionValue self) {
        return self.asNumber();
    }

    @Builtin(value = "is_compatible_with", signature = "other", method = true, doc = "Whether both can be the same size.")
    static boolean isCompatibleWith(Machine m, DimensionValue self, Object other) {
        int o = ShapeValue.convert(m, ListValue.of(other)).dim(0);
        return self.size == Shape.UNKNOWN || o == Shape.UNKNOWN || self.size == o;
    }

    @Builtin(value = "assert_is_compatible_with", signature = "other", method = true, doc = "An error unless both can be the same size.")
    static void assertIsCompatibleWith(Machine m, DimensionValue self, Object other) {
        if (!isCompatibleWith(m, self, other)) {
            throw NnError.value("Dimensions " + self.str(m) + " and " + Semantics.str(m, other) + " are not compatible");
        }
    }

    @Builtin(value = "merge_with", signature = "other", method = true, doc = "The size that is both.")
    static Object mergeWith(Machine m, DimensionValue self, Object other) {
        assertIsCompatibleWith(m, self, other);
        int o = ShapeValue.convert(m, ListValue.of(other)).dim(0);
        return new DimensionValue(self.size == Shape.UNKNOWN ? o : self.size);
    }
}
