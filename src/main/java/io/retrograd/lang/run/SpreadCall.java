package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.InstanceValue;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * A call with {@code *args} or {@code **kwargs} among its arguments; a null word stands for two stars. Tuples, lists and
 * dicts are spread without iterators: decorators pass them on all the time.
 */
final class SpreadCall extends Expr {
    private static final Object[] NOTHING = {};

    final Expr function;
    /** With {@link Literals.Spread} for those that have a star. */
    final Expr[] arguments;
    final String[] words;
    final Expr[] wordValues;
    private final Place place;

    SpreadCall(Expr function, Expr[] arguments, String[] words, Expr[] wordValues, Place place) {
        this.function = function;
        this.arguments = arguments;
        this.words = words;
        this.wordValues = wordValues;
        this.place = place;
    }

    @Override
    Object eval(Frame f) {
        Machine m = f.machine;
        Object callee = function.eval(f);
        Object[] values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i] instanceof Literals.Spread s
                    ? spread(m, callee, s.value.eval(f))
                    : arguments[i].eval(f);
        }
        Object[] named = NOTHING;
        if (words.length > 0) {
            named = new Object[words.length];
            for (int k = 0; k < named.length; k++) {
                Object value = wordValues[k].eval(f);
                named[k] = words[k] == null ? mapping(m, callee, value) : value;
            }
        }
        return invoke(m, callee, values, named);
    }

    /** What an argument with a star stands for. */
    Object[] spread(Machine m, Object callee, Object v) {
        m.place(place);
        if (v.getClass() == TupleValue.class) {
            TupleValue t = (TupleValue) v;
            Object[] all = new Object[t.size()];
            for (int i = 0; i < all.length; i++) {
                m.step();
                all[i] = t.get(i);
            }
            return all;
        }
        if (v.getClass() == ListValue.class) {
            ListValue l = (ListValue) v;
            Object[] all = new Object[l.size()];
            for (int i = 0; i < all.length; i++) {
                m.step();
                all[i] = l.get(i);
            }
            return all;
        }
        Iteration elements;
        try {
            elements = Semantics.iterate(m, v);
        } catch (NnError e) {
            if (e.getMessage().endsWith("object is not iterable")) {
                throw NnError.type(shown(m, callee) + " argument after * must be an iterable, not "
                        + Semantics.typeOf(v).name());
            }
            throw e;
        }
        List<Object> all = new ArrayList<>();
        for (Object x = elements.next(m); x != null; x = elements.next(m)) {
            m.step();
            all.add(x);
        }
        return all.toArray();
    }

    /** What an argument with two stars stands for. */
    DictValue mapping(Machine m, Object callee, Object value) {
        if (value instanceof DictValue d) {
            return d;
        }
        m.place(place);
        DictValue copy = new DictValue();
        try {
            Literals.putAll(m, copy, InstanceValue.substance(value));
        } catch (NnError e) {
            if (e.getMessage().endsWith("object is not a mapping")) {
                throw NnError.type(shown(m, callee) + " argument after ** must be a mapping, not "
                        + Semantics.typeOf(value).name());
            }
            throw e;
        }
        return copy;
    }

    /** The call, with arrays where arguments have a star and dicts where they have two. */
    Object invoke(Machine m, Object callee, Object[] parts, Object[] named) {
        int positional = 0;
        for (int i = 0; i < parts.length; i++) {
            positional += arguments[i] instanceof Literals.Spread ? ((Object[]) parts[i]).length : 1;
        }
        int wordCount = 0;
        for (int k = 0; k < named.length; k++) {
            wordCount += words[k] == null ? ((DictValue) named[k]).size() : 1;
        }
        Object[] values = new Object[positional + wordCount];
        int at = 0;
        for (int i = 0; i < parts.length; i++) {
            if (arguments[i] instanceof Literals.Spread) {
                Object[] part = (Object[]) parts[i];
                System.arraycopy(part, 0, values, at, part.length);
                at += part.length;
            } else {
                values[at++] = parts[i];
            }
        }
        m.place(place);
        String[] names = wordCount == 0 ? Calls.NO_WORDS : names(m, callee, named, values, at, wordCount);
        if (callee instanceof FunctionValue f) {
            return Fast.call(m, f, values, names);
        }
        return Semantics.call(m, callee, values, names);
    }

    /** Lays the named arguments behind the others and answers their names. */
    private String[] names(Machine m, Object callee, Object[] named, Object[] values, int from, int count) {
        String[] names = new String[count];
        int n = 0;
        for (int k = 0; k < named.length; k++) {
            if (words[k] != null) {
                n = add(m, callee, names, n, words[k], values, from, named[k]);
                continue;
            }
            for (DictValue.Entries e = ((DictValue) named[k]).entries(); e.next();) {
                if (!(e.key() instanceof String word)) {
                    throw NnError.type("keywords must be strings");
                }
                n = add(m, callee, names, n, word, values, from, e.value());
            }
        }
        return names;
    }

    private static int add(Machine m, Object callee, String[] names, int n, String word, Object[] values, int from, Object value) {
        for (int i = 0; i < n; i++) {
            if (names[i].equals(word)) {
                throw NnError.type(shown(m, callee) + " got multiple values for keyword argument '" + word + "'");
            }
        }
        names[n] = word;
        values[from + n] = value;
        return n + 1;
    }

    private static String shown(Machine m, Object callee) {
        Object name = callee instanceof Value v ? v.attribute(m, "__qualname__") : null;
        Object module = callee instanceof Value v ? v.attribute(m, "__module__") : null;
        String prefix = module instanceof String s && !s.equals("builtins") ? s + "." : "";
        return name instanceof String s ? prefix + s + "()" : Semantics.typeOf(callee).name() + " object";
    }
}
