package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.ScriptException;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/** The module {@code contextlib}. */
final class ContextlibModule {
    private ContextlibModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("contextlib").with(ContextlibModuleTable.TABLE);
    }

    /** A generator function that makes context managers. */
    private static final class Factory extends FunctionWrapper {
        Factory(Object function) {
            super(function);
        }

        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            return new Manager(Semantics.call(m, function, arguments, keywords));
        }
    }

    /** A generator as a context manager: it yields once, where the body of the with statement runs. */
    private static final class Manager implements Value {
        private static final TypeValue TYPE = TypeValue.opaque("contextlib", "_GeneratorContextManager", null);

        private final Object generator;

        Manager(Object generator) {
            this.generator = generator;
        }

        @Override
        public TypeValue type() {
            return TYPE;
        }

        private Object enter(Machine m) {
            Object value = Semantics.next(m, generator);
            if (value == null) {
                throw NnError.runtime("generator didn't yield");
            }
            return value;
        }

        private boolean leave(Machine m, Object[] exception) {
            if (exception[0] == None.NONE) {
                if (Semantics.next(m, generator) != null) {
                    throw NnError.runtime("generator didn't stop");
                }
                return false;
            }
            try {
                Semantics.callMethod(m, generator, "throw", exception[1]);
            } catch (NnError e) {
                if (e.kind().isA(ErrorKind.STOP_ITERATION)) {
                    return true;
                }
                if (e instanceof ScriptException s && s.value() == exception[1]) {
                    return false;
                }
                throw e;
            }
            throw NnError.runtime("generator didn't stop after throw()");
        }

        @Override
        public Object attribute(Machine m, String name) {
            return switch (name) {
                case "__enter__" -> new NativeFunction(name, (machine, a) -> enter(machine));
                case "__exit__" -> new NativeFunction(name, (machine, a) -> leave(machine, a));
                default -> Value.super.attribute(m, name);
            };
        }
    }

    @Builtin(value = "contextmanager", signature = "func, /", doc = "A decorator: the generator function makes context managers.")
    static Object contextManager(Machine m, Object func) {
        return new Factory(func);
    }

    @Builtin(value = "closing", signature = "thing", doc = "Closes something at the end of a with statement.")
    static Object closing(Machine m, Object thing) {
        return new ContextManager(thing, (machine, exception) -> {
            Semantics.callMethod(machine, thing, "close");
            return false;
        });
    }

    @Builtin(value = "suppress", signature = "*exceptions", doc = "Swallows these exceptions inside a with statement.")
    static Object suppress(Machine m, Object[] exceptions) {
        return new ContextManager(None.NONE, (machine, exception) ->
                exception[0] != None.NONE && Semantics.isSubclass(machine, exception[0], TupleValue.of(exceptions)));
    }

    @Builtin(value = "nullcontext", signature = "enter_result=None", doc = "Does nothing, for a with statement.")
    static Object nothing(Machine m, Object enterResult) {
        return new ContextManager(enterResult, (machine, exception) -> false);
    }

    @Builtin(value = "redirect_stdout", signature = "new_target", doc = "Sends what is printed to another stream inside a with statement.")
    static Object redirect(Machine m, Object newTarget) {
        ModuleValue sys = (ModuleValue) m.library().module(m, "sys");
        m.modules().putIfAbsent("sys", sys);
        Object before = sys.attributes().get("stdout");
        sys.setAttribute(m, "stdout", newTarget);
        return new ContextManager(newTarget, (machine, exception) -> {
            sys.setAttribute(machine, "stdout", before);
            return false;
        });
    }
}
