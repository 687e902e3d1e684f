package io.retrograd.lib.tf;

import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** What a {@code with} statement of tf takes: name scopes, devices, control dependencies. */
final class ContextValue implements Value {
    static final TypeValue TYPE = TypeValue.opaque("contextlib", "_GeneratorContextManager", ContextValueTable.TABLE);

    /** Enters the context, answers what {@code as} binds; what to do at the end goes to {@code leave}. */
    interface Entry {
        Object enter(Machine m, ContextValue context);
    }

    private final Entry entry;
    private AutoCloseable open;

    ContextValue(Entry entry) {
        this.entry = entry;
    }

    /** Remembers what leaving the context closes. */
    void leave(AutoCloseable block) {
        open = block;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Builtin(value = "__enter__", method = true, doc = "Begins the block.")
    static Object enter(Machine m, ContextValue self) {
        return self.entry.enter(m, self);
    }

    @Builtin(value = "__exit__", signature = "kind, value, traceback", method = true, doc = "Ends the block.")
    static boolean exit(Machine m, ContextValue self, Object kind, Object value, Object traceback) {
        AutoCloseable closing = self.open;
        self.open = null;
        if (closing != null) {
            close(closing);
        }
        return false;
    }

    static void close(AutoCloseable block) {
        try {
            block.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
