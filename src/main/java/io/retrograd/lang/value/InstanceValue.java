package io.retrograd.lang.value;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.tree.UnaryOperator;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An object of a class that a script defines. Where that class derives from a builtin one such as {@code list},
 * the instance carries an object of that class, its substance, which answers whatever the script's class does
 * not.
 */
public class InstanceValue implements Value {
    private static final Object[] NO_FIELDS = {};

    private TypeValue type;
    private Layout layout;
    private Object[] fields = NO_FIELDS;
    private Object substance;

    protected InstanceValue(TypeValue type) {
        this.type = type;
        this.layout = type instanceof ClassValue c ? c.layout() : Layout.BARE;
    }

    /** A new instance, before {@code __init__}; the arguments matter where the class derives from a builtin one. */
    public static Object make(Machine m, ClassValue type, Object[] arguments, String[] keywords) {
        TypeValue base = type.builtinBase();
        if (base instanceof ExceptionType) {
            return new ExceptionValue(type, Arrays.copyOf(arguments, arguments.length - keywords.length));
        }
        InstanceValue made = new InstanceValue(type);
        if (base != CoreTypes.OBJECT) {
            boolean ownInit = type.scriptMethod("__init__") != null;
            boolean fixed = base == CoreTypes.INT || base == CoreTypes.FLOAT || base == CoreTypes.STR || base == TupleValue.TYPE;
            made.embody(ownInit && !fixed ? base.call(m, new Object[0], new String[0]) : base.call(m, arguments, keywords));
        }
        return made;
    }

    /** A new instance of a class whose instances only {@code __init__} makes, before that. */
    public static InstanceValue bare(ClassValue type) {
        return new InstanceValue(type);
    }

    /** What a method of a builtin class works on: the substance of an instance that has one, else the object itself. */
    public static Object substance(Object o) {
        return o instanceof InstanceValue i && i.substance != null ? i.substance : o;
    }

    /** What {@code super().__init__(…)} of a class derived from a builtin one does: fills the substance anew. */
    public void refill(Machine m, Object[] arguments, String[] keywords) {
        if (substance != null) {
            embody(Semantics.typeOf(substance).call(m, arguments, keywords));
        }
    }

    private void embody(Object made) {
        substance = made;
        if (made instanceof Overridable o) {
            o.overriddenBy(this);
        }
    }

    @Override
    public TypeValue type() {
        return type;
    }

    /** Where its attributes lie. */
    public final Layout layout() {
        return layout;
    }

    public final Object field(int i) {
        return fields[i];
    }

    public final void field(int i, Object value) {
        fields[i] = value;
    }

    /** Its own attribute (not its class's), or null. */
    public final Object own(String name) {
        int i = layout.indexOf(name);
        return i < 0 ? null : fields[i];
    }

    /** Sets an attribute of its own, past all {@code __setattr__}. */
    public final void own(String name, Object value) {
        int i = layout.indexOf(name);
        if (i < 0) {
            i = layout.names().size();
            if (i >= fields.length) {
                fields = Arrays.copyOf(fields, Math.max(4, fields.length * 2));
            }
            layout = layout.with(name);
        }
        fields[i] = value;
    }

    /** Adds the attribute by which a layout is wider than the present one. */
    public final void grow(Layout wider, Object value) {
        int i = layout.names().size();
        if (i >= fields.length) {
            fields = Arrays.copyOf(fields, Math.max(4, fields.length * 2));
        }
        fields[i] = value;
        layout = wider;
    }

