package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Sorting;
import java.util.Arrays;

/** The modules {@code heapq} and {@code bisect}. The heap moves elements as CPython's does, which scripts can see. */
final class HeapqModule {
    private HeapqModule() {}

    static ModuleValue make(Machine m) {
        return new ModuleValue("heapq").with(HeapqModuleTable.TABLE);
    }

    static ModuleValue bisection(Machine m) {
        return new ModuleValue("bisect").with(BisectTable.TABLE);
    }

    /** Moves an element towards the root until its parent is no larger. */
    private static void towardsRoot(Machine m, ListValue heap, int root, int from) {
        Object moved = heap.get(from);
        int at = from;
        while (at > root) {
            int parent = at - 1 >> 1;
            if (!Semantics.less(m, moved, heap.get(parent))) {
                break;
            }
            heap.set(at, heap.get(parent));
            at = parent;
        }
        heap.set(at, moved);
    }

    /** Moves an element down to a leaf along the smaller children, then up to its place. */
    private static void towardsLeaves(Machine m, ListValue heap, int from) {
        Object moved = heap.get(from);
        int at = from;
        for (int child = 2 * at + 1; child < heap.size(); child = 2 * at + 1) {
            int right = child + 1;
            if (right < heap.size() && !Semantics.less(m, heap.get(child), heap.get(right))) {
                child = right;
            }
            heap.set(at, heap.get(child));
            at = child;
        }
        heap.set(at, moved);
        towardsRoot(m, heap, from, at);
    }

    @Builtin(value = "heapify", signature = "x, /", doc = "Makes a list a heap: no element is larger than the two below it.")
    static void heapify(Machine m, ListValue x) {
        for (int i = x.size() / 2 - 1; i >= 0; i--) {
            towardsLeaves(m, x, i);
        }
    }

    @Builtin(value = "heappush", signature = "heap, item, /", doc = "Adds an element to a heap.")
    static void push(Machine m, ListValue heap, Object item) {
        heap.add(item);
        towardsRoot(m, heap, 0, heap.size() - 1);
    }

    @Builtin(value = "heappop", signature = "heap, /", doc = "Removes and returns the smallest element of a heap.")
    static Object pop(Machine m, ListValue heap) {
        if (heap.size() == 0) {
            throw NnError.index("index out of range");
        }
        Object last = heap.removeAt(heap.size() - 1);
        if (heap.size() == 0) {
            return last;
        }
        Object smallest = heap.get(0);
        heap.set(0, last);
        towardsLeaves(m, heap, 0);
        return smallest;
    }

    @Builtin(value = "heapreplace", signature = "heap, item, /", doc = "Removes and returns the smallest element, then adds one.")
    static Object replace(Machine m, ListValue heap, Object item) {
        if (heap.size() == 0) {
            throw NnError.index("index out of range");
        }
        Object smallest = heap.get(0);
        heap.set(0, item);
        towardsLeaves(m, heap, 0);
        return smallest;
    }

    @Builtin(value = "heappushpop", signature = "heap, item, /", doc = "Adds an element, then removes and returns the smallest.")
    static Object pushPop(Machine m, ListValue heap, Object item) {
        if (heap.size() == 0 || !Semantics.less(m, heap.get(0), item)) {
            return item;
        }
        return replace(m, heap, item);
    }

    private static Object extreme(Machine m, long n, Object iterable, Object key, boolean largest) {
        Object[] all = Semantics.elements(m, iterable);
        Sorting.sort(m, all, key, largest);
        return ListValue.of(Arrays.copyOf(all, (int) Math.max(0, Math.min(n, all.length))));
    }

    @Builtin(value = "nlargest", signature = "n, iterable, key=None", doc = "The n largest elements, the largest first.")
    static Object largest(Machine m, long n, Object iterable, Object key) {
        return extreme(m, n, iterable, key, true);
    }

    @Builtin(value = "nsmallest", signature = "n, iterable, key=None", doc = "The n smallest elements, the smallest first.")
    static Object smallest(Machine m, long n, Object iterable, Object key) {
        return extreme(m, n, iterable, key, false);
    }

    @Builtin(value = "merge", signature = "*iterables, key=None, reverse=False", doc = "The elements of several sorted iterables in order.")
    static Object merge(Machine m, Object[] iterables, Object key, boolean reverse) {
        ListValue all = new ListValue();
        for (Object each : iterables) {
            all.addAll(Semantics.elements(m, each));
        }
        Object[] sorted = all.toArray();
        Sorting.sort(m, sorted, key == None.NONE ? None.NONE : key, reverse);
        return Iterators.of("generator", ListValue.of(sorted).iterate(m));
    }
}
