package io.retrograd.lib.python;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.run.GeneratorValue;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.tree.CompareOperator;
import io.retrograd.lang.value.BytesValue;
import io.retrograd.lang.value.ComparisonKey;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.SetValue;
import io.retrograd.lang.value.Sorting;
import io.retrograd.lang.value.TupleValue;
import io.retrograd.lang.value.Value;
import java.util.Map;

/** Python's builtin functions on what can be iterated over. */
final class IterableFunctions {
    private IterableFunctions() {}

    @Builtin(value = "len", signature = "obj, /", doc = "How many elements it has.")
    static long len(Machine m, Object obj) {
        return Semantics.length(m, obj);
    }

    @Builtin(value = "iter", signature = "object, *sentinel", doc = "An iterator over its elements; with a sentinel, over what calling it returns until that is the sentinel.")
    static Object iter(Machine m, Object object, Object[] sentinel) {
        if (sentinel.length == 0) {
            return Iterators.iter(m, object);
        }
        return Iterators.of("callable_iterator", machine -> {
            Object found = Semantics.call(machine, object);
            return Semantics.sameOrEqual(machine, found, sentinel[0]) ? null : found;
        });
    }

    @Builtin(value = "next", signature = "iterator, *default", doc = "The next element of an iterator, or the default when there are no more.")
    static Object next(Machine m, Object iterator, Object[] fallback) {
        Object found = Semantics.next(m, iterator);
        if (found != null) {
            return found;
        }
        if (fallback.length > 0) {
            return fallback[0];
        }
        if (iterator instanceof GeneratorValue g) {
            throw g.ended(m);
        }
        throw new NnError(ErrorKind.STOP_ITERATION, "");
    }

    @Builtin(value = "sum", signature = "iterable, start=0", doc = "The start plus all elements.")
    static Object sum(Machine m, Object iterable, Object start) {
        if (start instanceof String) {
            throw NnError.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        Object total = start;
        Iteration all = Semantics.iterate(m, iterable);
        Object x = all.next(m);
        while (x != null) {
            if (total instanceof Long && (x instanceof Long || x instanceof Boolean)) {
                // Whole numbers are added unboxed, until one does not fit.
                long sum = (Long) total;
                long next = whole(x);
                while (((sum ^ sum + next) & (next ^ sum + next)) >= 0) {
                    m.step();
                    sum += next;
                    x = all.next(m);
                    if (!(x instanceof Long || x instanceof Boolean)) {
                        break;
                    }
                    next = whole(x);
                }
                total = sum;
            } else if (total instanceof Double && x instanceof Double) {
                double sum = (Double) total;
                while (x instanceof Double next) {
                    m.step();
                    sum += next;
                    x = all.next(m);
                }
                total = sum;
                continue;
            }
            if (x != null) {
                m.step();
                total = Semantics.binary(m, BinaryOperator.ADD, total, x);
                x = all.next(m);
            }
        }
        return total;
    }

    private static long whole(Object x) {
        return x instanceof Long l ? l : (Boolean) x ? 1 : 0;
    }

    @Builtin(value = "min", signature = "*args, key=None, **default", doc = "The smallest of the arguments, or of the elements of the only one.")
    static Object min(Machine m, Object[] args, Object key, Map<String, Object> fallback) {
        return extreme(m, args, key, fallback, "min", CompareOperator.LESS);
    }

    @Builtin(value = "max", signature = "*args, key=None, **default", doc = "The largest of the arguments, or of the elements of the only one.")
    static Object max(Machine m, Object[] args, Object key, Map<String, Object> fallback) {
        return extreme(m, args, key, fallback, "max", CompareOperator.GREATER);
    }

    private static Object extreme(Machine m, Object[] args, Object key, Map<String, Object> others, String function, CompareOperator better) {
        if (args.length == 2 && key == None.NONE && others.isEmpty()) {
            return isBetter(m, better, args[1], args[0]) ? args[1] : args[0];
        }
        Object fallback = others.get("default");
        if (others.size() > (fallback == null ? 0 : 1)) {
            throw NnError.type(function + "() got an unexpected keyword argument");
        }
        if (args.length == 0) {
            throw NnError.type(function + " expected at least 1 argument, got 0");
        }
        Iteration all = Semantics.iterate(m, args.length == 1 ? args[0] : TupleValue.of(args));
        Object best = null;
        Object bestKey = null;
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            Object k = key == None.NONE ? x : Semantics.call(m, key, x);
            if (best == null || isBetter(m, better, k, bestKey)) {
                best = x;
                bestKey = k;
            }
        }
        if (best != null) {
            return best;
        }
        if (fallback == null) {
            throw NnError.value(function + "() arg is an empty sequence");
        }
        return fallback;
    }

    private static boolean isBetter(Machine m, CompareOperator better, Object a, Object b) {
        if (a instanceof Long x && b instanceof Long y) {
            return better == CompareOperator.LESS ? x < y : x > y;
        }
        if (a instanceof Double x && b instanceof Double y) {
            return better == CompareOperator.LESS ? x < y : x > y;
        }
        return Semantics.truth(m, Semantics.compare(m, better, a, b));
    }

    @Builtin(value = "sorted", signature = "iterable, /, *args, key=None, reverse=False", doc = "The elements in a new list, in ascending order; key gives what to compare by.")
    static Object sorted(Machine m, Object iterable, Object[] args, Object key, boolean reverse) {
        Object[] all = Semantics.elements(m, iterable);
        Object by = args.length == 0 || args[0] == None.NONE ? key : new ComparisonKey.Maker(args[0]);
        Sorting.sort(m, all, by, reverse);
        return ListValue.of(all);
    }

