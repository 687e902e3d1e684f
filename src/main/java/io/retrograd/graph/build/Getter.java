package io.retrograd.graph.build;

import io.retrograd.graph.Variable;

/** A {@code custom_getter}: stands between {@code get_variable} and the variables. */
@FunctionalInterface
public interface Getter {
    /** The variable for a request; {@code next} answers it as if there were no getter. */
    Variable get(VariableRequest request, java.util.function.Function<VariableRequest, Variable> next);
}
