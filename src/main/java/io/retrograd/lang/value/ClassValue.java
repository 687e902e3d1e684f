package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A class that a script defines: its own attributes, its bases, and the order in which they are searched (C3,
 * Barrett et al., "A Monotonic Superclass Linearization for Dylan", OOPSLA 1996).
 */
public final class ClassValue extends TypeValue {
    private static final Object ABSENT = new Object();

    /** The class method by which a class of the library is iterated over, as a metaclass has it in Python. */
    private static final String ITERATE = "__class_iter__";

    private final List<TypeValue> bases;
    private final List<TypeValue> order;
    private final Map<String, Object> members;
    private final Map<String, Object> found = new HashMap<>();
    private final List<ClassValue> derived = new ArrayList<>(0);
    private final TypeValue builtinBase;
    private final Layout layout = Layout.empty();
    private int version;
    private int dataVersion;

    /** A class with these bases and members; TypeError where the bases contradict each other. */
    public ClassValue(String module, String name, List<TypeValue> bases, Map<String, Object> members) {
        super(module, name, bases.isEmpty() ? CoreTypes.OBJECT : bases.get(0), null, null);
        this.bases = bases.isEmpty() ? List.of(CoreTypes.OBJECT) : List.copyOf(bases);
        this.members = members;
        this.order = linearize();
        this.builtinBase = findBuiltinBase();
        for (TypeValue base : this.bases) {
            if (base instanceof ClassValue c) {
                c.derived.add(this);
            }
        }
    }

    private List<TypeValue> linearize() {
        List<List<TypeValue>> sequences = new ArrayList<>();
        for (TypeValue base : bases) {
            sequences.add(new ArrayList<>(base.resolutionOrder()));
        }
        sequences.add(new ArrayList<>(bases));
        List<TypeValue> result = new ArrayList<>();
        result.add(this);
        while (true) {
            sequences.removeIf(List::isEmpty);
            if (sequences.isEmpty()) {
                return result;
            }
            TypeValue next = nextOf(sequences);
            result.add(next);
            for (List<TypeValue> s : sequences) {
                s.remove(next);
            }
        }
    }

