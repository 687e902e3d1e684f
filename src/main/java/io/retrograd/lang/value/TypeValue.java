package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.BuiltinTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A class of the language. Builtin ones are immutable constants that find their methods in a
 * {@link BuiltinTable}, a function called {@code __new__} there makes an instance when the class is called; those
 * that scripts write are {@code ClassValue}, a subclass.
 */
public class TypeValue implements Value {
    private final String module;
    private final String name;
    private final TypeValue base;
    private final BuiltinTable methods;
    private final Constructor constructor;

    /** The {@code __new__} of the table, an immutable constant of it; null until somebody asked. */
    private BuiltinFunction make;

    /** Makes an instance when the class is called, where no {@code __new__} in the table does. */
    @FunctionalInterface
    public interface Constructor {
        Object call(Machine m, Object[] arguments, String[] keywords);
    }

    public TypeValue(String module, String name, TypeValue base, BuiltinTable methods, Constructor constructor) {
        this.module = module;
        this.name = name;
        this.base = base;
        this.methods = methods;
        this.constructor = constructor;
    }

    /** A builtin class below {@code object} that scripts cannot instantiate. */
    public static TypeValue opaque(String module, String name, BuiltinTable methods) {
        return new TypeValue(module, name, CoreTypes.OBJECT, methods, null);
    }

    /** {@code int}, {@code ndarray}. */
    public String name() {
        return name;
    }

    /** The name in error messages: C's types say their module, {@code numpy.ndarray}. */
    public String errorName() {
        return module.equals("numpy") ? qualifiedName() : name;
    }

    public String module() {
        return module;
    }

    /** {@code int}, {@code numpy.ndarray}. */
    public String qualifiedName() {
        return module.isEmpty() || module.equals("builtins") ? name : module + "." + name;
    }

    /** The class it derives from; null only for {@code object}. */
    public TypeValue base() {
        return base;
    }

    /** Itself and what it derives from, in the order in which attributes are looked up. */
    public List<TypeValue> resolutionOrder() {
        List<TypeValue> order = new ArrayList<>();
        for (TypeValue t = this; t != null; t = t.base()) {
            order.add(t);
        }
        return order;
    }

    /** Whether {@code isinstance(o, this)}. */
    public boolean hasInstance(Machine m, Object o) {
        return Semantics.typeOf(o).isSubclassOf(this);
    }

    public boolean isSubclassOf(TypeValue other) {
        for (TypeValue t = this; t != null; t = t.base()) {
            if (t == other) {
                return true;
            }
        }
        return false;
    }

    /** The attribute that the class itself (not its bases) holds, unbound; null if there is none. */
    public Object ownAttribute(String name) {
        return methods == null ? null : methods.find(name);
    }

    /** The attribute as found along the resolution order, unbound; null if there is none. */
    public Object lookup(String name) {
        for (TypeValue t : resolutionOrder()) {
            Object found = t.ownAttribute(name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** {@code self.name} where the class answers it: a method bound to self, or a property's value; else null. */
    public Object attributeOf(Machine m, Object self, String name) {
        for (TypeValue t = this; t != null; t = t.base()) {
            BuiltinFunction found = t.methods == null ? null : t.methods.find(name);
            if (found != null) {
                return found.bindTo(m, self);
            }
        }
        return switch (name) {
            case "__class__" -> this;
            case "__doc__" -> None.NONE;
            default -> null;
        };
    }

    /** Names of all attributes, for {@code dir}, completion and spelling help. */
    public List<String> attributeNames() {
        List<String> names = new ArrayList<>();
        for (TypeValue t : resolutionOrder()) {
            if (t.methods != null) {
                names.addAll(List.of(t.methods.names()));
            }
        }
        return names;
    }

    /** A class shows what its instances can be asked, not what a class can. */
    @Override
    public Collection<String> attributeNames(Machine m) {
        return attributeNames();
    }

    /** The class that a class statement derives from which names this one. */
    public TypeValue inheritable(Machine m) {
        return this;
    }

    /** What a class statement gives that derives from this class: the class as made, but for bases that make another of it. */
    public Object derive(Machine m, ClassValue made) {
        return made;
    }

    @Override
    public TypeValue type() {
        return CoreTypes.TYPE;
    }

    @Override
    public Object attribute(Machine m, String attribute) {
        switch (attribute) {
            case "__name__", "__qualname__":
                return name;
            case "__module__":
                return module;
            case "__bases__":
                return base == null ? TupleValue.EMPTY : TupleValue.of(base);
            case "__mro__":
                return TupleValue.of(resolutionOrder().toArray());
            case "__dict__":
                DictValue own = new DictValue();
                if (methods != null) {
                    for (String each : methods.names()) {
                        own.putText(each, methods.find(each));
                    }
                }
                return own;
            case "__new__":
                return SuperValue.unboundObjectMethod(this, attribute);
            default:
                Object found = lookup(attribute);
                if (found == null) {
                    found = CoreTypes.TYPE.attributeOf(m, this, attribute);
                }
                return found != null ? found : SuperValue.unboundObjectMethod(this, attribute);
        }
    }

    /** The builtin that makes an instance when the class is called, where nothing else has a say; null if none does. */
    public BuiltinFunction maker() {
        return constructor == null && getClass() == TypeValue.class ? tableMaker() : null;
    }

    private BuiltinFunction tableMaker() {
        BuiltinFunction found = make;
        if (found == null && methods != null) {
            found = methods.find("__new__");
            make = found;
        }
        return found;
    }

    @Override
    public boolean isCallable() {
        return true;
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        if (constructor == null) {
            BuiltinFunction maker = tableMaker();
            if (maker != null) {
                return maker.callAs(m, name, arguments, keywords);
            }
            throw NnError.type("cannot create '" + qualifiedName() + "' instances");
        }
        return constructor.call(m, arguments, keywords);
    }

    @Override
    public String repr(Machine m) {
        return "<class '" + qualifiedName() + "'>";
    }
}
