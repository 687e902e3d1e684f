package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.lang.value.BytearrayValue;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ClassMethodValue;
import io.retrograd.lang.value.ComplexValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.EllipsisValue;
import io.retrograd.lang.value.ExceptionTypes;
import io.retrograd.lang.value.FrozenSetValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.NotImplementedValue;
import io.retrograd.lang.value.PropertyValue;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.SliceValue;
import io.retrograd.lang.value.StaticMethodValue;
import io.retrograd.lang.value.SuperValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lib.python.io.FileOpenerTable;
import java.util.Collection;
import java.util.List;

/** The module of Python's builtin names. Its classes are named in a switch, so that none is loaded before it is used. */
final class BuiltinsModule extends ModuleValue {
    private static final String[] CONSTANTS = {
        "None", "True", "False", "Ellipsis", "NotImplemented", "int", "float", "bool", "str", "complex", "bytes", "bytearray",
        "list", "tuple", "dict", "set", "frozenset", "range", "slice", "object", "type", "property", "super", "classmethod",
        "staticmethod", "unicode", "long", "xrange", "basestring", "IOError", "EnvironmentError", "StandardError",
    };

    BuiltinsModule() {
        super("builtins");
        with(BuiltinsTable.TABLE);
        with(IterableFunctionsTable.TABLE);
        with(NumberFunctionsTable.TABLE);
        with(FileOpenerTable.TABLE);
        with(ReportsTable.TABLE);
        with("__debug__", (Object) true);
        with("__name__", "builtins");
    }

    @Override
    public Object exact(Machine m, String name) {
        Object constant = constant(name);
        if (constant != null) {
            Object replaced = attributes().get(name);
            return replaced != null ? replaced : constant;
        }
        return super.exact(m, name);
    }

    private static Object constant(String name) {
        return switch (name) {
            case "None" -> None.NONE;
            case "True" -> true;
            case "False" -> false;
            case "Ellipsis" -> EllipsisValue.ELLIPSIS;
            case "NotImplemented" -> NotImplementedValue.NOT_IMPLEMENTED;
            case "int", "long" -> CoreTypes.INT;
            case "float" -> CoreTypes.FLOAT;
            case "bool" -> CoreTypes.BOOL;
            case "str", "unicode", "basestring" -> CoreTypes.STR;
            case "complex" -> ComplexValue.TYPE;
            case "bytes" -> BytesValue.TYPE;
            case "bytearray" -> BytearrayValue.TYPE;
            case "list" -> ListValue.TYPE;
            case "tuple" -> TupleValue.TYPE;
            case "dict" -> DictValue.TYPE;
            case "set" -> SetValue.TYPE;
            case "frozenset" -> FrozenSetValue.TYPE;
            case "range", "xrange" -> RangeValue.TYPE;
            case "slice" -> SliceValue.TYPE;
            case "object" -> CoreTypes.OBJECT;
            case "type" -> CoreTypes.TYPE;
            case "property" -> PropertyValue.TYPE;
            case "super" -> SuperValue.TYPE;
            case "classmethod" -> ClassMethodValue.TYPE;
            case "staticmethod" -> StaticMethodValue.TYPE;
            default -> endsLikeException(name) ? ExceptionTypes.named(name) : null;
        };
    }

    /** Whether looking through the exception classes is worth it. */
    private static boolean endsLikeException(String name) {
        return name.endsWith("Error") || name.endsWith("Exception") || name.endsWith("Warning") || name.endsWith("Exit")
                || name.equals("StopIteration") || name.equals("KeyboardInterrupt");
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Collection<String> names = super.attributeNames(m);
        names.addAll(List.of(CONSTANTS));
        for (ErrorKind kind : ErrorKind.values()) {
            if (ExceptionTypes.of(kind).module().equals("builtins")) {
                names.add(kind.scriptName());
            }
        }
        return names;
    }
}
