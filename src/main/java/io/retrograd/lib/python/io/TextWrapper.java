package io.retrograd.lib.python.io;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Encodings;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;

/** {@code io.TextIOWrapper}, with which scripts wrap standard output to get UTF-8, which it is already. */
final class TextWrapper {
    static final TypeValue TYPE = new TypeValue("_io", "TextIOWrapper", CoreTypes.OBJECT, StreamMethodsTable.TABLE, TextWrapper::wrap);

    private TextWrapper() {}

    private static Object wrap(Machine m, Object[] arguments, String[] keywords) {
        if (arguments.length == keywords.length) {
            throw NnError.type("TextIOWrapper() missing required argument 'buffer' (pos 1)");
        }
        if (arguments[0] instanceof ByteStream bytes) {
            return new TextStream(TYPE, Encodings.decode(bytes.encoded(), "utf-8", "strict"));
        }
        return arguments[0] instanceof ConsoleStream.Binary console ? console.text() : arguments[0];
    }
}
