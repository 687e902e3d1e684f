package io.retrograd.lib.tf;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** {@code tf.gfile}: files and folders by TensorFlow's names, done by Python's own modules; and text as bytes or str. */
final class GfileFunctions {
    private GfileFunctions() {}

    private static Object python(Machine m, String module, String function, Object... arguments) {
        Value from = m.library().module(m, module);
        return Semantics.call(m, from.attribute(m, function), arguments);
    }

    /** Python's error for a missing file is TensorFlow's NotFoundError here. */
    private static Object translated(String name, Supplier<Object> action) {
        try {
            return action.get();
        } catch (NnError e) {
            if (e.kind().isA(ErrorKind.FILE_NOT_FOUND_ERROR)) {
                throw new NnError(ErrorKind.NOT_FOUND_ERROR, name + "; No such file or directory");
            }
            throw e;
        }
    }

    @Builtin(
            value = {"gfile.GFile", "gfile.Open", "gfile.FastGFile", "io.gfile.GFile"},
            signature = "name, mode='r'",
            doc = "An open file.")
    static Object open(Machine m, Object name, String mode) {
        return translated(Semantics.str(m, name), () -> python(m, "io", "open", name, mode));
    }

    @Builtin(value = {"gfile.Exists", "io.gfile.exists"}, signature = "filename", doc = "Whether there is such a file or folder.")
    static Object exists(Machine m, Object name) {
        return python(m, "os.path", "exists", name);
    }

    @Builtin(value = {"gfile.IsDirectory", "io.gfile.isdir"}, signature = "dirname", doc = "Whether it is a folder.")
    static Object isDirectory(Machine m, Object name) {
        return python(m, "os.path", "isdir", name);
    }

    @Builtin(value = {"gfile.MakeDirs", "io.gfile.makedirs"}, signature = "dirname", doc = "Makes a folder and those above it; one that is there already is fine.")
    static void makeDirs(Machine m, Object name) {
        if (!Semantics.truth(m, isDirectory(m, name))) {
            python(m, "os", "makedirs", name);
        }
    }

    @Builtin(value = {"gfile.MkDir", "io.gfile.mkdir"}, signature = "dirname", doc = "Makes a folder.")
    static void mkDir(Machine m, Object name) {
        python(m, "os", "mkdir", name);
    }

    @Builtin(value = {"gfile.Remove", "io.gfile.remove"}, signature = "filename", doc = "Removes a file.")
    static void remove(Machine m, Object name) {
        translated(Semantics.str(m, name), () -> python(m, "os", "remove", name));
    }

    @Builtin(value = {"gfile.DeleteRecursively", "io.gfile.rmtree"}, signature = "dirname", doc = "Removes a folder with all that is in it.")
    static void deleteRecursively(Machine m, Object name) {
        translated(Semantics.str(m, name), () -> python(m, "shutil", "rmtree", name));
    }

    @Builtin(value = {"gfile.ListDirectory", "io.gfile.listdir"}, signature = "dirname", doc = "The names in a folder.")
    static Object listDirectory(Machine m, Object name) {
        return translated(Semantics.str(m, name), () -> python(m, "os", "listdir", name));
    }

    @Builtin(value = {"gfile.Glob", "io.gfile.glob"}, signature = "filename", doc = "The names that match a pattern.")
    static Object glob(Machine m, Object pattern) {
        return python(m, "glob", "glob", pattern);
    }

    @Builtin(value = {"gfile.Rename", "io.gfile.rename"}, signature = "oldname, newname, overwrite=False", doc = "Gives a file another name.")
    static void rename(Machine m, Object from, Object to, Object overwrite) {
        translated(Semantics.str(m, from), () -> python(m, "os", "rename", from, to));
    }

    @Builtin(value = {"gfile.Copy", "io.gfile.copy"}, signature = "oldpath, newpath, overwrite=False", doc = "Copies a file.")
    static void copy(Machine m, Object from, Object to, Object overwrite) {
        translated(Semantics.str(m, from), () -> python(m, "shutil", "copyfile", from, to));
    }

    @Builtin(value = {"compat.as_str", "compat.as_text", "compat.as_str_any"}, signature = "bytes_or_text, encoding='utf-8'", doc = "Bytes or text as str.")
    static Object asText(Machine m, Object value, String encoding) {
        if (value instanceof BytesValue b) {
            return new String(b.bytes(), StandardCharsets.UTF_8);
        }
        return value instanceof String ? value : Semantics.str(m, value);
    }

    @Builtin(value = "compat.as_bytes", signature = "bytes_or_text, encoding='utf-8'", doc = "Bytes or text as bytes.")
    static Object asBytes(Machine m, Object value, String encoding) {
        if (value instanceof String s) {
            return new BytesValue(s.getBytes(StandardCharsets.UTF_8));
        }
        if (value instanceof BytesValue) {
            return value;
        }
        throw NnError.type("Expected binary or unicode string, got " + Semantics.repr(m, value));
    }
}