    @Builtin(value = "reversed", signature = "sequence, /", doc = "An iterator from the last element to the first.")
    static Object reversed(Machine m, Object sequence) {
        Object own = sequence instanceof Value v ? v.special(m, "__reversed__") : null;
        if (own != null) {
            return own;
        }
        Object[] all;
        if (sequence instanceof String || sequence instanceof TupleValue || sequence instanceof BytesValue) {
            all = Semantics.elements(m, sequence);
        } else if (sequence instanceof Value v && !(v instanceof SetValue)) {
            int[] left = {Semantics.length(m, sequence)};
            return Iterators.of("reversed", machine -> left[0] > 0 ? v.item(machine, (long) --left[0]) : null);
        } else {
            throw NnError.type("'" + Semantics.typeOf(sequence).name() + "' object is not reversible");
        }
        int[] left = {all.length};
        return Iterators.of("reversed", machine -> left[0] > 0 ? all[--left[0]] : null);
    }

    @Builtin(value = "enumerate", signature = "iterable, start=0", doc = "Pairs of a count from start on and an element.")
    static Object enumerate(Machine m, Object iterable, Object start) {
        Iteration all = Semantics.iterate(m, iterable);
        Object[] count = {Semantics.indexObject(m, start)};
        return Iterators.of("enumerate", machine -> {
            Object x = all.next(machine);
            if (x == null) {
                return null;
            }
            Object n = count[0];
            count[0] = n instanceof Long l && l < Long.MAX_VALUE ? (Object) (l + 1) : Semantics.binary(machine, BinaryOperator.ADD, n, 1L);
            return TupleValue.of(n, x);
        });
    }

    private static Iteration[] iterations(Machine m, Object[] iterables) {
        Iteration[] all = new Iteration[iterables.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Semantics.iterate(m, iterables[i]);
        }
        return all;
    }

    @Builtin(value = "zip", signature = "*iterables, strict=False", doc = "Tuples of the first elements, the second ones, and so on, up to the shortest.")
    static Object zip(Machine m, Object[] iterables, boolean strict) {
        Iteration[] all = iterations(m, iterables);
        return Iterators.of("zip", machine -> {
            Object[] tuple = new Object[all.length];
            for (int i = 0; i < all.length; i++) {
                tuple[i] = all[i].next(machine);
                if (tuple[i] == null) {
                    if (strict) {
                        checkEqualLengths(machine, all, i);
                    }
                    return null;
                }
            }
            return all.length == 0 ? null : TupleValue.of(tuple);
        });
    }

    private static void checkEqualLengths(Machine m, Iteration[] all, int ended) {
        if (ended > 0) {
            throw NnError.value("zip() argument " + (ended + 1) + " is shorter than argument" + (ended == 1 ? " 1" : "s 1-" + ended));
        }
        for (int i = 1; i < all.length; i++) {
            if (all[i].next(m) != null) {
                throw NnError.value("zip() argument " + (i + 1) + " is longer than argument" + (i == 1 ? " 1" : "s 1-" + i));
            }
        }
    }

    @Builtin(value = "map", signature = "function, *iterables", doc = "What the function returns for each element, or for the elements of several iterables in step.")
    static Object map(Machine m, Object function, Object[] iterables) {
        if (iterables.length == 0) {
            throw NnError.type("map() must have at least two arguments.");
        }
        Iteration[] all = iterations(m, iterables);
        return Iterators.of("map", machine -> {
            Object[] arguments = new Object[all.length];
            for (int i = 0; i < all.length; i++) {
                arguments[i] = all[i].next(machine);
                if (arguments[i] == null) {
                    return null;
                }
            }
            return function == None.NONE ? TupleValue.of(arguments) : Semantics.call(machine, function, arguments);
        });
    }

    @Builtin(value = "filter", signature = "function, iterable, /", doc = "The elements for which the function returns something true; for None, those that are true.")
    static Object filter(Machine m, Object function, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        return Iterators.of("filter", machine -> {
            Object x = all.next(machine);
            machine.step();
            while (x != null && !Semantics.truth(machine, function == None.NONE ? x : Semantics.call(machine, function, x))) {
                x = all.next(machine);
            }
            return x;
        });
    }

    @Builtin(value = "any", signature = "iterable, /", doc = "Whether some element is true.")
    static boolean any(Machine m, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (Semantics.truth(m, x)) {
                return true;
            }
        }
        return false;
    }

    @Builtin(value = "all", signature = "iterable, /", doc = "Whether every element is true.")
    static boolean all(Machine m, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            if (!Semantics.truth(m, x)) {
                return false;
            }
        }
        return true;
    }

    @Builtin(value = "reduce", signature = "function, iterable, *initial", doc = "The function applied to the first two elements, then to what it returned and the third, and so on.")
    static Object reduce(Machine m, Object function, Object iterable, Object[] initial) {
        Iteration all = Semantics.iterate(m, iterable);
        Object result = initial.length > 0 ? initial[0] : all.next(m);
        if (result == null) {
            throw NnError.type("reduce() of empty iterable with no initial value");
        }
        for (Object x = all.next(m); x != null; x = all.next(m)) {
            m.step();
            result = Semantics.call(m, function, result, x);
        }
        return result;
    }
}
