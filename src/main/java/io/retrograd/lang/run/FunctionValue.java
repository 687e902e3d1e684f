package io.retrograd.lang.run;

import io.retrograd.error.NnError;
import io.retrograd.lang.value.BoundMethod;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.Descriptor;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.TypeValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/** A function that a script defines. */
public final class FunctionValue implements Descriptor {
    public static final TypeValue TYPE = TypeValue.opaque("builtins", "function", null);

    private final Code code;
    private final Object[] defaults;
    private final Cell[] cells;
    private DictValue attributes;

    /**
     * @param defaults one for each positional and keyword-only parameter, null where there is none
     * @param cells the variables that it takes from the functions around it
     */
    FunctionValue(Code code, Object[] defaults, Cell[] cells) {
        this.code = code;
        this.defaults = defaults;
        this.cells = cells;
    }

    Code code() {
        return code;
    }

    Object[] defaults() {
        return defaults;
    }

    Cell[] cells() {
        return cells;
    }

    /** The bytecode, once the function is hot; null before. */
    CompiledFunction compiled() {
        return code.compiled();
    }

    /** The function's name. */
    public String name() {
        return code.name();
    }

    /** Names of the parameters in order, for help and completion. */
    public List<String> parameterNames() {
        return List.of(code.parameters().names());
    }

    /** Names of the positional parameters that have a default. */
    public List<String> defaultNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < code.parameters().positional(); i++) {
            if (defaults[i] != null) {
                names.add(code.parameters().names()[i]);
            }
        }
        return names;
    }

    /**
     * The error that a call would raise for its arguments, whatever their values.
     *
     * @param positional how many it gives by position, an instance before them included
     */
    public Optional<NnError> misuse(Machine m, int positional, List<String> keywords) {
        Object[] arguments = new Object[positional + keywords.size()];
        Arrays.fill(arguments, None.NONE);
        try {
            code.parameters().bind(m, this, arguments, keywords.toArray(new String[0]));
            return Optional.empty();
        } catch (NnError mistake) {
            return Optional.of(mistake);
        }
    }

    /** The error for a keyword that it does not take, if there is one. */
    public Optional<NnError> unknownKeyword(Machine m, List<String> keywords) {
        return code.parameters().unknown(this, keywords);
    }

    /** Its parameters as they are written, with the defaults. */
    public String signature(Machine m) {
        return code.parameters().text(m, this);
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
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        CompiledFunction compiled = code.compiled();
        if (compiled != null && keywords.length == 0 && code.parameters().isFilledBy(arguments.length)) {
            switch (arguments.length) {
                case 1:
                    return compiled.run1(m, this, arguments[0]);
                case 2:
                    return compiled.run2(m, this, arguments[0], arguments[1]);
                case 3:
                    return compiled.run3(m, this, arguments[0], arguments[1], arguments[2]);
                default:
                    break;
            }
        }
        return code.run(m, code.parameters().bind(m, this, arguments, keywords), cells);
    }

    @Override
    public Object callOn(Machine m, Object self, TypeValue owner, Object[] arguments, String[] keywords) {
        int count = arguments.length + 1;
        if (keywords.length > 0 || !code.parameters().isFilledBy(count)) {
            return call(m, BoundMethod.prepend(self, arguments), keywords);
        }
        CompiledFunction compiled = code.compiled();
        if (compiled != null) {
            switch (count) {
                case 1:
                    return compiled.run1(m, this, self);
                case 2:
                    return compiled.run2(m, this, self, arguments[0]);
                case 3:
                    return compiled.run3(m, this, self, arguments[0], arguments[1]);
                case 4:
                    return compiled.run4(m, this, self, arguments[0], arguments[1], arguments[2]);
                default:
                    break;
            }
        }
        Object[] slots = new Object[code.frameSize()];
        slots[0] = self;
        System.arraycopy(arguments, 0, slots, 1, arguments.length);
        return code.run(m, slots, cells);
    }

    @Override
    public Object get(Machine m, Object self, TypeValue owner) {
        return self == null ? this : new BoundMethod(this, self);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        Object own = attributes == null ? null : attributes.getText(attribute);
        if (own != null) {
            return own;
        }
        switch (attribute) {
            case "__name__", "func_name":
                return code.name();
            case "__qualname__":
                return code.qualifiedName();
            case "__doc__", "func_doc":
                return code.doc() == null ? None.NONE : code.doc();
            case "__module__":
                return code.module().name();
            case "__dict__":
                if (attributes == null) {
                    attributes = new DictValue();
                }
                return attributes;
            case "__code__", "func_code":
                return new CodeValue(code);
            case "__defaults__", "func_defaults":
                Object[] given = Arrays.stream(defaults, 0, code.parameters().positional())
                        .filter(d -> d != null)
                        .toArray();
                return given.length == 0 ? None.NONE : TupleValue.of(given);
            default:
                return Descriptor.super.attribute(m, attribute);
        }
    }

    @Override
    public void setAttribute(Machine m, String attribute, Object value) {
        if (attributes == null) {
            attributes = new DictValue();
        }
        attributes.putText(attribute, value);
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Collection<String> names = new LinkedHashSet<>();
        if (attributes != null) {
            for (Object key : attributes.keyArray()) {
                names.add(Semantics.str(m, key));
            }
        }
        names.addAll(new ArrayList<>(List.of("__name__", "__doc__", "__module__", "__defaults__")));
        return names;
    }

    @Override
    public String repr(Machine m) {
        return "<function " + code.qualifiedName() + " at " + Semantics.address(this) + ">";
    }
}
