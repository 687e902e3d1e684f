package io.retrograd.lib.python;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;

/** The functions of the module {@code bisect}. */
final class Bisect {
    private Bisect() {}

    private static long search(Machine m, Object a, Object x, long lo, Object hi, Object key, boolean right) {
        if (lo < 0) {
            throw NnError.value("lo must be non-negative");
        }
        long low = lo;
        long high = hi == None.NONE ? Semantics.length(m, a) : Semantics.index(m, hi);
        while (low < high) {
            long middle = (low + high) / 2;
            Object e = Semantics.item(m, a, middle);
            Object k = key == None.NONE ? e : Semantics.call(m, key, e);
            boolean before = right ? !Semantics.less(m, x, k) : Semantics.less(m, k, x);
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low;
    }

    @Builtin(value = "bisect_left", signature = "a, x, lo=0, hi=None, *, key=None", doc = "Where to put x into a sorted list, before its equals.")
    static long left(Machine m, Object a, Object x, long lo, Object hi, Object key) {
        return search(m, a, x, lo, hi, key, false);
    }

    @Builtin(value = {"bisect_right", "bisect"}, signature = "a, x, lo=0, hi=None, *, key=None", doc = "Where to put x into a sorted list, behind its equals.")
    static long right(Machine m, Object a, Object x, long lo, Object hi, Object key) {
        return search(m, a, x, lo, hi, key, true);
    }

    @Builtin(value = "insort_left", signature = "a, x, lo=0, hi=None", doc = "Puts x into a sorted list, before its equals.")
    static void insertLeft(Machine m, Object a, Object x, long lo, Object hi) {
        Semantics.callMethod(m, a, "insert", left(m, a, x, lo, hi, None.NONE), x);
    }

    @Builtin(value = {"insort_right", "insort"}, signature = "a, x, lo=0, hi=None", doc = "Puts x into a sorted list, behind its equals.")
    static void insertRight(Machine m, Object a, Object x, long lo, Object hi) {
        Semantics.callMethod(m, a, "insert", right(m, a, x, lo, hi, None.NONE), x);
    }
}
