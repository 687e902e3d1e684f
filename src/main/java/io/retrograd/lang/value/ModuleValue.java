package io.retrograd.lang.value;

import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.BuiltinTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * A module: names that were set, functions of builtin tables, constants made on first use, and submodules. A
 * name that is not there is looked up a second time without regard to case, as old notes spell the libraries.
 */
public class ModuleValue implements Value {
    public static final TypeValue TYPE = new TypeValue("builtins", "module", CoreTypes.OBJECT, null, null);

    /** A table, or those of its functions whose names begin with a prefix such as {@code nn.}. */
    private record Part(BuiltinTable table, String prefix) {
        BuiltinFunction find(String attribute) {
            return table.find(prefix.isEmpty() ? attribute : prefix + attribute);
        }

        void addNames(Collection<String> names) {
            for (String each : table.names()) {
                if (each.startsWith(prefix) && each.indexOf('.', prefix.length()) < 0) {
                    names.add(each.substring(prefix.length()));
                }
            }
        }
    }

    private static final String AMBIGUOUS = "";

    private final String name;
    private final Map<String, Object> attributes = new LinkedHashMap<>();
    private final List<Part> parts = new ArrayList<>();
    private final Map<String, Function<Machine, Object>> lazy = new LinkedHashMap<>();

    private int version;

    /** Every name by its lower-case form; made when it is first needed. */
    private Map<String, String> folded;

    public ModuleValue(String name) {
        this.name = name;
    }

    /** The dotted name. */
    public String name() {
        return name;
    }

    /** The names that were set, to be read: changes by this map go unnoticed. */
    public Map<String, Object> attributes() {
        return attributes;
    }

    /** Changes whenever an attribute changes. */
    public int version() {
        return version;
    }

    /** Whether what it answers for a name stays the same as long as {@link #version} does. */
    public boolean hasVersions() {
        return getClass() == ModuleValue.class;
    }

    /** Sets a name and returns this module. */
    public ModuleValue with(String attribute, Object value) {
        version++;
        attributes.put(attribute, value);
        return this;
    }

    /** Adds the functions of a table and returns this module. */
    public ModuleValue with(BuiltinTable table) {
        return with(table, "");
    }

    /** Adds the functions of a table whose names begin with the prefix, without it, and returns this module. */
    public ModuleValue with(BuiltinTable table, String prefix) {
        version++;
        parts.add(new Part(table, prefix));
        return this;
    }

    /** Adds a constant that is made when it is first asked for, and returns this module. */
    public ModuleValue with(String attribute, Function<Machine, Object> make) {
        lazy.put(attribute, make);
        return this;
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    /** The attribute of exactly that name, or null. */
    public Object exact(Machine m, String attribute) {
        Object found = attributes.get(attribute);
        if (found != null) {
            return found;
        }
        Function<Machine, Object> make = lazy.get(attribute);
        if (make != null) {
            Object made = make.apply(m);
            attributes.put(attribute, made);
            return made;
        }
        for (int i = 0; i < parts.size(); i++) {
            BuiltinFunction function = parts.get(i).find(attribute);
            if (function != null) {
                return function;
            }
        }
        return switch (attribute) {
            case "__name__" -> name;
            case "__doc__" -> None.NONE;
            case "__dict__" -> namespace(m);
            default -> null;
        };
    }

    private DictValue namespace(Machine m) {
        DictValue all = new DictValue();
        for (String each : attributeNames(m)) {
            all.putText(each, exact(m, each));
        }
        return all;
    }

    /** The function that the tables declare under a name, also where a class of that name hides it; null if there is none. */
    public BuiltinFunction declaration(String attribute) {
        for (Part part : parts) {
            BuiltinFunction function = part.find(attribute);
            if (function != null) {
                return function;
            }
        }
        return null;
    }

    /** The attribute of the only name that differs from the wanted one in case alone, or null. */
    public Object ignoringCase(Machine m, String attribute) {
        if (folded == null) {
            folded = new HashMap<>();
            for (String each : attributeNames(m)) {
                folded.merge(each.toLowerCase(Locale.ROOT), each, (a, b) -> a.equals(b) ? a : AMBIGUOUS);
            }
        }
        String other = folded.get(attribute.toLowerCase(Locale.ROOT));
        return other == null || other.equals(AMBIGUOUS) ? null : exact(m, other);
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        Object found = exact(m, attribute);
        if (found == null) {
            found = ignoringCase(m, attribute);
        }
        return found != null ? found : type().attributeOf(m, this, attribute);
    }

    @Override
    public void setAttribute(Machine m, String attribute, Object value) {
        folded = null;
        version++;
        attributes.put(attribute, value);
    }

    @Override
    public void deleteAttribute(Machine m, String attribute) {
        version++;
        if (attributes.remove(attribute) == null) {
            throw Semantics.noAttribute(m, this, attribute);
        }
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Collection<String> names = new LinkedHashSet<>(attributes.keySet());
        for (Part part : parts) {
            part.addNames(names);
        }
        names.addAll(lazy.keySet());
        return names;
    }

    @Override
    public String repr(Machine m) {
        Object file = attributes.get("__file__");
        return "<module '" + name + "' " + (file == null ? "(built-in)" : "from " + Semantics.repr(m, file)) + ">";
    }
}
