package io.retrograd;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.error.StopCheck;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.DictValue;
import io.retrograd.lang.value.FrozenSetValue;
import io.retrograd.lang.value.IntMath;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.NativeFunction;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.RangeValue;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import io.retrograd.lib.numpy.ArrayMaker;
import io.retrograd.lib.numpy.ArrayValue;
import io.retrograd.limit.ScriptThread;
import io.retrograd.tensor.NdArray;
import java.io.File;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** The way of values between Java and the scripts of one interpreter. */
final class Values {
    private final Machine machine;
    private final Worker worker;

    Values(Machine machine, Worker worker) {
        this.machine = machine;
        this.worker = worker;
    }

    /** A value that has no counterpart on the other side: the caller's mistake, not the script's. */
    static final class Misfit extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        Misfit(String message) {
            super(message);
        }
    }

    // ---- Into the script.

    /** @throws IllegalArgumentException if it has no counterpart there */
    Object toScript(Object value) {
        try {
            return toScript(value, new IdentityHashMap<>());
        } catch (NnError unhashable) {
            throw new Misfit(unhashable.getMessage());
        } catch (StackOverflowError tooDeep) {
            throw new Misfit("collections nest too deeply");
        }
    }

    /** @param above the collections that the value lies in: one that is in itself has no end */
    private Object toScript(Object value, Map<Object, Object> above) {
        if (value == null) {
            return None.NONE;
        }
        if (value instanceof Boolean || value instanceof Long || value instanceof String) {
            return value;
        }
        if (value instanceof Double d) {
            return d;
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte || value instanceof AtomicInteger
                || value instanceof AtomicLong) {
            return ((Number) value).longValue();
        }
        if (value instanceof BigInteger big) {
            return IntMath.normal(big);
        }
        if (value instanceof Character || value instanceof Path || value instanceof File) {
            return value.toString();
        }
        if (value instanceof Optional<?> o) {
            return toScript(o.orElse(null), above);
        }
        if (value instanceof Handle h) {
            return h.inScript(worker);
        }
        if (value instanceof JavaFunction f) {
            return function("java function", f);
        }
        if (value instanceof Value inner) {
            return inner;
        }
        if (value.getClass().isArray() || value instanceof Collection<?> || value instanceof Map<?, ?>) {
            if (above.put(value, value) != null) {
                throw new Misfit("a collection is an element of itself");
            }
            Object copy = collection(value, above);
            above.remove(value);
            return copy;
        }
        return new JavaObject(value, this);
    }

    private Object collection(Object value, Map<Object, Object> above) {
        if (value instanceof byte[] bytes) {
            return new BytesValue(bytes.clone());
        }
        if (value instanceof char[] chars) {
            return new String(chars);
        }
        if (value instanceof Set<?> set) {
            SetValue copy = new SetValue();
            set.forEach(x -> copy.add(machine, toScript(x, above)));
            return copy;
        }
        if (value instanceof Collection<?> all) {
            ListValue copy = new ListValue(all.size());
            all.forEach(x -> copy.add(toScript(x, above)));
            return copy;
        }
        if (value instanceof Map<?, ?> map) {
            DictValue copy = new DictValue();
            map.forEach((k, v) -> copy.put(machine, toScript(k, above), toScript(v, above)));
            return copy;
        }
        NdArray numbers = JavaArrays.read(value);
        if (numbers != null) {
            return new ArrayValue(numbers);
        }
        int n = Array.getLength(value);
        ListValue copy = new ListValue(n);
        for (int i = 0; i < n; i++) {
            copy.add(toScript(Array.get(value, i), above));
        }
        return copy;
    }

    /** A Java function as the script calls it. */
    Value function(String name, JavaFunction f) {
        return new NativeFunction(name, (m, arguments) -> {
            Object[] converted = new Object[arguments.length];
            for (int i = 0; i < converted.length; i++) {
                converted[i] = toJava(arguments[i]);
            }
            return given(calling(() -> f.call(converted)));
        });
    }

    /** What Java code answered to the script; an error of the script where it has no counterpart there. */
    Object given(Object answer) {
        try {
            return toScript(answer);
        } catch (Misfit e) {
            throw new NnError(ErrorKind.TYPE_ERROR, e.getMessage(), e);
        }
    }

    /** Calls Java code on behalf of the script; what it throws is an error of the script. */
    static Object calling(Callable<?> call) {
        try {
            return ScriptThread.abroad(call);
        } catch (NnError e) {
            throw e;
        } catch (InterruptedException e) {
            StopCheck.ask();
            throw new NnError(ErrorKind.RUNTIME_ERROR, e.toString(), e);
        } catch (ScriptError e) {
            throw e.origin() != null ? e.origin() : new NnError(ErrorKind.RUNTIME_ERROR, e.toString(), e);
        } catch (Exception | AssertionError | LinkageError e) {
            throw new NnError(ErrorKind.RUNTIME_ERROR, e.toString(), e);
        }
    }

    // ---- Out of the script.

    Object toJava(Object value) {
        return toJava(value, new IdentityHashMap<>());
    }

    private Object toJava(Object value, Map<Object, Object> above) {
        if (value == null || value == None.NONE) {
            return null;
        }
        if (!(value instanceof Value)) {
            return value;
        }
        if (value instanceof BytesValue bytes) {
            return bytes.bytes().clone();
        }
        if (value instanceof JavaObject object) {
            return object.target();
        }
        if (value instanceof ArrayLike a) {
            return JavaArrays.write(a.array(), this::toJava);
        }
        if (value instanceof ListValue || value instanceof TupleValue || value instanceof RangeValue || value instanceof SetValue
                || value instanceof FrozenSetValue) {
            enter(value, above);
            Collection<Object> copy = value instanceof SetValue || value instanceof FrozenSetValue
                    ? new LinkedHashSet<>() : new ArrayList<>();
            for (Object x : Semantics.elements(machine, value)) {
                copy.add(toJava(x, above));
            }
            above.remove(value);
            return copy;
        }
        if (value instanceof DictValue dict) {
            enter(value, above);
            Map<Object, Object> copy = new LinkedHashMap<>();
            for (DictValue.Entries e = dict.entries(); e.next();) {
                copy.put(toJava(e.key(), above), toJava(e.value(), above));
            }
            above.remove(value);
            return copy;
        }
        return Semantics.isCallable(value) ? handle(value, nameOf(value)) : new Handle.OfObject(value, this, worker);
    }

    private void enter(Object container, Map<Object, Object> above) {
        machine.step();
        if (above.put(container, container) != null) {
            throw NnError.value("a " + Semantics.typeOf(container).name() + " that is an element of itself has no counterpart in Java");
        }
    }

    private String nameOf(Object value) {
        return Semantics.attributeOrNull(machine, value, "__name__") instanceof String s ? s : Semantics.typeOf(value).name();
    }

    ScriptFunction handle(Object value, String name) {
        return new Handle.OfFunction(value, name, this, worker);
    }

    /** @throws IllegalArgumentException if it cannot be one */
    <T> T toJava(Object value, Class<T> type) {
        @SuppressWarnings("unchecked")
        T result = (T) convert(value, type);
        return result;
    }

    private Object convert(Object value, Class<?> type) {
        if (value == None.NONE) {
            if (type.isPrimitive() && type != void.class) {
                throw unfit(value, type);
            }
            return null;
        }
        if (type.isInstance(value) && value instanceof Value) {
            return value;
        }
        Object plain = value instanceof ArrayLike a && a.array().size() == 1 && PlainTypes.isNumber(type)
                ? toJava(ArrayValue.orScalar(a.array().reshape())) : null;
        if (plain == null && (PlainTypes.isNumber(type) || type == String.class || type == char.class || type == Character.class)) {
            plain = value instanceof ArrayLike ? null : toJava(value);
        }
        Object simple = plain == null ? null : PlainTypes.of(plain, type);
        if (simple != null) {
            return simple;
        }
        if (type.isArray()) {
            return array(value, type);
        }
        if (type == List.class || type == Collection.class || type == Iterable.class) {
            if (value instanceof ArrayLike || value instanceof Value v && !(value instanceof JavaObject) && isIterable(v)) {
                List<Object> all = new ArrayList<>();
                for (Object x : Semantics.elements(machine, value)) {
                    all.add(x instanceof ArrayLike a && a.array().rank() > 0 ? convert(x, type) : toJava(x));
                }
                return all;
            }
        }
        if (Functional.method(type).isPresent() && Semantics.isCallable(value) && !(value instanceof JavaObject)) {
            return type == ScriptFunction.class || type == JavaFunction.class
                    ? handle(value, nameOf(value)) : implementing(type, value);
        }
        if (type == ScriptObject.class && !(value instanceof JavaObject)) {
            return new Handle.OfObject(value, this, worker);
        }
        Object found = toJava(value);
        if (type.isInstance(found)) {
            return found;
        }
        throw unfit(value, type);
    }

    private boolean isIterable(Value v) {
        return v instanceof ListValue || v instanceof TupleValue || v instanceof RangeValue || v instanceof SetValue
                || Semantics.attributeOrNull(machine, v, "__iter__") != null;
    }

    private IllegalArgumentException unfit(Object value, Class<?> type) {
        String shown = value instanceof ArrayLike a && a.array().rank() > 0
                ? "an array of shape " + a.array().staticShape()
                : "a value of type " + Semantics.typeOf(value).name();
        return new Misfit(shown + " cannot become " + type.getSimpleName());
    }

    private Object array(Object value, Class<?> type) {
        if (type == byte[].class && value instanceof BytesValue bytes) {
            return bytes.bytes().clone();
        }
        Class<?> leaf = type;
        int rank = 0;
        while (leaf.isArray()) {
            leaf = leaf.getComponentType();
            rank++;
        }
        if (leaf.isPrimitive() && leaf != char.class) {
            NdArray numbers;
            try {
                numbers = ArrayMaker.make(machine, value, null);
            } catch (NnError ragged) {
                throw unfit(value, type);
            }
            if (numbers.rank() != rank || numbers.dtype().isReference() || numbers.dtype().isComplex()) {
                throw unfit(value, type);
            }
            NdArray converted = numbers.astype(JavaArrays.dtype(leaf));
            if (converted.dtype().isInteger() && isLossy(numbers, converted)) {
                throw unfit(value, type);
            }
            return JavaArrays.write(converted, this::toJava);
        }
        Object[] elements = Semantics.elements(machine, value);
        Object made = Array.newInstance(type.getComponentType(), elements.length);
        for (int i = 0; i < elements.length; i++) {
            Array.set(made, i, convert(elements[i], type.getComponentType()));
        }
        return made;
    }

    private static boolean isLossy(NdArray from, NdArray whole) {
        for (int i = 0; i < whole.size(); i++) {
            if (from.dtype().isInteger() ? from.getLong(i) != whole.getLong(i) : from.getDouble(i) != whole.getLong(i)) {
                return true;
            }
        }
        return false;
    }

    /** An object of a functional interface that calls a function of the script. */
    Object implementing(Class<?> type, Object callable) {
        return proxy(type, (method, arguments) -> call(callable, method.getReturnType(), arguments));
    }

    private interface Invocation {
        Object run(Method method, Object[] arguments);
    }

    private Object proxy(Class<?> type, Invocation invocation) {
        InvocationHandler handler = (self, method, given) -> {
            Object[] arguments = given == null ? new Object[0] : given;
            if (method.getDeclaringClass() == Object.class) {
                return switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> type.getSimpleName() + " of a script";
                };
            }
            if (method.isDefault() && Functional.method(type).isPresent()) {
                return InvocationHandler.invokeDefault(self, method, arguments);
            }
            return invocation.run(method, arguments);
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
    }

    /** Calls something of the script; the arguments are Java's. */
    Object call(Object callable, Class<?> type, Object... arguments) {
        // call(f, null) hands over no array where one null was meant.
        Object[] given = arguments == null ? new Object[1] : arguments;
        return worker.run(m -> {
            Object[] converted = new Object[given.length];
            for (int i = 0; i < converted.length; i++) {
                converted[i] = toScript(given[i]);
            }
            Object result = Semantics.call(m, callable, converted);
            return type == Object.class ? toJava(result) : type == void.class ? null : convert(result, type);
        });
    }

    Machine machine() {
        return machine;
    }
}
