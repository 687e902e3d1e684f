package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lib.python.io.StreamValue;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The module {@code base64}. */
final class Base64Module {
    private Base64Module() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("base64").with(Base64ModuleTable.TABLE);
    }

    private static byte[] bytes(Machine m, Object s) {
        return s instanceof String t ? t.getBytes(StandardCharsets.US_ASCII) : StreamValue.bytes(m, s);
    }

    private static Object decoded(Base64.Decoder decoder, byte[] b) {
        try {
            return new BytesValue(decoder.decode(b));
        } catch (IllegalArgumentException e) {
            throw NnError.value("Incorrect padding");
        }
    }

    @Builtin(value = {"b64encode", "standard_b64encode"}, signature = "s, altchars=None", doc = "Bytes in base 64.")
    static Object encode(Machine m, Object s, Object altchars) {
        return new BytesValue(Base64.getEncoder().encode(StreamValue.bytes(m, s)));
    }

    @Builtin(value = {"b64decode", "standard_b64decode", "decodebytes"}, signature = "s, altchars=None, validate=False", doc = "The bytes that base 64 says.")
    static Object decode(Machine m, Object s, Object altchars, Object validate) {
        return decoded(Base64.getMimeDecoder(), bytes(m, s));
    }

    @Builtin(value = "urlsafe_b64encode", signature = "s", doc = "Bytes in base 64 for addresses.")
    static Object encodeForAddress(Machine m, Object s) {
        return new BytesValue(Base64.getUrlEncoder().encode(StreamValue.bytes(m, s)));
    }

    @Builtin(value = "urlsafe_b64decode", signature = "s", doc = "The bytes that base 64 for addresses says.")
    static Object decodeFromAddress(Machine m, Object s) {
        return decoded(Base64.getUrlDecoder(), bytes(m, s));
    }

    @Builtin(value = "encodebytes", signature = "s", doc = "Bytes in base 64, in lines.")
    static Object encodeLines(Machine m, Object s) {
        String lines = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(StreamValue.bytes(m, s));
        return new BytesValue((lines.isEmpty() ? "" : lines + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
