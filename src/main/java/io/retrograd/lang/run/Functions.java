package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.resolve.Scope;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.IteratorValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;

/** Calls that need to know the frame they stand in. */
final class Functions {
    private static final TypeValue ITERATOR = TypeValue.opaque("builtins", "iterator", null);

    private Functions() {}

    /** {@code (x for x in …)}: the outermost iterable is evaluated now, the rest when the generator runs. */
    static final class GeneratorExpression extends Expr {
        private final Code code;
        final Expr first;
        final Definitions.Captures captures;
        private final Place place;

        GeneratorExpression(Code code, Expr first, Definitions.Captures captures, Place place) {
            this.code = code;
            this.first = first;
            this.captures = captures;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object all = first.eval(f);
            return make(f.machine, all, captures.take(f));
        }

        Object make(Machine m, Object all, Cell[] cells) {
            m.place(place);
            Object[] slots = new Object[code.frameSize()];
            // A range or a list is its own best iterator: bytecode counts through it.
            boolean plain = all instanceof RangeValue || all.getClass() == ListValue.class;
            slots[0] = plain ? all : new IteratorValue(ITERATOR, Semantics.iterate(m, all));
            return code.run(m, slots, cells);
        }
    }

    /** The library's words that look at the caller's variables; {@link #of} knows their names. */
    static final class FrameCall extends Expr {
        private final Variables.Global function;
        private final Expr[] arguments;
        private final Place place;

        FrameCall(Variables.Global function, Expr[] arguments, Place place) {
            this.function = function;
            this.arguments = arguments;
            this.place = place;
        }

        /** Whether a call of that name with so many arguments needs the caller's frame. */
        static boolean of(String name, int arguments) {
            return switch (name) {
                case "locals", "globals", "vars", "dir" -> arguments == 0;
                case "eval", "exec" -> arguments >= 1 && arguments <= 3;
                default -> false;
            };
        }

        @Override
        Object eval(Frame f) {
            Object[] values = new Object[arguments.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = arguments[i].eval(f);
            }
            Machine m = f.machine;
            if (function.slot.get() != null) {
                m.place(place);
                return Semantics.call(m, function.slot.get(), values);
            }
            m.place(place);
            ScriptModule module = new ScriptModule(f.code.module());
            boolean inModule = f.code.scope().kind() == Scope.Kind.MODULE;
            return switch (function.slot.name) {
                case "globals" -> module.namespace();
                case "locals", "vars" -> inModule ? module.namespace() : Calls.locals(f);
                case "dir" -> names(inModule ? module.namespace() : Calls.locals(f));
                default -> run(f, module, values);
            };
        }

        private static ListValue names(DictValue all) {
            Object[] names = all.keyArray();
            java.util.Arrays.sort(names);
            return ListValue.of(names);
        }

        private Object run(Frame f, ScriptModule module, Object[] values) {
            Machine m = f.machine;
            if (!(values[0] instanceof String text)) {
                throw NnError.type(function.slot.name + "() arg 1 must be a string, bytes or code object");
            }
            boolean wantsValue = function.slot.name.equals("eval");
            Script script = ModuleLoader.of(m).reader().read(new Source("<string>", wantsValue ? text.strip() : text));
            ModuleScope scope = module.scope();
            DictValue given = null;
            if (values.length > 1 && values[1] instanceof DictValue dict) {
                given = values.length > 2 && values[2] instanceof DictValue locals ? locals : dict;
                scope = new ModuleScope(scope.name());
                fill(scope, dict);
                fill(scope, given);
            } else if (f.code.scope().kind() != Scope.Kind.MODULE) {
                scope = new ModuleScope(scope.name());
                fill(scope, module.namespace());
                fill(scope, Calls.locals(f));
            }
            Object[] last = {None.NONE};
            Place caller = m.place();
            Program.compile(script, scope, (machine, value) -> last[0] = value).runAsModule(m, caller);
            m.place(caller);
            if (given != null) {
                for (String name : scope.names()) {
                    given.putText(name, scope.get(name));
                }
            }
            return wantsValue ? last[0] : None.NONE;
        }

        private static void fill(ModuleScope scope, DictValue variables) {
            for (Object key : variables.keyArray()) {
                if (key instanceof String name) {
                    scope.set(name, variables.getText(name));
                }
            }
        }
    }
}
