package io.retrograd.lib.tf;

import io.retrograd.graph.Graph;
import io.retrograd.graph.build.MathOps;
import io.retrograd.lang.builtin.Builtin;
import io.retrograd.lang.value.Machine;

/** {@code tf.bitwise}: functions of the bits of whole numbers. */
final class BitFunctions {
    private BitFunctions() {}

    private static Object of(Machine m, String type, Object x, Object y, String name) {
        Graph g = TfState.of(m).graph();
        return Tensors.wrap(MathOps.binary(g, type, Operands.of(m, x), Operands.of(m, y), name));
    }

    @Builtin(value = "bitwise.bitwise_and", signature = "x, y, name=None", doc = "The bits that both have.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)", gradient = "none")
    static Object and(Machine m, Object x, Object y, String name) {
        return of(m, "BitwiseAnd", x, y, name);
    }

    @Builtin(value = "bitwise.bitwise_or", signature = "x, y, name=None", doc = "The bits that one of them has.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)", gradient = "none")
    static Object or(Machine m, Object x, Object y, String name) {
        return of(m, "BitwiseOr", x, y, name);
    }

    @Builtin(value = "bitwise.bitwise_xor", signature = "x, y, name=None", doc = "The bits that just one of them has.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)", gradient = "none")
    static Object xor(Machine m, Object x, Object y, String name) {
        return of(m, "BitwiseXor", x, y, name);
    }

    @Builtin(value = "bitwise.left_shift", signature = "x, y, name=None", doc = "x * 2**y on the bits of x.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)", gradient = "none")
    static Object left(Machine m, Object x, Object y, String name) {
        return of(m, "LeftShift", x, y, name);
    }

    @Builtin(value = "bitwise.right_shift", signature = "x, y, name=None", doc = "x / 2**y, rounded down.",
            shapes = "the operands are broadcast: (n, 1) and (m) -> (n, m)", gradient = "none")
    static Object right(Machine m, Object x, Object y, String name) {
        return of(m, "RightShift", x, y, name);
    }
}
