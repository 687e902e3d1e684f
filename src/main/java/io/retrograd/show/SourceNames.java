package io.retrograd.show;

import io.retrograd.error.NnError;
import io.retrograd.graph.Graph;
import io.retrograd.graph.Operation;
import io.retrograd.graph.Output;
import io.retrograd.lang.parse.ScriptParser;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a script calls tensors inside its functions, where no variable can be looked at from outside: the last operation
 * that {@code name = …} made goes by that name. Several that would are numbered in the order in which they were made.
 */
final class SourceNames {
    private final Map<Source, List<Named>> statements = new IdentityHashMap<>();

    /**
     * An assignment to a plain name or to an attribute of self, or what a function returns.
     *
     * @param name empty for a return
     * @param calls the script's function that it calls, or empty
     * @param of the function that returns it, or empty
     */
    private record Named(String name, Span span, String calls, String of) {}

    /** A function of the script. */
    private record Body(String name, Source source, Span span) {}

    private SourceNames() {}

    /** Names for tensors that have none yet, none of them used already. */
    static Map<Output, String> of(Graph graph, Set<String> used) {
        return new SourceNames().collect(graph, used);
    }

    private Map<Output, String> collect(Graph graph, Set<String> used) {
        Map<Named, List<Operation>> made = new HashMap<>();
        for (Operation op : graph.operations()) {
            if (op.origin() instanceof Place p && p.isKnown()) {
                Named n = named(p);
                if (n != null) {
                    made.computeIfAbsent(n, k -> new ArrayList<>()).add(op);
                }
            }
        }
        Map<Output, String> names = new HashMap<>();
        ofCalls(graph, used, names);
        Map<String, TreeMap<Integer, Operation>> byName = new LinkedHashMap<>();
        // A statement that ends with an update or a gradient names no tensor of the network.
        made.values().removeIf(ops -> {
            Operation last = ops.get(ops.size() - 1);
            return last.outputCount() == 0 || Reach.changes(last) || GraphView.isGradient(last);
        });
        made.forEach((n, ops) -> {
            List<Operation> times = executions(ops);
            String name = n.of().isEmpty() ? n.name() : returned(n.of(), times);
            for (Operation op : name.isEmpty() ? List.<Operation>of() : times) {
                byName.computeIfAbsent(name, k -> new TreeMap<>()).put(op.id(), op);
            }
        });
        byName.forEach((name, ops) -> {
            boolean alone = ops.size() == 1 && used.add(name);
            int number = 0;
            for (Operation op : ops.values()) {
                number++;
                if (names.containsKey(op.output(0)) || Formula.isRead(op) && names.containsKey(op.input(0))) {
                    continue;
                }
                String numbered = alone ? name : name + subscript(number);
                names.put(op.output(0), numbered);
                if (Formula.isRead(op)) {
                    names.put(op.input(0), numbered);
                }
            }
        });
        return names;
    }

    /** What a function returned is called what the one call of it is assigned to; a variable, else, what the function makes. */
    private String returned(String function, List<Operation> times) {
        Set<String> callers = new HashSet<>();
        statements.values().forEach(all -> all.stream().filter(n -> n.calls().equals(function)).forEach(n -> callers.add(n.name())));
        if (times.size() == 1 && callers.size() == 1) {
            return callers.iterator().next();
        }
        return Formula.isRead(times.get(0)) ? function.replaceFirst("^(get|make|create|new|init|build)_", "") : "";
    }

    /** Of a statement that ran several times, in a loop or a function, the last operation of each time. */
    private static List<Operation> executions(List<Operation> made) {
        Operation last = made.get(made.size() - 1);
        List<Operation> times = new ArrayList<>();
        for (Operation op : made) {
            boolean same = op.type().equals(last.type()) && op.origin().equals(last.origin())
                    && op.name().contains("/") == last.name().contains("/") && ownName(op).equals(ownName(last));
            if (same) {
                times.add(op);
            }
        }
        return times;
    }

    /** The last part of its name; outside of all scopes without the number that makes it unique. */
    private static String ownName(Operation op) {
        String name = op.name().substring(op.name().lastIndexOf('/') + 1);
        return op.name().contains("/") ? name : name.replaceAll("_\\d+$", "");
    }

    private static String subscript(int number) {
        StringBuilder out = new StringBuilder();
        for (char digit : Integer.toString(number).toCharArray()) {
            out.append((char) ('₀' + digit - '0'));
        }
        return out.toString();
    }

