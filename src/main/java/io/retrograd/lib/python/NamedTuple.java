package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** A tuple whose places have names: what {@code collections.namedtuple} makes classes of. */
public final class NamedTuple extends TupleValue {
    private final Type type;

    private NamedTuple(Type type, Object[] elements) {
        super(elements);
        this.type = type;
    }

    /** A class of named tuples. */
    public static final class Type extends TypeValue {
        private final String[] fields;
        private Object[] defaults;

        private Type(String module, String name, String[] fields, Object[] defaults) {
            super(module, name, TupleValue.TYPE, NamedTupleTable.TABLE, null);
            this.fields = fields;
            this.defaults = defaults;
        }

        /** A tuple of this type with these values, one for each field. */
        public NamedTuple make(Object... values) {
            return new NamedTuple(this, values);
        }

        int indexOf(String field) {
            return Arrays.asList(fields).indexOf(field);
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            Object[] values = new Object[fields.length];
            int given = arguments.length - keywords.length;
            if (given > fields.length) {
                throw NnError.type(name() + ".__new__() takes " + (fields.length + 1) + " positional arguments but " + (given + 1) + " were given");
            }
            System.arraycopy(arguments, 0, values, 0, given);
            for (int k = 0; k < keywords.length; k++) {
                int at = indexOf(keywords[k]);
                if (at < 0) {
                    throw NnError.type(name() + ".__new__() got an unexpected keyword argument '" + keywords[k] + "'");
                }
                if (values[at] != null) {
                    throw NnError.type(name() + ".__new__() got multiple values for argument '" + keywords[k] + "'");
                }
                values[at] = arguments[given + k];
            }
            List<String> missing = new ArrayList<>();
            for (int i = 0; i < values.length; i++) {
                int ofDefaults = i - (fields.length - defaults.length);
                if (values[i] == null && ofDefaults >= 0) {
                    values[i] = defaults[ofDefaults];
                }
                if (values[i] == null) {
                    missing.add("'" + fields[i] + "'");
                }
            }
            if (!missing.isEmpty()) {
                int last = missing.size() - 1;
                String list = last == 0
                        ? missing.get(0)
                        : String.join(", ", missing.subList(0, last)) + (last > 1 ? "," : "") + " and " + missing.get(last);
                throw NnError.type(name() + ".__new__() missing " + missing.size() + " required positional argument"
                        + (last == 0 ? "" : "s") + ": " + list);
            }
            return make(values);
        }

        @Override
        public Object attribute(Machine m, String attribute) {
            switch (attribute) {
                case "_fields":
                    return TupleValue.of((Object[]) fields.clone());
                case "_make":
                    return new NativeFunction("_make", (machine, a) ->
                            call(machine, Semantics.elements(machine, a[0]), Semantics.NO_KEYWORDS));
                case "__new__":
                    return new Maker(this, super.attribute(m, attribute));
                case "_field_defaults":
                    DictValue dict = new DictValue();
                    for (int i = 0; i < defaults.length; i++) {
                        dict.putText(fields[fields.length - defaults.length + i], defaults[i]);
                    }
                    return dict;
                default:
                    return super.attribute(m, attribute);
            }
        }

        @Override
        public Object attributeOf(Machine m, Object self, String name) {
            int at = indexOf(name);
            if (at >= 0 && self instanceof TupleValue tuple) {
                return tuple.get(at);
            }
            return name.equals("_fields") ? attribute(m, name) : super.attributeOf(m, self, name);
        }

        @Override
        public Object lookup(String name) {
            return indexOf(name) >= 0 ? name : super.lookup(name);
        }
    }

    /** {@code __new__} of such a class, whose {@code __defaults__} scripts set where they want defaults. */
    private record Maker(Type made, Object function) implements Value {
        @Override
        public TypeValue type() {
            return Semantics.typeOf(function);
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            return Semantics.call(m, function, arguments, keywords);
        }

        @Override
        public Object attribute(Machine m, String name) {
            if (!name.equals("__defaults__")) {
                return Semantics.attribute(m, function, name);
            }
            return made.defaults.length == 0 ? None.NONE : TupleValue.of(made.defaults.clone());
        }

        @Override
        public void setAttribute(Machine m, String name, Object value) {
            if (!name.equals("__defaults__")) {
                Value.super.setAttribute(m, name, value);
                return;
            }
            Object[] given = value == None.NONE ? Semantics.NO_ARGUMENTS : Semantics.elements(m, value);
            if (given.length > made.fields.length) {
                throw NnError.type("too many defaults for " + made.name());
            }
            made.defaults = given;
        }
    }

    /** A class of named tuples without defaults. */
    public static Type type(String module, String name, String... fields) {
        return new Type(module, name, fields, Semantics.NO_ARGUMENTS);
    }

    public static Type type(String module, String name, String[] fields, Object[] defaults) {
        return new Type(module, name, fields, defaults);
    }

    /** Another one of the same class. */
    NamedTuple with(Object[] values) {
        return type.make(values);
    }

    @Override
    public TypeValue type() {
        return type;
    }

    @Override
    public Object attribute(Machine m, String name) {
        return type.attributeOf(m, this, name);
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        throw NnError.attribute(type.indexOf(name) >= 0 ? "can't set attribute" : "'" + type.name() + "' object has no attribute '" + name + "'");
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Collection<String> names = new ArrayList<>(Arrays.asList(type.fields));
        names.addAll(type.attributeNames());
        return names;
    }

    @Override
    public String repr(Machine m) {
        StringBuilder out = new StringBuilder(type.name()).append('(');
        for (int i = 0; i < size(); i++) {
            out.append(i > 0 ? ", " : "").append(type.fields[i]).append('=').append(Semantics.repr(m, get(i)));
        }
        return out.append(')').toString();
    }

    @Builtin(value = "_asdict", method = true, doc = "A dict of the names and the values.")
    static Object asDict(Machine m, NamedTuple self) {
        DictValue dict = new DictValue();
        for (int i = 0; i < self.size(); i++) {
            dict.putText(self.type.fields[i], self.get(i));
        }
        return dict;
    }

    @Builtin(value = "_replace", method = true, signature = "**values", doc = "Another one with some values changed.")
    static Object replace(Machine m, NamedTuple self, Map<String, Object> values) {
        Object[] all = self.toArray();
        List<Object> unknown = new ArrayList<>();
        values.forEach((name, value) -> {
            int at = self.type.indexOf(name);
            if (at < 0) {
                unknown.add(name);
            } else {
                all[at] = value;
            }
        });
        if (!unknown.isEmpty()) {
            throw NnError.value("Got unexpected field names: " + Semantics.repr(m, ListValue.copyOf(unknown)));
        }
        return self.type.make(all);
    }
}
