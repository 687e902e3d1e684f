package io.retrograd.lang.run;

import io.retrograd.lang.value.Machine;

/**
 * The bytecode of a hot function. A generated class overrides {@link #run} and, where all its parameters are
 * plain positional ones, that of the other methods which takes as many.
 */
abstract class CompiledFunction {
    /** Runs the function whose parameters lie in the first slots. */
    abstract Object run(Machine m, Object[] slots, Cell[] cells);

    Object run0(Machine m, FunctionValue f) {
        return general(m, f);
    }

    Object run1(Machine m, FunctionValue f, Object a) {
        return general(m, f, a);
    }

    Object run2(Machine m, FunctionValue f, Object a, Object b) {
        return general(m, f, a, b);
    }

    Object run3(Machine m, FunctionValue f, Object a, Object b, Object c) {
        return general(m, f, a, b, c);
    }

    Object run4(Machine m, FunctionValue f, Object a, Object b, Object c, Object d) {
        return general(m, f, a, b, c, d);
    }

    private static Object general(Machine m, FunctionValue f, Object... arguments) {
        return f.call(m, arguments, Calls.NO_WORDS);
    }
}
