package io.retrograd.lang.check;

import io.retrograd.error.NnError;
import io.retrograd.lang.resolve.Scopes;
import io.retrograd.lang.tree.Dialect;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Semantics;
import java.util.List;
import java.util.Set;

/** The first pass over a file: which names it gives a meaning, and which. */
final class Binder {
    /** What makes names in ways that only a run shows. */
    private static final Set<String> MAKERS = Set.of("exec", "execfile", "globals", "locals", "vars");

    private final Machine machine;
    private final OwnModules modules;
    private final CheckedFile file;
    private boolean leakingLists;

    private Binder(Machine machine, OwnModules modules, CheckedFile file) {
        this.machine = machine;
        this.modules = modules;
        this.file = file;
    }

    static void bind(Machine machine, OwnModules modules, CheckedFile file) {
        Binder binder = new Binder(machine, modules, file);
        for (Script part : file.parts) {
            binder.leakingLists = part.dialect() == Dialect.PYTHON2;
            binder.body(part.body(), file.room);
        }
    }

    private void body(List<Statement> statements, Room room) {
        for (Statement s : statements) {
            statement(s, room);
        }
    }

    private void statement(Statement statement, Room room) {
        Walk.expressions(statement, e -> expression(e, room));
        if (statement instanceof Statement.Assign x) {
            for (Expression target : x.targets()) {
                target(target, x.targets().size() == 1 ? x.value() : null, room);
            }
        } else if (statement instanceof Statement.AugAssign x) {
            target(x.target(), null, room);
        } else if (statement instanceof Statement.AnnAssign x) {
            target(x.target(), null, room);
        } else if (statement instanceof Statement.For x) {
            target(x.target(), null, room);
        } else if (statement instanceof Statement.With x) {
            for (Statement.WithItem item : x.items()) {
                item.target().ifPresent(t -> target(t, item.context(), room));
            }
        } else if (statement instanceof Statement.Try x) {
            for (Statement.ExceptHandler handler : x.handlers()) {
                handler.target().ifPresent(t -> target(t, null, room));
            }
        } else if (statement instanceof Statement.FunctionDef x) {
            room.bind(x.name(), x.decorators().isEmpty() && !x.generator() ? new Binding.Defined(x) : Binding.SOMETHING);
            body(x.body(), function(x, x.parameters(), room));
            return;
        } else if (statement instanceof Statement.ClassDef x) {
            room.bind(x.name(), Binding.SOMETHING);
            Room inner = new Room(Room.Kind.CLASS, room);
            file.rooms.put(x, inner);
            body(x.body(), inner);
            return;
        } else if (statement instanceof Statement.Import x) {
            for (Statement.Alias alias : x.names()) {
                importModule(alias, room);
                boolean tf = Binder.libraryModule(machine, alias.name()) instanceof ModuleValue module && module.name().equals("tensorflow");
                if (tf && (alias.as().isPresent() || alias.name().equals("tensorflow"))) {
                    file.tensorFlow = alias.as().orElse(alias.name());
                }
            }
        } else if (statement instanceof Statement.ImportFrom x) {
            importNames(x, room);
        } else if (statement instanceof Statement.Global x) {
            x.names().forEach(room::declareGlobal);
        } else if (statement instanceof Statement.Nonlocal x) {
            x.names().forEach(n -> room.bind(n, Binding.SOMETHING));
        } else if (statement instanceof Statement.Delete x) {
            return;
        }
        for (List<Statement> block : Walk.blocks(statement)) {
            body(block, room);
        }
    }

    private Room function(Object node, Parameters parameters, Room room) {
        Room inner = new Room(Room.Kind.FUNCTION, room);
        file.rooms.put(node, inner);
        for (Parameters.Parameter p : Scopes.all(parameters)) {
            inner.bind(p.name(), Binding.SOMETHING);
            p.pattern().ifPresent(pattern -> target(pattern, null, inner));
        }
        return inner;
    }

    /** A target of an assignment; the value where there is one for this target alone. */
    private void target(Expression target, Expression value, Room room) {
        if (target instanceof Expression.Name x) {
            boolean told = value instanceof Expression.Name || value instanceof Expression.Attribute || value instanceof Expression.Call;
            room.bind(x.id(), told ? new Binding.Assigned(value, room) : Binding.SOMETHING);
        } else if (target instanceof Expression.Attribute x) {
            file.setAttributes.add(x.name());
        } else if (target instanceof Expression.TupleDisplay x) {
            x.elements().forEach(e -> target(e, null, room));
        } else if (target instanceof Expression.ListDisplay x) {
            x.elements().forEach(e -> target(e, null, room));
        } else if (target instanceof Expression.Starred x) {
            target(x.value(), null, room);
        }
    }

