package io.retrograd.sweep;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A script's constants: names that its top level assigns once. To override one is to put another expression in the place
 * of its value; the lines stay as they are, so that errors point where they would.
 */
public final class Constants {
    private final Source source;
    private final Map<String, Expression> values = new TreeMap<>();
    private final Map<String, Integer> bindings = new HashMap<>();

    /** @throws NnError SyntaxError if the script cannot be parsed */
    public Constants(Source source) {
        this.source = source;
        List<Statement> body = ScriptParser.parse(source).body();
        for (Statement s : body) {
            if (s instanceof Statement.Assign a && a.targets().size() == 1 && a.targets().get(0) instanceof Expression.Name n) {
                values.putIfAbsent(n.id(), a.value());
            } else if (s instanceof Statement.AnnAssign a && a.target() instanceof Expression.Name n && a.value().isPresent()) {
                values.putIfAbsent(n.id(), a.value().get());
            }
        }
        count(body);
    }

    private void count(List<Statement> statements) {
        for (Statement each : statements) {
            if (each instanceof Statement.Assign s) {
                s.targets().forEach(this::bind);
            } else if (each instanceof Statement.AugAssign s) {
                bind(s.target());
            } else if (each instanceof Statement.AnnAssign s) {
                bind(s.target());
            } else if (each instanceof Statement.If s) {
                s.branches().forEach(b -> count(b.body()));
                count(s.orElse());
            } else if (each instanceof Statement.For s) {
                bind(s.target());
                count(s.body());
                count(s.orElse());
            } else if (each instanceof Statement.While s) {
                count(s.body());
                count(s.orElse());
            } else if (each instanceof Statement.With s) {
                s.items().forEach(i -> i.target().ifPresent(this::bind));
                count(s.body());
            } else if (each instanceof Statement.Try s) {
                count(s.body());
                s.handlers().forEach(h -> count(h.body()));
                count(s.orElse());
                count(s.finalBody());
            }
        }
    }

    private void bind(Expression target) {
        if (target instanceof Expression.Name n) {
            bindings.merge(n.id(), 1, Integer::sum);
        } else if (target instanceof Expression.TupleDisplay t) {
            t.elements().forEach(this::bind);
        } else if (target instanceof Expression.ListDisplay l) {
            l.elements().forEach(this::bind);
        } else if (target instanceof Expression.Starred s) {
            bind(s.value());
        }
    }

    /** The names whose value is written out, which are those that people sweep. */
    public Collection<String> names() {
        Collection<String> names = new TreeSet<>();
        values.forEach((name, value) -> {
            if (bindings.get(name) == 1 && isLiteral(value)) {
                names.add(name);
            }
        });
        return names;
    }

    private static boolean isLiteral(Expression e) {
        if (e instanceof Expression.ListDisplay l) {
            return l.elements().stream().allMatch(Constants::isLiteral);
        }
        if (e instanceof Expression.TupleDisplay t) {
            return t.elements().stream().allMatch(Constants::isLiteral);
        }
        if (e instanceof Expression.UnaryOp u) {
            return isLiteral(u.operand());
        }
        if (e instanceof Expression.BinOp b) {
            return isLiteral(b.left()) && isLiteral(b.right());
        }
        return e instanceof Expression.Constant;
    }

    /**
     * Checks that a setting fits the script, and answers it with values as they will stand there: where the script has
     * a string, a bare word becomes one.
     *
     * @throws SweepProblem if the script has no such constant, or a value is no expression
     */
    public Setting checked(Setting setting) {
        Expression now = values.get(setting.name());
        if (now == null) {
            String near = Spelling.nearest(setting.name(), values.keySet());
            throw new SweepProblem("'" + source.name() + "' has no top-level constant '" + setting.name() + "'"
                    + (near.isEmpty() ? "" : "; did you mean '" + near + "'?")
                    + (names().isEmpty() ? "" : " (it has " + String.join(", ", names()) + ")"));
        }
        if (bindings.get(setting.name()) > 1) {
            throw new SweepProblem("'" + setting.name() + "' is no constant: '" + source.name() + "' assigns it "
                    + bindings.get(setting.name()) + " times");
        }
        List<String> checked = new ArrayList<>();
        for (String value : setting.values()) {
            Expression parsed = parse(setting.name(), value);
            boolean wantsText = now instanceof Expression.Constant c && c.value() instanceof String;
            boolean isText = parsed instanceof Expression.Constant c && c.value() instanceof String;
            checked.add(wantsText && !isText ? "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'" : value);
        }
        return new Setting(setting.name(), checked);
    }

    private Expression parse(String name, String value) {
        boolean wantsText = values.get(name) instanceof Expression.Constant c && c.value() instanceof String;
        try {
            List<Statement> body = ScriptParser.parse(new Source("--set " + name, "(" + value + "\n)")).body();
            if (body.size() == 1 && body.get(0) instanceof Statement.ExprStatement e) {
                return e.value();
            }
        } catch (NnError wrong) {
            if (!wantsText) {
                throw new SweepProblem("--set " + name + ": '" + value + "' is no expression: " + wrong.getMessage());
            }
        }
        if (!wantsText) {
            throw new SweepProblem("--set " + name + ": '" + value + "' is no expression");
        }
        return new Expression.Name("text", values.get(name).span());
    }

    /** The script with other values. */
    public Source with(Map<String, String> settings) {
        List<Map.Entry<Span, String>> places = new ArrayList<>();
        settings.forEach((name, value) -> places.add(Map.entry(values.get(name).span(), value)));
        places.sort(Comparator.comparingInt((Map.Entry<Span, String> p) -> p.getKey().start()).reversed());
        StringBuilder text = new StringBuilder(source.text());
        for (Map.Entry<Span, String> place : places) {
            Span span = place.getKey();
            // A value of several lines leaves its line ends behind, so that later lines keep their numbers.
            String ends = "\n".repeat(span.endLine() - span.line());
            text.replace(span.start(), span.end(), ends.isEmpty() ? place.getValue() : "(" + place.getValue() + ends + ")");
        }
        return new Source(source.name(), text.toString());
    }
}
