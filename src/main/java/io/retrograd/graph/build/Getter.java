package io.retrograd.graph.build;

import io.retrograd.graph.Variable;
import java.util.function.Function;

/** A {@code custom_getter}: stands between {@code get_variable} and the variables. */
@FunctionalInterface
public interface Getter {
    /** The variable for a request; {@code next} answers it as if there were no getter. */
    Variable get(VariableRequest request, Function<VariableRequest, Variable> next);
}