    /** Names of its own attributes, in the order in which they were first set. */
    public final List<String> ownNames() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < layout.names().size(); i++) {
            if (fields[i] != null) {
                names.add(layout.names().get(i));
            }
        }
        return names;
    }

    private ClassValue script() {
        return type instanceof ClassValue c ? c : null;
    }

    /** The special method that the script's class defines, bound, or null. */
    private Value method(Machine m, String name) {
        ClassValue c = script();
        Object found = c == null ? null : c.scriptMethod(name);
        return found == null ? null : (Value) ClassValue.bind(m, found, this, c);
    }

    private Object ask(Machine m, String name, Object... arguments) {
        ClassValue c = script();
        Object found = c == null ? null : c.scriptMethod(name);
        if (found == null) {
            return null;
        }
        if (found instanceof Descriptor d) {
            return d.callOn(m, this, c, arguments, Semantics.NO_KEYWORDS);
        }
        return Semantics.call(m, ClassValue.bind(m, found, this, c), arguments, Semantics.NO_KEYWORDS);
    }

    @Override
    public Object special(Machine m, String name, Object... arguments) {
        return ask(m, name, arguments);
    }

    @Override
    public Object attribute(Machine m, String name) {
        Value all = method(m, "__getattribute__");
        if (all == null) {
            Object found = ordinaryAttribute(m, name);
            return found != null ? found : ask(m, "__getattr__", name);
        }
        try {
            return all.call(m, new Object[] {name}, Semantics.NO_KEYWORDS);
        } catch (NnError e) {
            Object found = e.kind() == ErrorKind.ATTRIBUTE_ERROR ? ask(m, "__getattr__", name) : null;
            if (found == null) {
                throw e;
            }
            return found;
        }
    }

    /** The attribute without asking {@code __getattribute__} and {@code __getattr__}; null if there is none. */
    public Object ordinaryAttribute(Machine m, String name) {
        Object member = type.lookup(name);
        if (member instanceof Descriptor d && d.comesFirst()) {
            return d.get(m, this, type);
        }
        if (member instanceof InstanceValue i && i.type().lookup("__set__") != null) {
            return ClassValue.bind(m, member, this, type);
        }
        Object own = own(name);
        if (own != null) {
            return own;
        }
        if (member != null) {
            return ClassValue.bind(m, member, this, type);
        }
        switch (name) {
            case "__class__":
                return type;
            case "__dict__":
                return new AttributeDict(m, this);
            case "__module__":
                return type.module();
            case "__doc__":
                return None.NONE;
            default:
                Object found = substance == null ? null : Semantics.attributeOrNull(m, substance, name);
                return found != null ? found : SuperValue.objectMethod(this, name);
        }
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        Value all = method(m, "__setattr__");
        if (all != null) {
            all.call(m, new Object[] {name, value}, Semantics.NO_KEYWORDS);
            return;
        }
        setOrdinaryAttribute(m, name, value);
    }

    /** Sets the attribute without asking {@code __setattr__}. */
    public void setOrdinaryAttribute(Machine m, String name, Object value) {
        Object member = type.lookup(name);
        if (member instanceof Descriptor d && d.comesFirst()) {
            d.set(m, this, value);
            return;
        }
        if (member instanceof InstanceValue i && i.type().lookup("__set__") != null) {
            i.special(m, "__set__", this, value);
            return;
        }
        if (name.equals("__class__") && value instanceof ClassValue c) {
            type = c;
            Layout old = layout;
            layout = c.layout();
            for (String n : old.names()) {
                layout = layout.with(n);
            }
            return;
        }
        if (name.equals("__dict__") && value instanceof DictValue d) {
            Arrays.fill(fields, null);
            for (Object key : Semantics.elements(m, d)) {
                own(Semantics.str(m, key), d.item(m, key));
            }
            return;
        }
        own(name, value);
    }

    @Override
    public void deleteAttribute(Machine m, String name) {
        if (ask(m, "__delattr__", name) != null) {
            return;
        }
        if (type.lookup(name) instanceof Descriptor d && d.comesFirst()) {
            d.delete(m, this);
            return;
        }
        if (!forget(name)) {
            throw Semantics.noAttribute(m, this, name);
        }
    }

    /** Removes an attribute of its own; false if it has none of that name. */
    public final boolean forget(String name) {
        int at = layout.indexOf(name);
        if (at < 0) {
            return false;
        }
        Layout old = layout;
        Object[] values = fields;
        layout = type instanceof ClassValue c ? c.layout() : Layout.empty();
        fields = NO_FIELDS;
        for (int i = 0; i < old.names().size(); i++) {
            if (i != at) {
                own(old.names().get(i), values[i]);
            }
        }
        return true;
    }

    @Override
    public boolean isCallable() {
        return type.lookup("__call__") != null;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Value method = method(m, "__call__");
        if (method != null) {
            return method.call(m, arguments, keywords);
        }
        return substance instanceof Value v && v.isCallable() ? v.call(m, arguments, keywords) : Value.super.call(m, arguments, keywords);
    }

    private static Object orNotImplemented(Object answer) {
        return answer == null ? NotImplementedValue.NOT_IMPLEMENTED : answer;
    }

    @Override
    public Object binary(Machine m, BinaryOperator operator, Object right) {
        Object answer = ask(m, operator.method(), right);
        if (answer == null && operator == BinaryOperator.DIVIDE) {
            answer = ask(m, "__div__", right);
        }
        if (answer == null && substance != null) {
            return Semantics.binary(m, operator, substance, substance(right));
        }
        return orNotImplemented(answer);
    }

    @Override
    public Object reflected(Machine m, BinaryOperator operator, Object left) {
        Object answer = ask(m, operator.reflected(), left);
        if (answer == null && operator == BinaryOperator.DIVIDE) {
            answer = ask(m, "__rdiv__", left);
        }
        if (answer == null && substance != null) {
            return Semantics.binary(m, operator, left, substance);
        }
        return orNotImplemented(answer);
    }

    @Override
    public Object inPlace(Machine m, BinaryOperator operator, Object right) {
        Object answer = ask(m, operator.inPlace(), right);
        if (answer != null && answer != NotImplementedValue.NOT_IMPLEMENTED) {
            return answer;
        }
        if (substance instanceof ListValue && method(m, operator.method()) == null) {
            substance = Semantics.inPlace(m, operator, substance, right);
            return this;
        }
        return binary(m, operator, right);
    }

    @Override
    public Object unary(Machine m, UnaryOperator operator) {
        Object answer = ask(m, operator.method());
        if (answer != null) {
            return answer;
        }
        return substance == null ? Value.super.unary(m, operator) : Semantics.unary(m, operator, substance);
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        Object answer = ask(m, operator.method(), other);
        if (answer == null && operator == CompareOperator.NOT_EQUAL) {
            answer = ask(m, "__eq__", other);
            if (answer != null && answer != NotImplementedValue.NOT_IMPLEMENTED) {
                return !Semantics.truth(m, answer);
            }
        }
        if (answer == null && operator != CompareOperator.EQUAL && operator != CompareOperator.NOT_EQUAL) {
            answer = oldComparison(m, operator, other);
        }
        if (answer == null && substance != null) {
            return Semantics.compare(m, operator, substance, substance(other));
        }
        return orNotImplemented(answer);
    }

    /** Python 2's {@code __cmp__}. */
    private Object oldComparison(Machine m, CompareOperator operator, Object other) {
        Object sign = ask(m, "__cmp__", other);
        return sign == null || sign == NotImplementedValue.NOT_IMPLEMENTED
                ? sign
                : (Object) Semantics.holds(operator, Long.signum(Semantics.index(m, sign)));
    }

    @Override
    public long hash(Machine m) {
        ClassValue c = script();
        Object own = c == null ? null : c.scriptMethod("__hash__");
        if (own != null && own != None.NONE) {
            Object hash = ask(m, "__hash__");
            return hash instanceof BigInteger big ? big.hashCode() : Semantics.index(m, hash);
        }
        if (c != null && c.scriptMethod("__eq__") != null) {
            throw NnError.type("unhashable type: '" + type.name() + "'");
        }
        return substance == null ? System.identityHashCode(this) : Semantics.hash(m, substance);
    }

    @Override
    public boolean truth(Machine m) {
        Object answer = ask(m, "__bool__");
        if (answer == null) {
            answer = ask(m, "__nonzero__");
        }
        if (answer == null) {
            answer = ask(m, "__len__");
        }
        if (answer != null) {
            return Semantics.truth(m, answer);
        }
        return substance == null || Semantics.truth(m, substance);
    }

    @Override
    public int length(Machine m) {
        Object answer = ask(m, "__len__");
        if (answer == null) {
            return substance == null ? Value.super.length(m) : Semantics.length(m, substance);
        }
        long n = Semantics.index(m, answer);
        if (n < 0) {
            throw NnError.value("__len__() should return >= 0");
        }
        return (int) Math.min(n, Integer.MAX_VALUE);
    }

    @Override
    public Object next(Machine m) {
        Value method = method(m, "__next__");
        if (method == null) {
            method = method(m, "next");
        }
        if (method == null) {
            return substance == null ? Value.super.next(m) : Semantics.next(m, substance);
        }
        try {
            return method.call(m, new Object[0], Semantics.NO_KEYWORDS);
        } catch (NnError e) {
            if (e.kind() == ErrorKind.STOP_ITERATION) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public Iteration iterate(Machine m) {
        Object iterator = ask(m, "__iter__");
        if (iterator == null && method(m, "__getitem__") != null) {
            return new ByIndex(this);
        }
        if (iterator == null) {
            return substance == null ? Value.super.iterate(m) : Semantics.iterate(m, substance);
        }
        if (iterator instanceof InstanceValue i) {
            if (i.method(m, "__next__") == null && i.method(m, "next") == null) {
                throw NnError.type("iter() returned non-iterator of type '" + i.type.name() + "'");
            }
            return new ByNext(i);
        }
        return Semantics.iterate(m, iterator);
    }

    /** A script's iterator: asks its class for {@code __next__} once, and again when the class has changed. */
    private static final class ByNext implements Iteration {
        private final InstanceValue iterator;
        private ClassValue type;
        private int version;
        private Descriptor next;

        ByNext(InstanceValue iterator) {
            this.iterator = iterator;
        }

        @Override
        public Object next(Machine m) {
            if (iterator.type != type || type.version() != version) {
                if (!(iterator.type instanceof ClassValue c && c.scriptMethod("__next__") instanceof Descriptor d)) {
                    return iterator.next(m);
                }
                type = c;
                version = c.version();
                next = d;
            }
            try {
                return next.callOn(m, iterator, type, Semantics.NO_ARGUMENTS, Semantics.NO_KEYWORDS);
            } catch (NnError e) {
                if (e.kind() == ErrorKind.STOP_ITERATION) {
                    return null;
                }
                throw e;
            }
        }
    }

    /** The old protocol of iteration: items 0, 1, … until IndexError. */
    private static final class ByIndex implements Iteration {
        private final InstanceValue items;
        private long next;

        ByIndex(InstanceValue items) {
            this.items = items;
        }

        @Override
        public Object next(Machine m) {
            try {
                return items.item(m, next++);
            } catch (NnError e) {
                if (e.kind() == ErrorKind.INDEX_ERROR || e.kind() == ErrorKind.STOP_ITERATION) {
                    return null;
                }
                throw e;
            }
        }
    }

    @Override
    public boolean contains(Machine m, Object element) {
        Object answer = ask(m, "__contains__", element);
        if (answer != null) {
            return Semantics.truth(m, answer);
        }
        return substance != null && method(m, "__iter__") == null
                ? Semantics.contains(m, substance, element)
                : Value.super.contains(m, element);
    }

    @Override
    public Object item(Machine m, Object key) {
        Object answer = ask(m, "__getitem__", key);
        if (answer != null) {
            return answer;
        }
        if (substance == null) {
            return Value.super.item(m, key);
        }
        Value missing = method(m, "__missing__");
        if (missing != null && !Semantics.contains(m, substance, key)) {
            return missing.call(m, new Object[] {key}, Semantics.NO_KEYWORDS);
        }
        return Semantics.item(m, substance, key);
    }

    @Override
    public void setItem(Machine m, Object key, Object value) {
        if (ask(m, "__setitem__", key, value) == null) {
            if (substance == null) {
                Value.super.setItem(m, key, value);
            } else {
                Semantics.setItem(m, substance, key, value);
            }
        }
    }

    @Override
    public void deleteItem(Machine m, Object key) {
        if (ask(m, "__delitem__", key) == null) {
            if (substance == null) {
                Value.super.deleteItem(m, key);
            } else {
                Semantics.deleteItem(m, substance, key);
            }
        }
    }

    @Override
    public String repr(Machine m) {
        Object text = ask(m, "__repr__");
        if (text == null) {
            return substance == null ? defaultRepr(m) : Semantics.repr(m, substance);
        }
        return text(text, "__repr__");
    }

    /** What {@code object.__repr__} says. */
    public String defaultRepr(Machine m) {
        return "<" + type.qualifiedName() + " object at " + Semantics.address(this) + ">";
    }

    @Override
    public String str(Machine m) {
        Object text = ask(m, "__str__");
        if (text == null) {
            text = ask(m, "__unicode__");
        }
        if (text == null) {
            return substance != null && method(m, "__repr__") == null ? Semantics.str(m, substance) : repr(m);
        }
        return text(text, "__str__");
    }

    private static String text(Object value, String method) {
        if (substance(value) instanceof String s) {
            return s;
        }
        throw NnError.type(method + " returned non-string (type " + Semantics.typeOf(value).name() + ")");
    }

    @Override
    public String format(Machine m, String spec) {
        Object text = ask(m, "__format__", spec);
        if (text != null) {
            return text(text, "__format__");
        }
        return substance == null || spec.isEmpty() ? Value.super.format(m, spec) : Semantics.format(m, substance, spec);
    }

    @Override
    public Object asIndex(Machine m) {
        Object answer = ask(m, "__index__");
        return answer == null && (substance instanceof Long || substance instanceof BigInteger) ? substance : answer;
    }

    @Override
    public Object asInt(Machine m) {
        Object answer = ask(m, "__int__");
        return answer == null ? asIndex(m) : answer;
    }

    @Override
    public Double asFloat(Machine m) {
        Object answer = ask(m, "__float__");
        if (answer == null) {
            answer = substance instanceof Double ? substance : asIndex(m);
        }
        return answer == null ? null : (Double) Semantics.real(m, answer);
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Set<String> names = new LinkedHashSet<>(ownNames());
        names.addAll(type.attributeNames());
        return names;
    }
}
