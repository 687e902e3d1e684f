package io.retrograd.lib.tf;

import io.retrograd.error.NnError;
import io.retrograd.graph.Operand;
import io.retrograd.graph.Output;
import io.retrograd.lang.value.ArrayLike;
import io.retrograd.lang.value.ListValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TupleValue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How functions of {@code tf} read arguments that may be missing, have two names, or be a number or a list. */
final class Given {
    private Given() {}

    /** The argument under its new or its old name; ValueError if both were given. */
    static Object either(String name, Object value, String oldName, Object old) {
        if (old == None.NONE) {
            return value;
        }
        if (value != None.NONE) {
            throw NnError.value("Cannot specify both '" + oldName + "' and '" + name + "'");
        }
        return old;
    }

    /** The operand, or null for None. */
    static Operand operand(Machine m, Object value) {
        return value == None.NONE ? null : Operands.of(m, value);
    }

    /** The value as a tensor, as {@code convert_to_tensor(value, name)} makes it. */
    static Output tensor(Machine m, Object value, String name) {
        return Operands.of(m, value).toOutput(TfState.of(m).graph(), null, null, name);
    }

    static Long seed(Machine m, Object value) {
        return value == None.NONE ? null : Semantics.index(m, value);
    }

    static boolean isList(Object value) {
        return value instanceof ListValue || value instanceof TupleValue || value instanceof ArrayLike a && a.array().rank() == 1;
    }

    /** A list of ints, or the one int. */
    static int[] ints(Machine m, Object value) {
        List<Long> longs = longs(m, value);
        int[] ints = new int[longs.size()];
        for (int i = 0; i < ints.length; i++) {
            ints[i] = Math.toIntExact(longs.get(i));
        }
        return ints;
    }

    /** A list of ints, or the one int. */
    static List<Long> longs(Machine m, Object value) {
        List<Long> list = new ArrayList<>();
        if (isList(value)) {
            for (Object x : Semantics.elements(m, value)) {
                list.add(whole(m, x));
            }
        } else {
            list.add(whole(m, value));
        }
        return list;
    }

    private static long whole(Machine m, Object x) {
        if (x instanceof DimensionValue d) {
            return Semantics.index(m, d.asNumber());
        }
        if (x instanceof Double d && d == Math.rint(d)) {
            return d.longValue();
        }
        return Semantics.index(m, x);
    }

    /** {@code _get_sequence}: strides and sizes, of which there may be one, one a spatial dimension, or all. */
    static List<Long> sequence(Machine m, Object value, int n, boolean channelsFirst, String name) {
        List<Long> given = value == None.NONE ? List.of(1L) : longs(m, value);
        List<Long> inner;
        if (given.size() == n + 2) {
            return given;
        } else if (given.size() == 1) {
            inner = Collections.nCopies(n, given.get(0));
        } else if (given.size() == n) {
            inner = given;
        } else {
            throw NnError.value(name + " should be of length 1, " + n + " or " + (n + 2) + " but was " + given.size());
        }
        List<Long> all = new ArrayList<>();
        all.add(1L);
        if (channelsFirst) {
            all.add(1L);
        }
        all.addAll(inner);
        if (!channelsFirst) {
            all.add(1L);
        }
        return all;
    }
}