    private TypeValue nextOf(List<List<TypeValue>> sequences) {
        for (List<TypeValue> s : sequences) {
            TypeValue candidate = s.get(0);
            boolean inSomeTail = false;
            for (List<TypeValue> other : sequences) {
                inSomeTail |= other.lastIndexOf(candidate) > 0;
            }
            if (!inSomeTail) {
                return candidate;
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (List<TypeValue> s : sequences) {
            names.add(s.get(0).name());
        }
        throw NnError.type("Cannot create a consistent method resolution order (MRO) for bases " + String.join(", ", names));
    }

    private TypeValue findBuiltinBase() {
        for (TypeValue t : order) {
            if (!(t instanceof ClassValue) && t != CoreTypes.OBJECT) {
                return t;
            }
        }
        return CoreTypes.OBJECT;
    }

    /** The builtin class that gives its instances their substance; {@code object} for most. */
    public TypeValue builtinBase() {
        return builtinBase;
    }

    /**
     * Changes whenever an attribute of the class or of one it derives from changes, except that a counter or the like
     * may count without it: see {@link #dataVersion}.
     */
    public int version() {
        return version;
    }

    /** Changes whenever an attribute changes, even if it was and stays a plain number, text or None. */
    public int dataVersion() {
        return dataVersion;
    }

    /** The layout of an instance without attributes. */
    public Layout layout() {
        return layout;
    }

    /** The attributes of the class itself. */
    public Map<String, Object> members() {
        return members;
    }

    @Override
    public String qualifiedName() {
        String inner = members.get("__qualname__") instanceof String s ? s : name();
        return module().isEmpty() || module().equals("builtins") ? inner : module() + "." + inner;
    }

    @Override
    public List<TypeValue> resolutionOrder() {
        return order;
    }

    @Override
    public boolean isSubclassOf(TypeValue other) {
        return other == this || order.contains(other);
    }

    @Override
    public Object ownAttribute(String name) {
        return members.get(name);
    }

    @Override
    public Object lookup(String name) {
        Object known = found.get(name);
        if (known == null) {
            known = search(name, 0);
            found.put(name, known == null ? ABSENT : known);
        }
        return known == ABSENT ? null : known;
    }

    private Object search(String name, int from) {
        for (int i = from; i < order.size(); i++) {
            Object own = order.get(i).ownAttribute(name);
            if (own != null) {
                return own;
            }
        }
        return null;
    }

    /** The attribute as found behind {@code current} in the resolution order: what {@code super()} sees. */
    public Object lookupAfter(TypeValue current, String name) {
        return search(name, order.indexOf(current) + 1);
    }

    /** A special method that a script's class defines, such as {@code __len__}; null where only builtin ones are. */
    public Object scriptMethod(String name) {
        Object method = lookup(name);
        return method instanceof BuiltinFunction ? null : method;
    }

    @Override
    public Object attributeOf(Machine m, Object self, String name) {
        Object member = lookup(name);
        if (member != null) {
            return bind(m, member, self, this);
        }
        return super.attributeOf(m, self, name);
    }

    /** The member as seen through an instance, or through the class where self is null. */
    public static Object bind(Machine m, Object member, Object self, TypeValue owner) {
        if (member instanceof Descriptor d) {
            return d.get(m, self, owner);
        }
        if (member instanceof BuiltinFunction f && self != null) {
            return f.bindTo(m, InstanceValue.substance(self));
        }
        if (member instanceof InstanceValue i && i.type().lookup("__get__") != null) {
            return i.special(m, "__get__", self == null ? None.NONE : self, owner);
        }
        return member;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        switch (attribute) {
            case "__bases__":
                return TupleValue.of(bases.toArray());
            case "__dict__":
                return DictValue.of(members);
            case "__name__", "__mro__", "__class__":
                return super.attribute(m, attribute);
            default:
                Object member = lookup(attribute);
                if (member != null) {
                    return bind(m, member, null, this);
                }
                return super.attribute(m, attribute);
        }
    }

    @Override
    public Iteration iterate(Machine m) {
        Object hook = lookup(ITERATE);
        return hook == null ? super.iterate(m) : Semantics.iterate(m, Semantics.call(m, bind(m, hook, null, this)));
    }

    @Override
    public Object item(Machine m, Object key) {
        Object hook = lookup("__class_getitem__");
        return hook == null ? super.item(m, key) : Semantics.call(m, bind(m, hook, null, this), key);
    }

    @Override
    public int length(Machine m) {
        return lookup(ITERATE) == null ? super.length(m) : Semantics.elements(m, this).length;
    }

    @Override
    public void setAttribute(Machine m, String attribute, Object value) {
        Object before = members.put(attribute, value);
        if (isData(before) && isData(value) && !attribute.startsWith("__")) {
            dataChanged(attribute);
        } else {
            changed();
        }
    }

    /** What is the same through an instance, through the class and through whatever remembers how to find methods. */
    private static boolean isData(Object member) {
        return member instanceof Number || member instanceof String || member instanceof Boolean || member == None.NONE;
    }

    private void dataChanged(String attribute) {
        dataVersion++;
        found.remove(attribute);
        for (ClassValue c : derived) {
            c.dataChanged(attribute);
        }
    }

    @Override
    public void deleteAttribute(Machine m, String attribute) {
        if (members.remove(attribute) == null) {
            throw NnError.attribute("type object '" + name() + "' has no attribute '" + attribute + "'");
        }
        changed();
    }

    private void changed() {
        version++;
        dataVersion++;
        found.clear();
        for (ClassValue c : derived) {
            c.changed();
        }
    }

    @Override
    public List<String> attributeNames() {
        Set<String> names = new LinkedHashSet<>();
        for (TypeValue t : order) {
            names.addAll(t instanceof ClassValue c ? c.members.keySet() : t.attributeNames());
        }
        return new ArrayList<>(names);
    }

    /** The TypeError of an {@code __init__} that returned something. */
    public static NnError notNone(Object result) {
        return NnError.type("__init__() should return None, not '" + Semantics.typeOf(result).name() + "'");
    }

    /** The {@code __init__} of a class whose instances are made by nothing else; null where more has a say. */
    public Object onlyInit() {
        return builtinBase == CoreTypes.OBJECT && scriptMethod("__new__") == null ? scriptMethod("__init__") : null;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Object make = scriptMethod("__new__");
        Object instance;
        if (make == null) {
            instance = InstanceValue.make(m, this, arguments, keywords);
        } else {
            Object function = make instanceof StaticMethodValue s ? s.get(m, null, this) : make;
            instance = Semantics.call(m, function, BoundMethod.prepend(this, arguments), keywords);
            if (!(instance instanceof InstanceValue i) || !i.type().isSubclassOf(this)) {
                return instance;
            }
        }
        Object init = scriptMethod("__init__");
        if (init instanceof Value f) {
            Object result = f instanceof Descriptor d
                    ? d.callOn(m, instance, this, arguments, keywords)
                    : f.call(m, BoundMethod.prepend(instance, arguments), keywords);
            if (result != None.NONE) {
                throw notNone(result);
            }
        } else if (arguments.length > 0 && builtinBase == CoreTypes.OBJECT && make == null) {
            throw NnError.type(name() + "() takes no arguments");
        }
        return instance;
    }
}
