package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.value.ClassMethodValue;
import io.retrograd.lang.value.ClassValue;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.StaticMethodValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Functions, lambdas and classes, made when their definition is run. */
final class Definitions {
    private Definitions() {}

    /** A cell that an inner function takes along. */
    static Cell cell(Frame f, boolean own, int at) {
        if (!own) {
            return f.cells[at];
        }
        Object cell = f.slots[at];
        if (cell == null) {
            cell = new Cell(null);
            f.slots[at] = cell;
        }
        return (Cell) cell;
    }

    /** Where the cells of a closure come from: slots of this frame ({@code own}) or its own cells. */
    record Captures(boolean[] own, int[] at) {
        static final Captures NONE = new Captures(new boolean[0], new int[0]);

        Cell[] take(Frame f) {
            Cell[] cells = new Cell[at.length];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = cell(f, own[i], at[i]);
            }
            return cells;
        }
    }

    /** Makes a function; the defaults are evaluated now. */
    static final class MakeFunction extends Expr {
        private final Code code;
        final Expr[] defaults;
        final Captures captures;

        MakeFunction(Code code, Expr[] defaults, Captures captures) {
            this.code = code;
            this.defaults = defaults;
            this.captures = captures;
        }

        @Override
        Object eval(Frame f) {
            Object[] values = new Object[defaults.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = defaults[i] == null ? null : defaults[i].eval(f);
            }
            return make(values, captures.take(f));
        }

        Object make(Object[] values, Cell[] cells) {
            return new FunctionValue(code, values, cells);
        }
    }

    /** Calls a decorator on what it decorates. */
    static final class Decorate extends Expr {
        private final Expr decorator;
        private final Expr decorated;
        private final Place place;

        Decorate(Expr decorator, Expr decorated, Place place) {
            this.decorator = decorator;
            this.decorated = decorated;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Object function = decorator.eval(f);
            Object what = decorated.eval(f);
            f.machine.place(place);
            return Semantics.call(f.machine, function, what);
        }
    }

    /** Makes a class: runs its body with a namespace of its own. */
    static final class MakeClass extends Expr {
        private static final Set<String> PLAIN = Set.of("__module__", "__qualname__", "__doc__");

        private final String name;
        private final Expr bases;
        private final String[] words;
        private final Expr[] wordValues;
        private final Code code;
        private final int namespace;
        private final int classCell;
        private final Captures captures;
        private final Place place;

        /**
         * @param namespace the slot of the body's frame that holds the members
         * @param classCell the slot of the body's frame that holds the cell for {@code __class__}, or -1
         */
        MakeClass(
                String name,
                Expr bases,
                String[] words,
                Expr[] wordValues,
                Code code,
                int namespace,
                int classCell,
                Captures captures,
                Place place) {
            this.name = name;
            this.bases = bases;
            this.words = words;
            this.wordValues = wordValues;
            this.code = code;
            this.namespace = namespace;
            this.classCell = classCell;
            this.captures = captures;
            this.place = place;
        }

        @Override
        Object eval(Frame f) {
            Machine m = f.machine;
            Object given = bases.eval(f);
            Object[] more = new Object[words.length];
            for (int i = 0; i < more.length; i++) {
                more[i] = wordValues[i].eval(f);
                if (words[i].equals("metaclass") && changesClasses(more[i])) {
                    m.place(place);
                    throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "metaclasses with methods of their own are not offered: classes are made by type alone");
                }
            }
            List<TypeValue> types = baseTypes(m, given);
            Frame body = new Frame(m, code, new Object[code.frameSize()], captures.take(f));
            Map<String, Object> members = new LinkedHashMap<>();
            members.put("__module__", code.module().name());
            members.put("__qualname__", code.qualifiedName());
            if (code.doc() != null) {
                members.put("__doc__", code.doc());
            }
            body.slots[namespace] = members;
            runBody(m, body);
            implicit(members);
            m.place(place);
            ClassValue made = new ClassValue(code.module().name(), name, types, members);
            if (classCell >= 0) {
                cell(body, true, classCell).value = made;
            }
            afterwards(m, made, more);
            Object result = made;
            for (TypeValue base : types) {
                result = base.derive(m, (ClassValue) result);
                if (result != made) {
                    return result;
                }
            }
            return made;
        }

        /** Whether a metaclass does more than carry a name. */
        private static boolean changesClasses(Object metaclass) {
            return metaclass != CoreTypes.TYPE && !(metaclass instanceof ClassValue c && PLAIN.containsAll(c.members().keySet()));
        }

        private void runBody(Machine m, Frame body) {
            Place caller = m.place();
            try {
                code.body().exec(body);
                m.place(caller);
            } catch (NnError e) {
                throw Code.leave(m, e, body, caller);
            }
        }

        private List<TypeValue> baseTypes(Machine m, Object given) {
            List<TypeValue> types = new ArrayList<>();
            m.place(place);
            for (Object base : Semantics.elements(m, given)) {
                if (!(base instanceof TypeValue named)) {
                    throw NnError.type("bases must be types, not '" + Semantics.typeOf(base).name() + "'");
                }
                TypeValue t = named.inheritable(m);
                if (t == CoreTypes.BOOL || t == FunctionValue.TYPE) {
                    throw NnError.type("type '" + t.name() + "' is not an acceptable base type");
                }
                if (types.contains(t)) {
                    throw NnError.type("duplicate base class " + t.name());
                }
                types.add(t);
            }
            if (types.size() > 1) {
                types.remove(CoreTypes.OBJECT);
            }
            return types;
        }

        /** Functions that are static or class methods without saying so. */
        private static void implicit(Map<String, Object> members) {
            if (members.get("__new__") instanceof FunctionValue function) {
                members.put("__new__", new StaticMethodValue(function));
            }
            for (String each : List.of("__init_subclass__", "__class_getitem__", "__class_iter__")) {
                if (members.get(each) instanceof FunctionValue function) {
                    members.put(each, new ClassMethodValue(function));
                }
            }
        }

        /** Whether a metaclass changes nothing: ABCMeta, type, and classes derived from them without methods. */
        private static boolean isIdle(TypeValue metaclass) {
            return !(metaclass instanceof ClassValue c)
                    || c.members().values().stream().noneMatch(member -> member instanceof Value v && v.isCallable());
        }

        private void afterwards(Machine m, ClassValue made, Object[] more) {
            for (Map.Entry<String, Object> member : List.copyOf(made.members().entrySet())) {
                if (member.getValue() instanceof InstanceValue i && i.type().lookup("__set_name__") != null) {
                    i.special(m, "__set_name__", made, member.getKey());
                }
            }
            Object hook = made.lookupAfter(made, "__init_subclass__");
            if (hook != null && ClassValue.bind(m, hook, null, made) instanceof Value v) {
                v.call(m, more, words);
            } else if (words.length > 0 && words[0].equals("metaclass")) {
                if (!(more[0] instanceof TypeValue t) || !isIdle(t)) {
                    throw new NnError(ErrorKind.NOT_IMPLEMENTED_ERROR, "metaclasses of a script's own are not offered")
                            .help("__init_subclass__ and class decorators are");
                }
            } else if (words.length > 0) {
                throw NnError.type(name + ".__init_subclass__() takes no keyword arguments");
            }
        }
    }

    /** An annotated name in a class body: the annotation is kept as its text, for dataclasses and typing.NamedTuple. */
    static final class Annotate extends Stmt {
        private final int namespace;
        private final String name;
        private final String annotation;
        private final Stmt assign;

        Annotate(int namespace, String name, String annotation, Stmt assign) {
            this.namespace = namespace;
            this.name = name;
            this.annotation = annotation;
            this.assign = assign;
        }

        @Override
        @SuppressWarnings("unchecked")
        int exec(Frame f) {
            Map<String, Object> members = (Map<String, Object>) f.slots[namespace];
            DictValue all = (DictValue) members.computeIfAbsent("__annotations__", key -> new DictValue());
            all.putText(name, annotation);
            return assign.exec(f);
        }
    }

    /** Splits a Python 2 tuple parameter, {@code def f(a, (b, c))}. */
    static final class SplitParameter extends Stmt {
        private final Expr parameter;
        private final Target pattern;

        SplitParameter(Expr parameter, Target pattern) {
            this.parameter = parameter;
            this.pattern = pattern;
        }

        @Override
        int exec(Frame f) {
            pattern.assign(f, parameter.eval(f));
            return NORMAL;
        }
    }
}
