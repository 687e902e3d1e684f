package io.retrograd.lang.builtin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Declares a static Java method as something a script can call: one annotation gives binding, argument
 * checking, error texts, completion, {@code help()} and the reference manual.
 *
 * <p>At compile time {@link io.retrograd.lang.builtin.processor.BuiltinProcessor} writes, for every class that
 * holds such methods, a table {@code <Class>Table} beside it; nothing is looked up by reflection when a script
 * starts. A class that extends an abstract class with such methods has them in its table too.
 *
 * <p>The method's first parameter is {@code Machine}. If {@link #method()} is set the second one is the
 * receiver. The others stand for the parameters of {@link #signature()}, one each, in order. Their Java types
 * decide the conversion: {@code Object} takes any value as it is; {@code boolean} its truth; {@code long} and
 * {@code int} an index (TypeError otherwise); {@code double} a number; {@code String} a str, or {@code null}
 * where the script passes {@code None}; any other type demands a value of that Java class (TypeError
 * otherwise, {@code null} for {@code None}). {@code *args} is an {@code Object[]}, {@code **kwargs} a
 * {@code java.util.Map<String, Object>}.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface Builtin {
    /** The names under which scripts know it; the first is the documented one, the others are old names. */
    String[] value();

    /**
     * Its parameters as Python would write them between the parentheses, e.g.
     * {@code "a, b, transpose_a=False, name=None"}. Defaults are literals: numbers, strings, True, False, None.
     * {@code *args}, a bare {@code *} and {@code **kwargs} as in Python; a bare {@code /} ends the
     * positional-only ones. A parameter may carry old spellings behind a bar: {@code "axis|reduction_indices=None"}.
     */
    String signature() default "";

    /** What it does, in one line. */
    String doc();

    /** Shapes of arguments and result, e.g. {@code "(n, k) x (k, m) -> (n, m)"}; empty if it says nothing. */
    String shapes() default "";

    /** A line of script that shows it; empty if the signature says it all. */
    String example() default "";

    /** The derivative as a formula, for operations that have one. */
    String gradient() default "";

    /** True for a method of a type: the second Java parameter is the receiver. */
    boolean method() default false;

    /** True for an attribute that is computed at each access; implies {@link #method()}, no signature. */
    boolean property() default false;
}