    private void expression(Expression e, Room room) {
        if (e instanceof Expression.Lambda x) {
            Room inner = function(x, x.parameters(), room);
            Walk.inside(x.body(), inner, this::expression);
            return;
        }
        List<Expression.Comprehension> clauses = Walk.clauses(e);
        if (!clauses.isEmpty()) {
            Room inner = new Room(Room.Kind.FUNCTION, room);
            file.rooms.put(e, inner);
            for (Expression.Comprehension clause : clauses) {
                target(clause.target(), null, inner);
                if (leakingLists && e instanceof Expression.ListComp) {
                    target(clause.target(), null, room);
                }
            }
            for (Expression part : Walk.children(e)) {
                Walk.inside(part, inner, this::expression);
            }
            return;
        }
        if (e instanceof Expression.NamedExpr x) {
            room.bind(x.target().id(), Binding.SOMETHING);
        } else if (e instanceof Expression.Call x && x.function() instanceof Expression.Name f) {
            file.open |= MAKERS.contains(f.id());
            if (f.id().equals("setattr")) {
                file.setAttributes.add("*");
            }
        } else if (e instanceof Expression.Attribute x && x.name().equals("path") && x.object() instanceof Expression.Name n && n.id().equals("sys")) {
            file.searchesElsewhere = true;
        }
        for (Expression part : Walk.children(e)) {
            expression(part, room);
        }
    }

    // Imports

    private void importModule(Statement.Alias alias, Room room) {
        String top = alias.name().split("\\.", 2)[0];
        String bound = alias.as().orElse(top);
        String meant = alias.as().isPresent() ? alias.name() : top;
        room.bind(bound, module(meant));
    }

    private Binding module(String dotted) {
        String first = dotted.split("\\.", 2)[0];
        OwnModules.Found found = modules.look(file.folder, first);
        if (found == OwnModules.Found.FILE && first.equals(dotted)) {
            return new Binding.OwnModule(modules.get(file.folder, first));
        }
        Object value = found == OwnModules.Found.FILE ? null : libraryModule(machine, dotted);
        return value == null ? Binding.SOMETHING : new Binding.Imported(value);
    }

    /** A module of the library under its dotted name; null if there is none. */
    static Object libraryModule(Machine m, String dotted) {
        Object found = m.library().module(m, dotted);
        int dot = dotted.lastIndexOf('.');
        if (found == null && dot > 0 && libraryModule(m, dotted.substring(0, dot)) instanceof ModuleValue parent) {
            try {
                found = Semantics.attributeOrNull(m, parent, dotted.substring(dot + 1)) instanceof ModuleValue inner ? inner : null;
            } catch (NnError notThere) {
                return null;
            }
        }
        return found;
    }

    private void importNames(Statement.ImportFrom x, Room room) {
        String first = x.module().split("\\.", 2)[0];
        OwnModules.Found found = x.module().isEmpty() ? OwnModules.Found.OPAQUE : modules.look(file.folder, first);
        boolean own = found == OwnModules.Found.FILE && first.equals(x.module());
        Object library = own || x.level() > 0 ? null : libraryModule(machine, x.module());
        for (Statement.Alias alias : x.names()) {
            String bound = alias.as().orElse(alias.name());
            if (alias.name().equals("*")) {
                if (own) {
                    file.ownStars.add(modules.get(file.folder, first));
                } else if (library instanceof ModuleValue module) {
                    file.libraryStars.add(module);
                } else {
                    file.open = true;
                }
            } else if (own) {
                room.bind(bound, new Binding.OwnName(modules.get(file.folder, first), alias.name()));
            } else if (library != null) {
                Object value = Lookup.attribute(machine, library, alias.name());
                value = value == null ? libraryModule(machine, x.module() + "." + alias.name()) : value;
                room.bind(bound, value == null ? Binding.SOMETHING : new Binding.Imported(value));
            } else {
                room.bind(bound, Binding.SOMETHING);
            }
        }
    }
}
