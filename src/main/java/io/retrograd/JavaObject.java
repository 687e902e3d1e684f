package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lang.value.Value;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A Java object in a script: the public methods and fields of its public classes and interfaces. What would lead from
 * an object to the machinery of Java (its class, reflection, threads, class loaders) is not there.
 */
final class JavaObject implements Value {
    private static final TypeValue TYPE = TypeValue.opaque("java", "object", null);

    private final Object target;
    private final Values values;

    JavaObject(Object target, Values values) {
        this.target = target;
        this.values = values;
    }

    Object target() {
        return target;
    }

    /** Whether a class may be looked into from here. */
    static boolean isVisible(Class<?> c) {
        return Modifier.isPublic(c.getModifiers()) && c.getModule().isExported(c.getPackageName());
    }

    private boolean isClosed() {
        return target instanceof Class<?> || target instanceof ClassLoader || target instanceof Module || target instanceof Thread
                || target instanceof ThreadGroup || target instanceof Runtime || target instanceof Process || target instanceof ProcessHandle
                || target instanceof MethodHandle || target.getClass().getPackageName().startsWith("java.lang.reflect")
                || target.getClass().getPackageName().startsWith("java.lang.invoke");
    }

    private List<Method> methods(String name) {
        List<Method> found = new ArrayList<>();
        if (isClosed()) {
            return found;
        }
        for (Method m : target.getClass().getMethods()) {
            if (m.getName().equals(name) && !isMachinery(m)) {
                Method open = open(target.getClass(), m);
                if (open != null && !m.isBridge()) {
                    found.add(open);
                }
            }
        }
        return found;
    }

    private static boolean isMachinery(Method m) {
        return switch (m.getName()) {
            case "getClass", "wait", "notify", "notifyAll", "getDeclaringClass" -> true;
            default -> false;
        };
    }

