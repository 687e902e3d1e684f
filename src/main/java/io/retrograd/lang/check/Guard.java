package io.retrograd.lang.check;

import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Statement;
import java.util.List;
import java.util.Set;

/** What a script is prepared for: a missing module, attribute or name that it catches or asks about first. */
record Guard(boolean modules, boolean attributes, boolean names) {
    static final Guard NONE = new Guard(false, false, false);
    private static final Guard ALL = new Guard(true, true, true);

    /** Whoever asks one of these has another way for the case that it is not there. */
    private static final Set<String> QUESTIONS = Set.of("hasattr", "version_info", "PY2", "PY3", "__version__", "dir", "callable", "getattr",
            "VERSION", "python_version", "platform", "LooseVersion");

    Guard or(Guard other) {
        return new Guard(modules || other.modules, attributes || other.attributes, names || other.names);
    }

    /** What the handlers of a try statement catch. */
    static Guard of(Statement.Try statement) {
        Guard all = NONE;
        for (Statement.ExceptHandler handler : statement.handlers()) {
            all = all.or(handler.type().isEmpty() ? ALL : caught(handler.type().get()));
        }
        return all;
    }

    private static Guard caught(Expression type) {
        if (type instanceof Expression.TupleDisplay t) {
            Guard all = NONE;
            for (Expression each : t.elements()) {
                all = all.or(caught(each));
            }
            return all;
        }
        String name = type instanceof Expression.Name n ? n.id() : type instanceof Expression.Attribute a ? a.name() : "";
        return switch (name) {
            case "Exception", "BaseException", "StandardError" -> ALL;
            case "ImportError", "ModuleNotFoundError" -> new Guard(true, false, false);
            case "AttributeError" -> new Guard(false, true, false);
            case "NameError", "UnboundLocalError" -> new Guard(false, false, true);
            default -> NONE;
        };
    }

    /** Whether a condition asks what there is. */
    static boolean asks(Expression test) {
        String name = test instanceof Expression.Name n ? n.id() : test instanceof Expression.Attribute a ? a.name() : "";
        return QUESTIONS.contains(name) || Walk.children(test).stream().anyMatch(Guard::asks);
    }

    /** Everything is looked after in what such a condition decides. */
    static Guard behind(List<Expression> tests) {
        return tests.stream().anyMatch(Guard::asks) ? ALL : NONE;
    }
}