    private Named named(Place p) {
        Named innermost = null;
        for (Named n : statements.computeIfAbsent(p.source(), SourceNames::assignments)) {
            boolean around = n.span().start() <= p.span().start() && p.span().end() <= n.span().end();
            if (around && (innermost == null || n.span().start() >= innermost.span().start())) {
                innermost = n;
            }
        }
        return innermost;
    }

    private static List<Named> assignments(Source source) {
        List<Named> found = new ArrayList<>();
        try {
            collect(ScriptParser.parse(source).body(), "", found);
        } catch (NnError unreadable) {
            return List.of();
        }
        return found;
    }

    private static String called(Expression value) {
        if (value instanceof Expression.Call c) {
            return c.function() instanceof Expression.Name n ? n.id()
                    : c.function() instanceof Expression.Attribute a ? a.name() : "";
        }
        return "";
    }

    /**
     * Variables that a function of the script makes, such as {@code w1 = get_weight(…)}: where it made as many as there
     * are assignments of its calls, they go by those names in turn.
     */
    private void ofCalls(Graph graph, Set<String> used, Map<Output, String> names) {
        Map<Body, List<Operation>> made = new LinkedHashMap<>();
        Map<Source, List<Body>> bodies = new IdentityHashMap<>();
        for (Operation op : graph.operations()) {
            if (op.type().startsWith("Variable") && op.origin() instanceof Place p && p.isKnown()) {
                for (Body b : bodies.computeIfAbsent(p.source(), SourceNames::functions)) {
                    if (b.span().start() <= p.span().start() && p.span().end() <= b.span().end()) {
                        made.computeIfAbsent(b, k -> new ArrayList<>()).add(op);
                    }
                }
            }
        }
        made.forEach((body, variables) -> {
            List<Named> calls = new ArrayList<>();
            statements.values().forEach(all -> all.stream().filter(n -> n.calls().equals(body.name())).forEach(calls::add));
            boolean fresh = calls.stream().map(Named::name).distinct().count() == calls.size()
                    && calls.stream().noneMatch(n -> used.contains(n.name()));
            if (calls.size() == variables.size() && fresh) {
                for (int i = 0; i < calls.size(); i++) {
                    String name = calls.get(i).name();
                    used.add(name);
                    Output reference = variables.get(i).output(0);
                    names.put(reference, name);
                    graph.operation(variables.get(i).name() + "/read").ifPresent(read -> names.put(read.output(0), name));
                }
            }
        });
    }

    private static List<Body> functions(Source source) {
        List<Body> found = new ArrayList<>();
        try {
            for (Statement s : ScriptParser.parse(source).body()) {
                if (s instanceof Statement.FunctionDef f) {
                    found.add(new Body(f.name(), source, f.span()));
                }
            }
        } catch (NnError unreadable) {
            return List.of();
        }
        return found;
    }

    private static void collect(List<Statement> body, String function, List<Named> found) {
        for (Statement s : body) {
            if (s instanceof Statement.Assign a) {
                if (a.targets().get(0) instanceof Expression.Name n) {
                    found.add(new Named(n.id(), a.span(), called(a.value()), ""));
                } else if (a.targets().get(0) instanceof Expression.Attribute t && t.object() instanceof Expression.Name self) {
                    found.add(new Named(self.id() + "." + t.name(), a.span(), called(a.value()), ""));
                }
            } else if (s instanceof Statement.Return r && r.value().isPresent()) {
                found.add(new Named("", r.span(), "", function));
            } else if (s instanceof Statement.FunctionDef f) {
                collect(f.body(), f.name(), found);
            } else if (s instanceof Statement.ClassDef c) {
                collect(c.body(), function, found);
            } else if (s instanceof Statement.With w) {
                collect(w.body(), function, found);
            } else if (s instanceof Statement.For f) {
                collect(f.body(), function, found);
            } else if (s instanceof Statement.While w) {
                collect(w.body(), function, found);
            } else if (s instanceof Statement.If i) {
                i.branches().forEach(b -> collect(b.body(), function, found));
                collect(i.orElse(), function, found);
            } else if (s instanceof Statement.Try t) {
                collect(t.body(), function, found);
                collect(t.orElse(), function, found);
                collect(t.finalBody(), function, found);
            }
        }
    }
}
