package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;

/** The module {@code collections}. */
final class CollectionsModule {
    private CollectionsModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("collections").with(CollectionsModuleTable.TABLE)
                .with("Counter", (Machine machine) -> CounterValue.TYPE)
                .with("defaultdict", (Machine machine) -> DefaultDictValue.TYPE)
                .with("OrderedDict", (Machine machine) -> OrderedDictValue.TYPE)
                .with("deque", (Machine machine) -> DequeValue.TYPE)
                .with("abc", (Machine machine) -> machine.library().module(machine, "collections.abc"))
                .with("Iterable", (Machine machine) -> AbstractType.ITERABLE)
                .with("Mapping", (Machine machine) -> AbstractType.MAPPING)
                .with("Sequence", (Machine machine) -> AbstractType.SEQUENCE)
                .with("Callable", (Machine machine) -> AbstractType.CALLABLE);
    }

    /** The names that a script gives as a list or as one text. */
    static String[] fieldNames(Machine m, Object names) {
        Object source = names instanceof String s ? Semantics.callMethod(m, s.replace(',', ' '), "split") : names;
        Object[] all = Semantics.elements(m, source);
        String[] fields = new String[all.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = Semantics.str(m, all[i]);
        }
        return fields;
    }

    @Builtin(value = "namedtuple", signature = "typename, field_names, *, rename=False, defaults=None, module=None", doc = "A class of tuples whose places have names.", example = "Point = namedtuple('Point', 'x y')")
    static Object make(Machine m, String typename, Object fieldNames, boolean rename, Object defaults, Object module) {
        Object[] values = defaults == None.NONE ? Semantics.NO_ARGUMENTS : Semantics.elements(m, defaults);
        String[] fields = fieldNames(m, fieldNames);
        if (values.length > fields.length) {
            throw NnError.type("Got more default values than field names");
        }
        return NamedTuple.type("__main__", typename, fields, values);
    }
}
