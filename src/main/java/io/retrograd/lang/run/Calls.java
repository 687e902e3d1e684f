package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.ClassMethodValue;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.StaticMethodValue;
import io.retrograd.lang.value.SuperValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;

/**
 * Calls. A call of a script's function lays its arguments straight into the new frame; a call of a method makes
 * no bound method in between.
 */
final class Calls {
    static final String[] NO_WORDS = {};

    private Calls() {}

    private static Object[] evalAll(Frame f, Expr[] arguments, int size, int from) {
        Object[] values = new Object[size];
        for (int i = 0; i < arguments.length; i++) {
            values[from + i] = arguments[i].eval(f);
        }
        return values;
    }

    static Object callFunction(Frame f, Place place, FunctionValue function, Object[] slots) {
        f.machine.place(place);
        return function.code().run(f.machine, slots, function.cells());
    }

    static NnError notCallable(Object o) {
        return NnError.type("'" + Semantics.typeOf(o).name() + "' object is not callable");
    }

    /** {@code function(a, b, c=d)}. */
    static final class Call extends Expr {
        final Expr function;
        final Expr[] arguments;
        final String[] words;
        final Place place;

        Call(Expr function, Expr[] arguments, String[] words, Place place) {
            this.function = function;
            this.arguments = arguments;
            this.words = words;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object callee = function.eval(f);
            if (callee instanceof FunctionValue s && words.length == 0) {
                Code code = s.code();
                if (code.parameters().isFilledBy(arguments.length)) {
                    return callFunction(f, place, s, evalAll(f, arguments, code.frameSize(), 0));
                }
            }
            return invoke(f.machine, callee, evalAll(f, arguments, arguments.length, 0));
        }

        Object invoke(Machine m, Object callee, Object[] values) {
            m.place(place);
            if (callee instanceof FunctionValue s) {
                return Fast.call(m, s, values, words);
            }
            if (callee instanceof Value v) {
                return v.call(m, values, words);
            }
            throw notCallable(callee);
        }
    }

    /** {@code object.method(a, b, c=d)}; remembers which function the last object seen here had. */
    static final class MethodCall extends Expr {
        final Expr object;
        final String name;
        final Expr[] arguments;
        final String[] words;
        final Place attributePlace;
        final Place place;
        private Class<?> knownClass;
        private BuiltinFunction knownBuiltin;
        private KnownClass known;
        private int ownerVersion;
        private Object knownOwner;
        private Found knownFound;

        MethodCall(Expr object, String name, Expr[] arguments, String[] words, Place attributePlace, Place place) {
            this.object = object;
            this.name = name;
            this.arguments = arguments;
            this.words = words;
            this.attributePlace = attributePlace;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            return on(f, object.eval(f));
        }

        /** The builtin that the place called last; null if that was none. */
        BuiltinFunction expected() {
            return knownBuiltin;
        }

        /** The call, once the object is known. */
        Object on(Frame f, Object o) {
            if (o instanceof InstanceValue i) {
                return ofInstance(f, i);
            }
            if (o.getClass() == knownClass) {
                BuiltinFunction function = knownBuiltin;
                Object[] values = evalAll(f, arguments, arguments.length + 1, 1);
                values[0] = o;
                f.machine.place(place);
                return function.callWithReceiver(f.machine, values, words);
            }
            return ofValue(f, o);
        }

        private Object ofInstance(Frame f, InstanceValue i) {
            FunctionValue function = function(i);
            if (function == null) {
                return slow(f, i);
            }
            Code code = function.code();
            if (words.length == 0 && code.parameters().isFilledBy(arguments.length + 1)) {
                Object[] slots = evalAll(f, arguments, code.frameSize(), 1);
                slots[0] = i;
                return callFunction(f, place, function, slots);
            }
            Object[] values = evalAll(f, arguments, arguments.length + 1, 1);
            values[0] = i;
            f.machine.place(place);
            return function.call(f.machine, values, words);
        }

        /**
         * What to call, looked up before the arguments are evaluated: a function of the class or a builtin one, which get
         * the object as their first argument, or anything else wrapped in a {@link Found}.
         */
        Object find(Machine m, Object o) {
            if (o instanceof InstanceValue i) {
                FunctionValue function = function(i);
                if (function != null) {
                    return function;
                }
            } else if (o == knownOwner && version(o) == ownerVersion) {
                return knownFound;
            } else if (o.getClass() == knownClass) {
                return knownBuiltin;
            } else if (rememberBuiltin(o)) {
                return knownBuiltin;
            }
            m.place(attributePlace);
            Found found = new Found(Semantics.attribute(m, o, name));
            rememberOwner(o, found);
            return found;
        }

