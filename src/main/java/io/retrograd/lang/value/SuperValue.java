package io.retrograd.lang.value;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import java.util.Arrays;

/** What {@code super()} gives: an object seen as an instance of what comes behind a class in its resolution order. */
public final class SuperValue implements Value {
    public static final TypeValue TYPE =
            new TypeValue("builtins", "super", CoreTypes.OBJECT, null, SuperValue::construct);

    private final TypeValue after;
    private final Object self;

    public SuperValue(TypeValue after, Object self) {
        this.after = after;
        this.self = self;
    }

    private static Object construct(Machine m, Object[] arguments, String[] keywords) {
        if (arguments.length == 0) {
            throw NnError.runtime("super(): no arguments");
        }
        if (arguments.length == 2 && arguments[0] instanceof TypeValue t) {
            boolean fits = arguments[1] instanceof TypeValue c && c.isSubclassOf(t)
                    || Semantics.typeOf(arguments[1]).isSubclassOf(t);
            if (!fits) {
                throw NnError.type("super(type, obj): obj must be an instance or subtype of type");
            }
            return new SuperValue(t, arguments[1]);
        }
        throw NnError.type("super() argument 1 must be a type, not " + Semantics.typeOf(arguments[0]).name());
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        boolean ofClass = self instanceof TypeValue c && c.isSubclassOf(after);
        TypeValue of = ofClass ? (TypeValue) self : Semantics.typeOf(self);
        Object member = of instanceof ClassValue c ? c.lookupAfter(after, name) : null;
        if (member == null || member instanceof BuiltinFunction && InstanceValue.substance(self) != self) {
            Object own = builtin(name);
            if (own != null) {
                return own;
            }
        }
        if (member != null) {
            return ClassValue.bind(m, member, ofClass ? null : self, of);
        }
        return null;
    }

    /** A method that every object has from {@code object}, bound to one; null if there is none of that name. */
    static Object objectMethod(Object self, String name) {
        return name.startsWith("__") ? new SuperValue(CoreTypes.OBJECT, self).builtin(name) : null;
    }

    /** The same unbound, as {@code object.__setattr__}: called with the object first. */
    static Object unboundObjectMethod(TypeValue type, String name) {
        return switch (name) {
            case "__new__" -> new NewOfObject();
            case "__init__", "__setattr__", "__getattribute__", "__delattr__", "__repr__", "__str__", "__eq__", "__hash__" ->
                new Unbound(name);
            case "__getitem__", "__setitem__", "__len__", "__contains__" ->
                type.isSubclassOf(ListValue.TYPE) || type.isSubclassOf(DictValue.TYPE) ? new Unbound(name) : null;
            default -> null;
        };
    }

    private record Unbound(String name) implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            if (arguments.length == keywords.length) {
                throw NnError.type("unbound method object." + name + "() needs an argument");
            }
            Object method = objectMethod(arguments[0], name);
            if (method == null) {
                method = Semantics.attribute(m, arguments[0], name);
            }
            Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            return Semantics.call(m, method, rest, keywords);
        }
    }

    /** The methods of {@code object}, and {@code __init__} of a builtin class, which scripts call from their own. */
    private Object builtin(String name) {
        switch (name) {
            case "__init__", "__init_subclass__":
                return new InitOfSubstance(self);
            case "__new__":
                return new NewOfObject();
            case "__setattr__":
                return new NativeFunction(name, (m, a) -> {
                    if (self instanceof InstanceValue i) {
                        i.setOrdinaryAttribute(m, (String) a[0], a[1]);
                    } else {
                        Semantics.setAttribute(m, self, (String) a[0], a[1]);
                    }
                    return None.NONE;
                });
            case "__getattribute__", "__getattr__":
                return new NativeFunction(name, (m, a) -> {
                    Object found = self instanceof InstanceValue i
                            ? i.ordinaryAttribute(m, (String) a[0])
                            : Semantics.attributeOrNull(m, self, (String) a[0]);
                    if (found == null) {
                        throw Semantics.noAttribute(m, self, (String) a[0]);
                    }
                    return found;
                });
            case "__delattr__":
                return new NativeFunction(name, (m, a) -> {
                    if (!(self instanceof InstanceValue i) || !i.forget((String) a[0])) {
                        throw Semantics.noAttribute(m, self, (String) a[0]);
                    }
                    return None.NONE;
                });
            default:
                return onSubstance(name);
        }
    }

    private Object onSubstance(String name) {
        Object substance = InstanceValue.substance(self);
        boolean has = substance != self;
        switch (name) {
            case "__getitem__":
                return has ? new NativeFunction(name, (m, a) -> Semantics.item(m, substance, a[0])) : null;
            case "__setitem__":
                return has
                        ? new NativeFunction(name, (m, a) -> {
                            Semantics.setItem(m, substance, a[0], a[1]);
                            return None.NONE;
                        })
                        : null;
            case "__len__":
                return has ? new NativeFunction(name, (m, a) -> (long) Semantics.length(m, substance)) : null;
            case "__contains__":
                return has ? new NativeFunction(name, (m, a) -> Semantics.contains(m, substance, a[0])) : null;
            case "__eq__":
                return new NativeFunction(name, (m, a) -> has
                        ? (Object) Semantics.equal(m, substance, InstanceValue.substance(a[0]))
                        : self == a[0] ? (Object) Boolean.TRUE : NotImplementedValue.NOT_IMPLEMENTED);
            case "__hash__":
                return new NativeFunction(name, (m, a) -> has
                        ? Semantics.hash(m, substance)
                        : (long) System.identityHashCode(self));
            case "__repr__", "__str__":
                return new NativeFunction(name, (m, a) -> has || !(self instanceof InstanceValue i)
                        ? Semantics.repr(m, substance)
                        : name.equals("__repr__") ? i.defaultRepr(m) : i.repr(m));
            default:
                return null;
        }
    }

    /** {@code object.__init__} takes anything and does nothing; that of a builtin class fills the substance. */
    private record InitOfSubstance(Object self) implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            if (self instanceof InstanceValue i) {
                i.refill(m, arguments, keywords);
            }
            return None.NONE;
        }
    }

    /** {@code object.__new__}: an empty instance of the class given. */
    private record NewOfObject() implements Value {
        @Override
        public TypeValue type() {
            return CoreTypes.BUILTIN_FUNCTION;
        }

        @Override
        public boolean isCallable() {
            return true;
        }

        @Override
        public Object call(Machine m, Object[] arguments, String[] keywords) {
            if (arguments.length == 0 || !(arguments[0] instanceof TypeValue t)) {
                throw NnError.type("object.__new__(): not enough arguments");
            }
            Object[] rest = Arrays.copyOfRange(arguments, 1, arguments.length);
            return t instanceof ClassValue c ? InstanceValue.make(m, c, rest, keywords) : t.call(m, rest, keywords);
        }
    }

    @Override
    public String repr(Machine m) {
        return "<super: <class '" + after.name() + "'>, <" + Semantics.typeOf(self).name() + " object>>";
    }
}
