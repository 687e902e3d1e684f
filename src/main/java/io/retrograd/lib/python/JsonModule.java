package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Encodings;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import java.util.Map;

/** The module {@code json}. */
final class JsonModule {
    private JsonModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("json").with(JsonModuleTable.TABLE)
                .with("JSONDecodeError", (Machine machine) -> ExceptionTypes.of(ErrorKind.VALUE_ERROR));
    }

    @Builtin(value = "dumps", signature = "obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **others", doc = "An object as JSON text.")
    static String dumps(Machine m, Object obj, boolean skipkeys, boolean ascii, Object circular, boolean nan, Object cls, Object indent, Object separators, Object fallback, boolean sort, Map<String, Object> others) {
        Object encoder = fallback;
        if (cls != None.NONE && fallback == None.NONE) {
            encoder = Semantics.attributeOrNull(m, Semantics.call(m, cls), "default");
        }
        return new JsonWriter(m, ascii, skipkeys, nan, sort, indent, separators, encoder == null ? None.NONE : encoder).write(obj);
    }

    @Builtin(value = "dump", signature = "obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **others", doc = "Writes an object to a file as JSON text.")
    static void dump(Machine m, Object obj, Object fp, boolean skipkeys, boolean ascii, Object circular, boolean nan, Object cls, Object indent, Object separators, Object fallback, boolean sort, Map<String, Object> others) {
        Semantics.callMethod(m, fp, "write", dumps(m, obj, skipkeys, ascii, circular, nan, cls, indent, separators, fallback, sort, others));
    }

    @Builtin(value = "loads", signature = "s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, object_pairs_hook=None, **others", doc = "The object that JSON text says.")
    static Object loads(Machine m, Object s, Object cls, Object objectHook, Object parseFloat, Object parseInt, Object pairsHook, Map<String, Object> others) {
        String text;
        if (s instanceof BytesValue b) {
            text = Encodings.decode(b.bytes(), "utf-8-sig", "strict");
        } else if (s instanceof String t) {
            text = t;
        } else {
            throw NnError.type("the JSON object must be str, bytes or bytearray, not " + Semantics.typeOf(s).name());
        }
        return new JsonReader(m, text, objectHook, pairsHook).read();
    }

    @Builtin(value = "load", signature = "fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, object_pairs_hook=None, **others", doc = "The object that the JSON text of a file says.")
    static Object load(Machine m, Object fp, Object cls, Object objectHook, Object parseFloat, Object parseInt, Object pairsHook, Map<String, Object> others) {
        return loads(m, Semantics.callMethod(m, fp, "read"), cls, objectHook, parseFloat, parseInt, pairsHook, others);
    }
}
