package io.retrograd.lib.python;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Encodings;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.ByteStream;
import io.retrograd.lib.python.io.TextStream;

/** The module {@code six}, which scripts for both Pythons use. */
final class SixModule {
    private SixModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("six").with(SixModuleTable.TABLE)
                .with("PY2", (Object) false).with("PY3", (Object) true)
                .with("string_types", (Object) TupleValue.of(CoreTypes.STR)).with("integer_types", (Object) TupleValue.of(CoreTypes.INT))
                .with("text_type", (Object) CoreTypes.STR).with("binary_type", (Object) BytesValue.TYPE)
                .with("StringIO", (Object) TextStream.TYPE).with("BytesIO", (Object) ByteStream.TYPE)
                .with("moves", (Machine machine) -> machine.library().module(machine, "six.moves"));
    }

    static ModuleValue moves(Machine m) {
        return new ModuleValue("six.moves")
                .with("range", (Object) RangeValue.TYPE).with("xrange", (Object) RangeValue.TYPE)
                .with("zip", builtin("zip")).with("map", builtin("map")).with("filter", builtin("filter"))
                .with("reduce", builtin("reduce")).with("input", (Object) BuiltinsTable.TABLE.find("input"))
                .with("StringIO", (Object) TextStream.TYPE).with("cStringIO", (Object) TextStream.TYPE)
                .with("cPickle", (Machine machine) -> machine.library().module(machine, "pickle"))
                .with("urllib", (Machine machine) -> machine.library().module(machine, "urllib"));
    }

    private static Object builtin(String name) {
        return IterableFunctionsTable.TABLE.find(name);
    }

    @Builtin(value = "iteritems", signature = "d", doc = "The (key, value) pairs of a dict.")
    static Object items(Machine m, Object d) {
        return Iterators.iter(m, Semantics.callMethod(m, d, "items"));
    }

    @Builtin(value = "iterkeys", signature = "d", doc = "The keys of a dict.")
    static Object keys(Machine m, Object d) {
        return Iterators.iter(m, Semantics.callMethod(m, d, "keys"));
    }

    @Builtin(value = "itervalues", signature = "d", doc = "The values of a dict.")
    static Object values(Machine m, Object d) {
        return Iterators.iter(m, Semantics.callMethod(m, d, "values"));
    }

    @Builtin(value = {"u", "ensure_text"}, signature = "s, encoding='utf-8', errors='strict'", doc = "A text; bytes are decoded.")
    static Object text(Machine m, Object s, String encoding, String errors) {
        return s instanceof BytesValue b ? Encodings.decode(b.bytes(), encoding, errors) : s;
    }

    @Builtin(value = {"b", "ensure_binary"}, signature = "s, encoding='utf-8', errors='strict'", doc = "Bytes; a text is encoded.")
    static Object binary(Machine m, Object s, String encoding, String errors) {
        return s instanceof String t ? new BytesValue(Encodings.encode(t, encoding, errors)) : s;
    }

    @Builtin(value = "ensure_str", signature = "s, encoding='utf-8', errors='strict'", doc = "A text; bytes are decoded.")
    static Object ensureText(Machine m, Object s, String encoding, String errors) {
        return text(m, s, encoding, errors);
    }

    @Builtin(value = "add_metaclass", signature = "metaclass", doc = "A decorator that leaves a class as it is.")
    static Object addMetaclass(Machine m, Object metaclass) {
        return new NativeFunction("add_metaclass", (machine, a) -> a[0]);
    }

    @Builtin(value = "python_2_unicode_compatible", signature = "cls", doc = "The class itself.")
    static Object compatible(Machine m, Object cls) {
        return cls;
    }
}
