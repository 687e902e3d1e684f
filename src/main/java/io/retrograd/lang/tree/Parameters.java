package io.retrograd.lang.tree;

import java.util.List;
import java.util.Optional;

/**
 * What a function accepts. Annotations are dropped.
 *
 * @param positionalOnly those before {@code /}
 * @param positional the ordinary ones
 * @param rest the name in {@code *args}
 * @param keywordOnly those after {@code *} or {@code *args}
 * @param keywords the name in {@code **kwargs}
 */
public record Parameters(
        List<Parameter> positionalOnly,
        List<Parameter> positional,
        Optional<Parameter> rest,
        List<Parameter> keywordOnly,
        Optional<Parameter> keywords) {

    /** No parameters at all. */
    public static final Parameters NONE =
            new Parameters(List.of(), List.of(), Optional.empty(), List.of(), Optional.empty());

    /**
     * One parameter.
     *
     * @param pattern the targets of a Python 2 tuple parameter, {@code def f(a, (b, c))}; its name is then made up
     */
    public record Parameter(String name, Optional<Expression> defaultValue, Optional<Expression> pattern, Span span)
            implements Node {}
}
