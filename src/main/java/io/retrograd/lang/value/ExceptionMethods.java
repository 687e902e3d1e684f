package io.retrograd.lang.value;

import io.retrograd.lang.builtin.Builtin;

/** The methods that every exception has. */
final class ExceptionMethods {
    private ExceptionMethods() {}

    @Builtin(value = "__init__", signature = "*args", method = true, doc = "Remembers what the exception was raised with.")
    static void init(Machine m, ExceptionValue self, Object[] args) {
        self.arguments(args);
    }

    @Builtin(value = "__str__", method = true, doc = "The message.")
    static String str(Machine m, ExceptionValue self) {
        return self.defaultStr(m);
    }

    @Builtin(value = "__repr__", method = true, doc = "The class and what the exception was raised with.")
    static String repr(Machine m, ExceptionValue self) {
        return self.defaultRepr(m);
    }

    @Builtin(value = "with_traceback", signature = "tb", method = true, doc = "The exception itself; tracebacks are kept elsewhere.")
    static Object withTraceback(Machine m, ExceptionValue self, Object tb) {
        return self;
    }

    @Builtin(value = "add_note", signature = "note", method = true, doc = "Adds a line to the exception's notes.")
    static void addNote(Machine m, ExceptionValue self, Object note) {
        Object notes = self.own("__notes__");
        if (!(notes instanceof ListValue)) {
            notes = new ListValue();
            self.own("__notes__", notes);
        }
        ((ListValue) notes).add(note);
    }
}
