package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.CoreTypes;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code functools.partial}: a function with some arguments filled in. */
final class PartialValue implements Value {
    static final TypeValue TYPE = new TypeValue("functools", "partial", CoreTypes.OBJECT, null, PartialValue::construct);

    private final Object function;
    private final Object[] arguments;
    private final String[] keywords;

    /** The last {@code keywords.length} arguments are the keyword ones. */
    PartialValue(Object function, Object[] arguments, String[] keywords) {
        this.function = function;
        this.arguments = arguments;
        this.keywords = keywords;
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        if (arguments.length == keywords.length) {
            throw NnError.type("type 'partial' takes at least one argument");
        }
        if (!Semantics.isCallable(arguments[0])) {
            throw NnError.type("the first argument must be callable");
        }
        return new PartialValue(arguments[0], Builtins.rest(arguments), keywords);
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] more, String[] moreKeywords) {
        List<Object> positional = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<Object> named = new ArrayList<>();
        int own = arguments.length - keywords.length;
        positional.addAll(Arrays.asList(arguments).subList(0, own));
        positional.addAll(Arrays.asList(more).subList(0, more.length - moreKeywords.length));
        List<String> replaced = Arrays.asList(moreKeywords);
        for (int i = 0; i < keywords.length; i++) {
            if (!replaced.contains(keywords[i])) {
                names.add(keywords[i]);
                named.add(arguments[own + i]);
            }
        }
        names.addAll(replaced);
        named.addAll(Arrays.asList(more).subList(more.length - moreKeywords.length, more.length));
        positional.addAll(named);
        return Semantics.call(m, function, positional.toArray(), names.toArray(new String[0]));
    }

    @Override
    public Object attribute(Machine m, String name) {
        int own = arguments.length - keywords.length;
        switch (name) {
            case "func":
                return function;
            case "args":
                return TupleValue.of(Arrays.copyOf(arguments, own));
            case "keywords":
                DictValue dict = new DictValue();
                for (int i = 0; i < keywords.length; i++) {
                    dict.putText(keywords[i], arguments[own + i]);
                }
                return dict;
            default:
                return Value.super.attribute(m, name);
        }
    }

    @Override
    public String repr(Machine m) {
        StringBuilder out = new StringBuilder("functools.partial(").append(Semantics.repr(m, function));
        int own = arguments.length - keywords.length;
        for (int i = 0; i < arguments.length; i++) {
            out.append(", ").append(i < own ? "" : keywords[i - own] + "=").append(Semantics.repr(m, arguments[i]));
        }
        return out.append(')').toString();
    }
}