    /** The method where a visible class or interface declares it, or null. */
    private static Method open(Class<?> c, Method m) {
        if (isVisible(m.getDeclaringClass())) {
            return m;
        }
        for (Class<?> each = c; each != null; each = each.getSuperclass()) {
            if (isVisible(each)) {
                try {
                    return each.getMethod(m.getName(), m.getParameterTypes());
                } catch (NoSuchMethodException elsewhere) {
                    continue;
                }
            }
            for (Class<?> face : each.getInterfaces()) {
                Method found = open(face, m.getName(), m.getParameterTypes());
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Method open(Class<?> face, String name, Class<?>[] parameters) {
        if (!isVisible(face)) {
            return null;
        }
        try {
            return face.getMethod(name, parameters);
        } catch (NoSuchMethodException elsewhere) {
            return null;
        }
    }

    private Optional<Field> field(String name) {
        if (isClosed()) {
            return Optional.empty();
        }
        try {
            Field f = target.getClass().getField(name);
            return isVisible(f.getDeclaringClass()) ? Optional.of(f) : Optional.empty();
        } catch (NoSuchFieldException none) {
            return Optional.empty();
        }
    }

    @Override
    public TypeValue type() {
        return TYPE;
    }

    @Override
    public Object attribute(Machine m, String name) {
        if (!methods(name).isEmpty()) {
            return new NativeFunction(name, (machine, arguments) -> invoke(methods(name), name, arguments));
        }
        Optional<Field> field = field(name);
        if (field.isPresent()) {
            return values.given(Values.calling(() -> field.get().get(target)));
        }
        return null;
    }

    @Override
    public void setAttribute(Machine m, String name, Object value) {
        Field field = field(name).filter(f -> !Modifier.isFinal(f.getModifiers())).orElse(null);
        if (field == null) {
            Value.super.setAttribute(m, name, value);
            return;
        }
        Object converted = converted(value, field.getType());
        Values.calling(() -> {
            field.set(target, converted);
            return null;
        });
    }

    @Override
    public Collection<String> attributeNames(Machine m) {
        Collection<String> names = new TreeSet<>();
        if (!isClosed()) {
            for (Method each : target.getClass().getMethods()) {
                if (!isMachinery(each) && open(target.getClass(), each) != null) {
                    names.add(each.getName());
                }
            }
            for (Field each : target.getClass().getFields()) {
                names.add(each.getName());
            }
        }
        return names;
    }

    private Object converted(Object value, Class<?> type) {
        try {
            return values.toJava(value, type);
        } catch (IllegalArgumentException unfit) {
            throw NnError.type(unfit.getMessage());
        }
    }

    /** Calls the first of the methods that the arguments fit best. */
    private Object invoke(List<Method> methods, String name, Object[] arguments) {
        Method best = null;
        Object[] bestArguments = null;
        int bestScore = Integer.MAX_VALUE;
        NnError misfit = null;
        for (Method each : methods) {
            try {
                Object[] converted = fit(each, arguments);
                int score = converted == null ? Integer.MAX_VALUE : score(each, arguments);
                if (converted != null && score < bestScore) {
                    best = each;
                    bestArguments = converted;
                    bestScore = score;
                }
            } catch (NnError unfit) {
                misfit = unfit;
            }
        }
        if (best == null) {
            throw misfit != null && methods.size() == 1 ? misfit
                    : NnError.type(name + "() of a Java object takes no such " + arguments.length + " arguments");
        }
        Method chosen = best;
        Object[] given = bestArguments;
        return values.given(Values.calling(() -> {
            try {
                return chosen.invoke(target, given);
            } catch (InvocationTargetException thrown) {
                if (thrown.getCause() instanceof Error e) {
                    throw e;
                }
                throw (Exception) thrown.getCause();
            }
        }));
    }

    /** The arguments as the method takes them; null if it takes another number. */
    private Object[] fit(Method m, Object[] arguments) {
        Class<?>[] types = m.getParameterTypes();
        if (m.isVarArgs() && arguments.length >= types.length - 1
                && !(arguments.length == types.length && arguments[types.length - 1] instanceof ListValue)) {
            Class<?> element = types[types.length - 1].getComponentType();
            Object[] all = new Object[types.length];
            for (int i = 0; i < types.length - 1; i++) {
                all[i] = converted(arguments[i], types[i]);
            }
            int rest = arguments.length - types.length + 1;
            Object last = Array.newInstance(element, rest);
            for (int i = 0; i < rest; i++) {
                Array.set(last, i, converted(arguments[types.length - 1 + i], element));
            }
            all[types.length - 1] = last;
            return all;
        }
        if (arguments.length != types.length) {
            return null;
        }
        Object[] all = new Object[types.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = converted(arguments[i], types[i]);
        }
        return all;
    }

    /** Small where the parameters are what the arguments are already. */
    private static int score(Method m, Object[] arguments) {
        int score = m.isVarArgs() ? 100 : 0;
        Class<?>[] types = m.getParameterTypes();
        for (int i = 0; i < Math.min(types.length, arguments.length); i++) {
            score += score(types[i], arguments[i]);
        }
        return score;
    }

    private static int score(Class<?> type, Object argument) {
        if (argument instanceof Long) {
            return type == long.class || type == Long.class ? 0 : type == int.class || type == Integer.class ? 1
                    : type == double.class || type == Double.class ? 3 : type == Object.class ? 9 : 4;
        }
        if (argument instanceof Double) {
            return type == double.class || type == Double.class ? 0 : type == float.class ? 1 : type == Object.class ? 9 : 4;
        }
        return type == Object.class ? 9 : type.isInterface() ? 2 : 0;
    }

    @Override
    public boolean isCallable() {
        return Functional.methodOf(target.getClass()).isPresent();
    }

    @Override
    public Object call(Machine m, Object[] arguments, String[] keywords) {
        Optional<Method> method = isClosed() ? Optional.empty() : Functional.methodOf(target.getClass());
        if (method.isEmpty()) {
            return Value.super.call(m, arguments, keywords);
        }
        if (keywords.length > 0) {
            throw NnError.type("a Java function takes no keyword arguments");
        }
        return invoke(List.of(method.get()), method.get().getName(), arguments);
    }

    @Override
    public Iteration iterate(Machine m) {
        if (!(target instanceof Iterable<?> all) || isClosed()) {
            return Value.super.iterate(m);
        }
        Iterator<?> each = (Iterator<?>) Values.calling(all::iterator);
        return machine -> {
            machine.step();
            return (boolean) Values.calling(each::hasNext) ? values.given(Values.calling(each::next)) : null;
        };
    }

    @Override
    public boolean sameAs(Object other) {
        return other instanceof JavaObject o && o.target == target;
    }

    @Override
    public Object compare(Machine m, CompareOperator operator, Object other) {
        return switch (operator) {
            case EQUAL -> equalTo(other);
            case NOT_EQUAL -> !equalTo(other);
            default -> Value.super.compare(m, operator, other);
        };
    }

    private boolean equalTo(Object other) {
        return other instanceof JavaObject o && (boolean) Values.calling(() -> target.equals(o.target));
    }

    @Override
    public long hash(Machine m) {
        return (int) Values.calling(target::hashCode);
    }

    @Override
    public String repr(Machine m) {
        return Values.calling(target::toString) instanceof String s ? s
                : throwing(new NnError(ErrorKind.TYPE_ERROR, "__str__ returned non-string"));
    }

    private static String throwing(NnError e) {
        throw e;
    }
}
