package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.math.BigInteger;

/** A class that objects belong to by what they can do: those of {@code collections.abc} and {@code numbers}. */
final class AbstractType extends TypeValue {
    static final AbstractType ITERABLE = new AbstractType("collections.abc", "Iterable",
            (m, o) -> o instanceof String || isIterable(m, o));
    static final AbstractType MAPPING = new AbstractType("collections.abc", "Mapping", (m, o) -> o instanceof DictValue);
    static final AbstractType SEQUENCE = new AbstractType("collections.abc", "Sequence", (m, o) ->
            o instanceof String || o instanceof ListValue || o instanceof TupleValue || o instanceof RangeValue || o instanceof BytesValue);
    static final AbstractType CALLABLE = new AbstractType("collections.abc", "Callable", (m, o) -> Semantics.isCallable(o));

    /** Whether an object belongs to the class. */
    private interface Test {
        boolean of(Machine m, Object o);
    }

    private final Test test;

    private AbstractType(String module, String name, Test test) {
        super(module, name, CoreTypes.OBJECT, null, null);
        this.test = test;
    }

    private static boolean isIterable(Machine m, Object o) {
        if (!(o instanceof Value v)) {
            return false;
        }
        if (v.type().lookup("__iter__") != null || v instanceof ListValue || v instanceof TupleValue || v instanceof DictValue
                || v instanceof SetValue || v instanceof RangeValue || v instanceof BytesValue) {
            return true;
        }
        try {
            v.iterate(m);
            return true;
        } catch (NnError e) {
            return false;
        }
    }

    @Override
    public boolean hasInstance(Machine m, Object o) {
        return test.of(m, o) || super.hasInstance(m, o);
    }

    private static boolean isInt(Object o) {
        return o instanceof Long || o instanceof BigInteger || o instanceof Boolean;
    }

    static ModuleValue collections(Machine m) {
        return new ModuleValue("collections.abc")
                .with("Iterable", ITERABLE).with("Mapping", MAPPING).with("MutableMapping", MAPPING)
                .with("Sequence", SEQUENCE).with("Callable", CALLABLE)
                .with("MutableSequence", new AbstractType("collections.abc", "MutableSequence", (machine, o) -> o instanceof ListValue))
                .with("Set", new AbstractType("collections.abc", "Set", (machine, o) -> o instanceof SetValue))
                .with("Iterator", new AbstractType("collections.abc", "Iterator", (machine, o) ->
                        o instanceof Value v && v.attribute(machine, "__next__") != null))
                .with("Generator", new AbstractType("collections.abc", "Generator", (machine, o) ->
                        Semantics.typeOf(o).name().equals("generator")))
                .with("Sized", new AbstractType("collections.abc", "Sized", (machine, o) ->
                        o instanceof String || SEQUENCE.hasInstance(machine, o) || o instanceof DictValue || o instanceof SetValue))
                .with("Hashable", new AbstractType("collections.abc", "Hashable", (machine, o) ->
                        !(o instanceof ListValue) && !(o instanceof DictValue) && Semantics.typeOf(o) != SetValue.TYPE))
                .with("Container", ITERABLE).with("Collection", ITERABLE);
    }

    static ModuleValue numbers(Machine m) {
        return new ModuleValue("numbers")
                .with("Number", new AbstractType("numbers", "Number", (machine, o) ->
                        isInt(o) || o instanceof Double || o instanceof ComplexValue || realOf(machine, o)))
                .with("Complex", new AbstractType("numbers", "Complex", (machine, o) ->
                        isInt(o) || o instanceof Double || o instanceof ComplexValue || realOf(machine, o)))
                .with("Real", new AbstractType("numbers", "Real", (machine, o) -> isInt(o) || o instanceof Double || realOf(machine, o)))
                .with("Integral", new AbstractType("numbers", "Integral", (machine, o) ->
                        isInt(o) || o instanceof Value v && numpyScalar(v) && v.asIndex(machine) != null));
    }

    private static boolean numpyScalar(Value v) {
        return v.type().module().equals("numpy") && !v.type().name().equals("ndarray");
    }

    private static boolean realOf(Machine m, Object o) {
        return o instanceof Value v && numpyScalar(v);
    }
}