        /** A class or a module, whose attributes change seldom, and then its version does. */
        private void rememberOwner(Object o, Found found) {
            if (o instanceof ModuleValue module && module.hasVersions() || o instanceof ClassValue c && isPlainMember(c.lookup(name))) {
                knownOwner = o;
                knownFound = found;
                ownerVersion = version(o);
            }
        }

        private static boolean isPlainMember(Object member) {
            return member instanceof FunctionValue || member instanceof StaticMethodValue || member instanceof ClassMethodValue;
        }

        private static int version(Object o) {
            return o instanceof ClassValue c ? c.version() : ((ModuleValue) o).version();
        }

        /** What the place found on the last class or module; null if there was none. */
        Found expectedFound() {
            return knownOwner == null ? null : knownFound;
        }

        /** Calls what {@link #find} found; the first of the values is the object. */
        Object invoke(Machine m, Object found, Object[] values) {
            m.place(place);
            if (found instanceof BuiltinFunction b) {
                return b.callWithReceiver(m, values, words);
            }
            if (found instanceof FunctionValue f) {
                return Fast.call(m, f, values, words);
            }
            Object callee = ((Found) found).callee;
            Object[] rest = java.util.Arrays.copyOfRange(values, 1, values.length);
            if (callee instanceof FunctionValue f) {
                return Fast.call(m, f, rest, words);
            }
            if (callee instanceof Value v) {
                return v.call(m, rest, words);
            }
            throw notCallable(callee);
        }

        /** The function that the class of an instance has under the name; null where there is more to it. */
        private FunctionValue function(InstanceValue i) {
            KnownClass k = KnownClass.of(known, i);
            if (k != null) {
                return (FunctionValue) k.member;
            }
            if (i.type() instanceof ClassValue c
                    && i.layout().indexOf(name) < 0
                    && c.lookup(name) instanceof FunctionValue function
                    && c.scriptMethod("__getattribute__") == null) {
                known = KnownClass.withMember(known, c, i.layout(), function, false);
                knownOwner = null;
                return function;
            }
            return null;
        }

        private Object ofValue(Frame f, Object o) {
            rememberBuiltin(o);
            return slow(f, o);
        }

        private boolean rememberBuiltin(Object o) {
            boolean plain = !(o instanceof Value v) || v.hasPlainAttributes();
            if (plain && Semantics.typeOf(o).lookup(name) instanceof BuiltinFunction function && function.isMethod()
                    && !function.isProperty()) {
                knownBuiltin = function;
                knownClass = o.getClass();
                return true;
            }
            return false;
        }

        private Object slow(Frame f, Object o) {
            f.machine.place(attributePlace);
            Object callee = Semantics.attribute(f.machine, o, name);
            rememberOwner(o, new Found(callee));
            if (callee instanceof BoundMethod b && b.function() instanceof FunctionValue s && words.length == 0) {
                Code code = s.code();
                if (code.parameters().isFilledBy(arguments.length + 1)) {
                    Object[] slots = evalAll(f, arguments, code.frameSize(), 1);
                    slots[0] = b.self();
                    return callFunction(f, place, s, slots);
                }
            }
            Object[] values = evalAll(f, arguments, arguments.length, 0);
            f.machine.place(place);
            if (callee instanceof Value v) {
                return v.call(f.machine, values, words);
            }
            throw notCallable(callee);
        }
    }

    /** An attribute that is called as it is, without the object it was found on. */
    record Found(Object callee) {}

    /** {@code super()} in a method: the class is the one around it, the receiver the first parameter. */
    static final class SuperCall extends Expr {
        final Expr function;
        final Expr owner;
        final Expr self;
        private final Place place;

        SuperCall(Expr function, Expr owner, Expr self, Place place) {
            this.function = function;
            this.owner = owner;
            this.self = self;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object callee = function.eval(f);
            if (callee != SuperValue.TYPE) {
                f.machine.place(place);
                return Semantics.call(f.machine, callee);
            }
            Object c = owner.eval(f);
            return new SuperValue((TypeValue) c, self.eval(f));
        }

        Object of(Machine m, Object callee, Object c, Object o) {
            if (callee != SuperValue.TYPE) {
                m.place(place);
                return Semantics.call(m, callee);
            }
            return new SuperValue((TypeValue) c, o);
        }
    }

    /** What {@code locals()} gives. */
    static DictValue locals(Frame f) {
        DictValue all = new DictValue();
        for (String name : f.code.localNames()) {
            Object v = name.startsWith(".") ? null : f.code.local(f, name);
            if (v != null) {
                all.putText(name, v);
            }
        }
        return all;
    }
}
