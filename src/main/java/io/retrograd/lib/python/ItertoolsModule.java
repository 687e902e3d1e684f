package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.tree.BinaryOperator;
import io.retrograd.lang.value.Iteration;
import io.retrograd.lang.value.IteratorValue;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** The module {@code itertools}. */
final class ItertoolsModule {
    private ItertoolsModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("itertools").with(ItertoolsModuleTable.TABLE)
                .with("chain", (Machine machine) -> Chain.TYPE)
                .with("izip", (Machine machine) -> IterableFunctionsTable.TABLE.find("zip"))
                .with("imap", (Machine machine) -> IterableFunctionsTable.TABLE.find("map"))
                .with("ifilter", (Machine machine) -> IterableFunctionsTable.TABLE.find("filter"));
    }

    private static IteratorValue iterator(String kind, Iteration rest) {
        return Iterators.of(kind, rest);
    }

    @Builtin(value = "count", signature = "start=0, step=1", doc = "start, start + step, and so on without end.")
    static Object count(Machine m, Object start, Object step) {
        Object[] next = {start};
        return iterator("count", machine -> {
            Object now = next[0];
            next[0] = Semantics.binary(machine, BinaryOperator.ADD, now, step);
            return now;
        });
    }

    @Builtin(value = "cycle", signature = "iterable, /", doc = "The elements again and again.")
    static Object cycle(Machine m, Object iterable) {
        Iteration first = Semantics.iterate(m, iterable);
        List<Object> seen = new ArrayList<>();
        int[] at = {-1};
        return iterator("cycle", machine -> {
            if (at[0] < 0) {
                Object x = first.next(machine);
                if (x != null) {
                    seen.add(x);
                    return x;
                }
                at[0] = 0;
            }
            return seen.isEmpty() ? null : seen.get(at[0]++ % seen.size());
        });
    }

    @Builtin(value = "repeat", signature = "object, times=None", doc = "The object so many times, or without end.")
    static Object repeat(Machine m, Object object, Object times) {
        long[] left = {times == None.NONE ? Long.MAX_VALUE : Semantics.index(m, times)};
        boolean endless = times == None.NONE;
        return iterator("repeat", machine -> endless || left[0]-- > 0 ? object : null);
    }

    @Builtin(value = "accumulate", signature = "iterable, func=None, *, initial=None", doc = "The sums of the first elements, or what a function makes of them in the place of the sum.")
    static Object accumulate(Machine m, Object iterable, Object func, Object initial) {
        Iteration all = Semantics.iterate(m, iterable);
        Object[] total = {null};
        boolean[] started = {false};
        return iterator("accumulate", machine -> {
            if (!started[0]) {
                started[0] = true;
                total[0] = initial != None.NONE ? initial : all.next(machine);
                return total[0];
            }
            Object x = all.next(machine);
            if (x == null) {
                return null;
            }
            total[0] = func == None.NONE ? Semantics.binary(machine, BinaryOperator.ADD, total[0], x) : Semantics.call(machine, func, total[0], x);
            return total[0];
        });
    }

    @Builtin(value = "compress", signature = "data, selectors", doc = "The elements whose selector is true.")
    static Object compress(Machine m, Object data, Object selectors) {
        Iteration all = Semantics.iterate(m, data);
        Iteration chosen = Semantics.iterate(m, selectors);
        return iterator("compress", machine -> {
            while (true) {
                machine.step();
                Object x = all.next(machine);
                Object s = x == null ? null : chosen.next(machine);
                if (s == null) {
                    return null;
                }
                if (Semantics.truth(machine, s)) {
                    return x;
                }
            }
        });
    }

    private static boolean holds(Machine m, Object predicate, Object x) {
        m.step();
        return Semantics.truth(m, predicate == None.NONE ? x : Semantics.call(m, predicate, x));
    }

    @Builtin(value = "dropwhile", signature = "predicate, iterable, /", doc = "The elements from the first on for which the predicate is false.")
    static Object dropWhile(Machine m, Object predicate, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        boolean[] found = {false};
        return iterator("dropwhile", machine -> {
            Object x = all.next(machine);
            while (!found[0] && x != null && holds(machine, predicate, x)) {
                x = all.next(machine);
            }
            found[0] = true;
            return x;
        });
    }

    @Builtin(value = "takewhile", signature = "predicate, iterable, /", doc = "The elements up to the first for which the predicate is false.")
    static Object takeWhile(Machine m, Object predicate, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        boolean[] ended = {false};
        return iterator("takewhile", machine -> {
            Object x = ended[0] ? null : all.next(machine);
            if (x == null || !holds(machine, predicate, x)) {
                ended[0] = true;
                return null;
            }
            return x;
        });
    }

    @Builtin(value = {"filterfalse", "ifilterfalse"}, signature = "predicate, iterable, /", doc = "The elements for which the predicate is false.")
    static Object filterFalse(Machine m, Object predicate, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        return iterator("filterfalse", machine -> {
            Object x = all.next(machine);
            while (x != null && holds(machine, predicate, x)) {
                x = all.next(machine);
            }
            return x;
        });
    }

    @Builtin(value = "starmap", signature = "function, iterable, /", doc = "What the function returns for the tuples of an iterable.")
    static Object starMap(Machine m, Object function, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        return iterator("starmap", machine -> {
            Object x = all.next(machine);
            return x == null ? null : Semantics.call(machine, function, Semantics.elements(machine, x));
        });
    }

    @Builtin(value = "pairwise", signature = "iterable, /", doc = "Each element with the next one.")
    static Object pairwise(Machine m, Object iterable) {
        Iteration all = Semantics.iterate(m, iterable);
        Object[] before = {null};
        return iterator("pairwise", machine -> {
            if (before[0] == null) {
                before[0] = all.next(machine);
            }
            Object x = before[0] == null ? null : all.next(machine);
            if (x == null) {
                return null;
            }
            Object pair = TupleValue.of(before[0], x);
            before[0] = x;
            return pair;
        });
    }

    @Builtin(value = "islice", signature = "iterable, *limits", doc = "The elements that a slice of the iterable would have: islice(it, stop), islice(it, start, stop, step).")
    static Object slice(Machine m, Object iterable, Object[] limits) {
        if (limits.length == 0 || limits.length > 3) {
            throw NnError.type("islice expected at " + (limits.length == 0 ? "least 2 arguments, got 1" : "most 4 arguments, got " + (limits.length + 1)));
        }
        long start = limits.length < 2 || limits[0] == None.NONE ? 0 : Semantics.index(m, limits[0]);
        Object last = limits.length < 2 ? limits[0] : limits[1];
        long stop = last == None.NONE ? Long.MAX_VALUE : Semantics.index(m, last);
        long step = limits.length < 3 || limits[2] == None.NONE ? 1 : Semantics.index(m, limits[2]);
        if (start < 0 || stop < 0 || step < 1) {
            throw NnError.value(step < 1
                    ? "Step for islice() must be a positive integer or None."
                    : "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
        }
        Iteration all = Semantics.iterate(m, iterable);
        long[] at = {0, start};
        return iterator("islice", machine -> {
            if (at[1] >= stop) {
                return null;
            }
            Object x = null;
            while (at[0] <= at[1]) {
                machine.step();
                x = all.next(machine);
                if (x == null) {
                    at[1] = stop;
                    return null;
                }
                at[0]++;
            }
            at[1] += step;
            return x;
        });
    }

    @Builtin(value = "groupby", signature = "iterable, key=None", doc = "Neighbours that have the same key, together: pairs of the key and an iterator.")
    static Object groupBy(Machine m, Object iterable, Object key) {
        Iteration all = Semantics.iterate(m, iterable);
        Object[] ahead = {null, null};
        boolean[] started = {false};
        return iterator("groupby", machine -> {
            if (!started[0]) {
                started[0] = true;
                advance(machine, all, key, ahead);
            }
            if (ahead[0] == null) {
                return null;
            }
            Object current = ahead[1];
            ListValue group = new ListValue();
            while (ahead[0] != null && Semantics.sameOrEqual(machine, ahead[1], current)) {
                group.add(ahead[0]);
                advance(machine, all, key, ahead);
            }
            return TupleValue.of(current, iterator("_grouper", group.iterate(machine)));
        });
    }

    private static void advance(Machine m, Iteration all, Object key, Object[] ahead) {
        ahead[0] = all.next(m);
        ahead[1] = ahead[0] == null || key == None.NONE ? ahead[0] : Semantics.call(m, key, ahead[0]);
    }

    @Builtin(value = "tee", signature = "iterable, n=2, /", doc = "n iterators over the same elements.")
    static Object tee(Machine m, Object iterable, int n) {
        Iteration all = Semantics.iterate(m, iterable);
        List<ArrayDeque<Object>> waiting = new ArrayList<>();
        Object[] copies = new Object[n];
        for (int i = 0; i < n; i++) {
            ArrayDeque<Object> own = new ArrayDeque<>();
            waiting.add(own);
            copies[i] = iterator("_tee", machine -> {
                if (own.isEmpty()) {
                    Object x = all.next(machine);
                    if (x == null) {
                        return null;
                    }
                    waiting.forEach(each -> each.add(x));
                }
                return own.poll();
            });
        }
        return TupleValue.of(copies);
    }

    @Builtin(value = {"zip_longest", "izip_longest"}, signature = "*iterables, fillvalue=None", doc = "As zip, up to the longest, with a value for what is missing.")
    static Object zipLongest(Machine m, Object[] iterables, Object fillvalue) {
        Iteration[] all = new Iteration[iterables.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = Semantics.iterate(m, iterables[i]);
        }
        return iterator("zip_longest", machine -> {
            Object[] tuple = new Object[all.length];
            boolean some = false;
            for (int i = 0; i < all.length; i++) {
                Object x = all[i] == null ? null : all[i].next(machine);
                if (x == null) {
                    all[i] = null;
                }
                some |= x != null;
                tuple[i] = x == null ? fillvalue : x;
            }
            return some ? TupleValue.of(tuple) : null;
        });
    }

    /** Tuples of elements by indices that a rule moves on; null from the rule ends it. */
    private static Object byIndices(String kind, Object[] pool, int[] first, Predicate<int[]> moveOn) {
        int[][] indices = {first};
        boolean[] started = {false};
        return iterator(kind, machine -> {
            if (indices[0] == null || started[0] && !moveOn.test(indices[0])) {
                indices[0] = null;
                return null;
            }
            started[0] = true;
            Object[] tuple = new Object[indices[0].length];
            for (int i = 0; i < tuple.length; i++) {
                tuple[i] = pool[indices[0][i]];
            }
            return TupleValue.of(tuple);
        });
    }

    private static int size(Machine m, Object r, int all) {
        long n = r == None.NONE ? all : Semantics.index(m, r);
        if (n < 0) {
            throw NnError.value("r must be non-negative");
        }
        return (int) Math.min(n, Integer.MAX_VALUE);
    }

    @Builtin(value = "permutations", signature = "iterable, r=None", doc = "All ways to choose r elements in order.")
    static Object permutations(Machine m, Object iterable, Object r) {
        Object[] pool = Semantics.elements(m, iterable);
        int n = size(m, r, pool.length);
        int[] first = n > pool.length ? null : ascending(n);
        return byIndices("permutations", pool, first, indices -> nextPermutation(indices, pool.length));
    }

    private static int[] ascending(int n) {
        int[] first = new int[n];
        for (int i = 0; i < n; i++) {
            first[i] = i;
        }
        return first;
    }

    /** The next choice in lexicographic order: the last place that can take a larger free index does. */
    private static boolean nextPermutation(int[] indices, int all) {
        boolean[] used = new boolean[all];
        for (int i : indices) {
            used[i] = true;
        }
        for (int place = indices.length - 1; place >= 0; place--) {
            used[indices[place]] = false;
            for (int larger = indices[place] + 1; larger < all; larger++) {
                if (!used[larger]) {
                    indices[place] = larger;
                    used[larger] = true;
                    fill(indices, place + 1, used);
                    return true;
                }
            }
        }
        return false;
    }

    private static void fill(int[] indices, int from, boolean[] used) {
        int free = 0;
        for (int place = from; place < indices.length; place++) {
            while (used[free]) {
                free++;
            }
            indices[place] = free;
            used[free] = true;
        }
    }

    @Builtin(value = "combinations", signature = "iterable, r", doc = "All ways to choose r elements.")
    static Object combinations(Machine m, Object iterable, Object r) {
        Object[] pool = Semantics.elements(m, iterable);
        int n = size(m, r, pool.length);
        int[] first = n > pool.length ? null : ascending(n);
        return byIndices("combinations", pool, first, indices -> {
            int place = n - 1;
            while (place >= 0 && indices[place] == pool.length - n + place) {
                place--;
            }
            if (place < 0) {
                return false;
            }
            indices[place]++;
            for (int i = place + 1; i < n; i++) {
                indices[i] = indices[i - 1] + 1;
            }
            return true;
        });
    }

    @Builtin(value = "combinations_with_replacement", signature = "iterable, r", doc = "All ways to choose r elements, each as often as wanted.")
    static Object multisets(Machine m, Object iterable, Object r) {
        Object[] pool = Semantics.elements(m, iterable);
        int n = size(m, r, pool.length);
        int[] first = pool.length == 0 && n > 0 ? null : new int[n];
        return byIndices("combinations_with_replacement", pool, first, indices -> {
            int place = n - 1;
            while (place >= 0 && indices[place] == pool.length - 1) {
                place--;
            }
            if (place < 0) {
                return false;
            }
            Arrays.fill(indices, place, n, indices[place] + 1);
            return true;
        });
    }

    @Builtin(value = "product", signature = "*iterables, repeat=1", doc = "All tuples with an element of each iterable, the last one changing fastest.")
    static Object product(Machine m, Object[] iterables, int repeat) {
        Object[][] pools = new Object[iterables.length * repeat][];
        for (int i = 0; i < pools.length; i++) {
            pools[i] = i < iterables.length ? Semantics.elements(m, iterables[i]) : pools[i - iterables.length];
        }
        int[] at = new int[pools.length];
        boolean[] state = {true, false};
        for (Object[] pool : pools) {
            state[0] &= pool.length > 0;
        }
        return iterator("product", machine -> {
            if (state[1]) {
                int place = at.length - 1;
                while (place >= 0 && ++at[place] == pools[place].length) {
                    at[place--] = 0;
                }
                state[0] = place >= 0;
            }
            state[1] = true;
            if (!state[0]) {
                state[1] = false;
                return null;
            }
            Object[] tuple = new Object[at.length];
            for (int i = 0; i < tuple.length; i++) {
                tuple[i] = pools[i][at[i]];
            }
            return TupleValue.of(tuple);
        });
    }
}
