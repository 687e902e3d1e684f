package io.retrograd.lang.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/**
 * Builds a part for each rule of a row. A plain loop: streams would cost ten times the stack for each level of nesting, and more of
 * a cold start than the whole tree.
 */
final class Each {
    private Each() {}

    static <R, T> List<T> of(List<R> rules, Function<? super R, ? extends T> build) {
        List<T> parts = new ArrayList<>(rules.size());
        for (R rule : rules) {
            parts.add(build.apply(rule));
        }
        return Collections.unmodifiableList(parts);
    }
}
