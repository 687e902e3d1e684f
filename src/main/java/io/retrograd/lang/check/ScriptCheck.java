package io.retrograd.lang.check;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.MentionedWord;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.builtin.Wrapper;
import io.retrograd.lang.diagnose.ErrorReport;
import io.retrograd.lang.resolve.Scopes;
import io.retrograd.lang.run.FunctionValue;
import io.retrograd.lang.tree.Expression;
import io.retrograd.lang.tree.Parameters;
import io.retrograd.lang.tree.Script;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.tree.Span;
import io.retrograd.lang.tree.Statement;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The second pass: every name, attribute, import and call of a script and of its own modules, held against what there
 * is. Only what is sure is reported, in the words in which a run would report it.
 */
public final class ScriptCheck {
    private static final Set<String> MODULE_NAMES = Set.of("__name__", "__file__", "__doc__", "__package__", "__builtins__", "__path__", "__spec__");

    private final Machine machine;
    private final OwnModules modules;
    private final List<ErrorReport> reports = new ArrayList<>();
    private final Set<CheckedFile> checked = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<CheckedFile> bound = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> evaluating = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Object> called = Collections.newSetFromMap(new IdentityHashMap<>());
    private CheckedFile file;
    private Source source;

    private ScriptCheck(Machine machine) {
        this.machine = machine;
        this.modules = new OwnModules(machine);
    }

    /**
     * What is wrong, in the order of the text, the script's own modules after the script.
     *
     * @param machine an interpreter that runs nothing else: modules of its library are made
     * @param parts the script, or the cells of a notebook in order
     * @param folder where the script lies; empty for the working folder
     */
    public static List<ErrorReport> of(Machine machine, List<Script> parts, String folder) {
        ScriptCheck check = new ScriptCheck(machine);
        check.file(new CheckedFile(parts, folder));
        return check.reports;
    }

    private void bind(CheckedFile f) {
        if (bound.add(f)) {
            Binder.bind(machine, modules, f);
            f.ownStars.forEach(this::bind);
        }
    }

    private void file(CheckedFile f) {
        if (!checked.add(f)) {
            return;
        }
        bind(f);
        CheckedFile before = file;
        Source beforeSource = source;
        file = f;
        List<CheckedFile> imported = new ArrayList<>();
        for (Script part : f.parts) {
            source = part.source();
            int from = reports.size();
            body(part.body(), f.room, Guard.NONE, imported);
            reports.subList(from, reports.size()).sort(Comparator.comparingInt(r -> r.place().span().start()));
        }
        imported.forEach(this::file);
        file = before;
        source = beforeSource;
    }

    private void body(List<Statement> statements, Room room, Guard guard, List<CheckedFile> imported) {
        for (Statement s : statements) {
            statement(s, room, guard, imported);
        }
    }

    private void statement(Statement s, Room room, Guard guard, List<CheckedFile> imported) {
        for (Expression e : Walk.expressionsOf(s)) {
            expression(e, room, guard);
        }
        if (s instanceof Statement.FunctionDef x) {
            body(x.body(), file.rooms.get(x), guard, imported);
        } else if (s instanceof Statement.ClassDef x) {
            body(x.body(), file.rooms.get(x), guard, imported);
        } else if (s instanceof Statement.If x) {
            branches(x, room, guard, imported);
        } else if (s instanceof Statement.Try x) {
            body(x.body(), room, guard.or(Guard.of(x)), imported);
            x.handlers().forEach(h -> body(h.body(), room, guard, imported));
            body(x.orElse(), room, guard, imported);
            body(x.finalBody(), room, guard, imported);
        } else if (s instanceof Statement.Import x) {
            for (Statement.Alias alias : x.names()) {
                importModule(alias.name(), alias.span(), guard, imported);
            }
        } else if (s instanceof Statement.ImportFrom x) {
            importNames(x, guard, imported);
        } else {
            for (List<Statement> block : Walk.blocks(s)) {
                body(block, room, guard, imported);
            }
        }
    }

    private void branches(Statement.If x, Room room, Guard guard, List<CheckedFile> imported) {
        Guard inside = guard.or(Guard.behind(x.branches().stream().map(Statement.Branch::test).toList()));
        for (Statement.Branch branch : x.branches()) {
            if (!isFalse(branch.test())) {
                body(branch.body(), room, inside, imported);
            }
        }
        body(x.orElse(), room, inside, imported);
    }

    private static boolean isFalse(Expression test) {
        return test instanceof Expression.Constant c && (Boolean.FALSE.equals(c.value()) || Long.valueOf(0).equals(c.value()));
    }

    private void report(NnError error, Span span) {
        ErrorReport report = ErrorReport.of(error.kind().scriptName() + ": " + error.getMessage(), new Place(source, span), error.help());
        for (ErrorReport each : reports) {
            if (each.headline().equals(report.headline()) && each.place().equals(report.place())) {
                return;
            }
        }
        reports.add(report);
    }

    // Imports

    private void importModule(String dotted, Span span, Guard guard, List<CheckedFile> imported) {
        String first = dotted.split("\\.", 2)[0];
        switch (modules.look(file.folder, first)) {
            case FILE -> imported.add(modules.get(file.folder, first));
            case NOTHING -> {
                if (!guard.modules() && !file.searchesElsewhere && Binder.libraryModule(machine, dotted) == null) {
                    report(missingModule(dotted), span);
                }
            }
            case OPAQUE -> {
                // A folder of modules: what is in it shows when it runs.
            }
        }
    }

    private NnError missingModule(String dotted) {
        String missing = dotted;
        int dot = missing.lastIndexOf('.');
        while (dot > 0 && Binder.libraryModule(machine, missing.substring(0, dot)) == null) {
            missing = missing.substring(0, dot);
            dot = missing.lastIndexOf('.');
        }
        return new NnError(ErrorKind.MODULE_NOT_FOUND_ERROR, "No module named '" + missing + "'")
                .help(Spelling.suggest(missing, machine.library().words(machine)));
    }

    private void importNames(Statement.ImportFrom x, Guard guard, List<CheckedFile> imported) {
        if (x.level() > 0 || x.module().equals("__future__") || x.module().isEmpty()) {
            return;
        }
        String first = x.module().split("\\.", 2)[0];
        OwnModules.Found found = modules.look(file.folder, first);
        if (found == OwnModules.Found.OPAQUE && Binder.libraryModule(machine, x.module()) == null) {
            return;
        }
        if (found == OwnModules.Found.FILE) {
            CheckedFile own = modules.get(file.folder, first);
            imported.add(own);
            bind(own);
            for (Statement.Alias alias : x.names()) {
                if (!alias.name().equals("*") && !guard.modules() && first.equals(x.module()) && !has(own, alias.name())) {
                    report(missingName(x.module(), alias.name(), own.room.visible()), alias.span());
                }
            }
            return;
        }
        Object module = Binder.libraryModule(machine, x.module());
        if (module == null) {
            if (!guard.modules() && !file.searchesElsewhere) {
                report(missingModule(x.module()), x.span());
            }
            return;
        }
        for (Statement.Alias alias : x.names()) {
            if (!alias.name().equals("*") && !guard.modules() && Lookup.attribute(machine, module, alias.name()) == null
                    && Binder.libraryModule(machine, x.module() + "." + alias.name()) == null) {
                report(missingName(x.module(), alias.name(), Semantics.attributeNames(machine, module)), alias.span());
            }
        }
    }

    private static NnError missingName(String module, String name, Collection<String> known) {
        return new NnError(ErrorKind.IMPORT_ERROR, "cannot import name '" + name + "' from '" + module + "'")
                .help(Spelling.suggest(name, known));
    }

    /** Whether a module of the script's own has that attribute, or might have. */
    private boolean has(CheckedFile own, String name) {
        bind(own);
        return own.open || own.room.find(name) != null || MODULE_NAMES.contains(name) || name.startsWith("__")
                || own.libraryStars.stream().anyMatch(module -> module.exact(machine, name) != null)
                || own.ownStars.stream().anyMatch(star -> star == own || has(star, name));
    }

    // Expressions

    private void expression(Expression e, Room room, Guard guard) {
        if (e instanceof Expression.Lambda x) {
            Walk.children(x).forEach(child -> expression(child, room, guard));
            expression(x.body(), file.rooms.get(x), guard);
            return;
        }
        Room inner = Walk.clauses(e).isEmpty() ? room : file.rooms.get(e);
        boolean asks = e instanceof Expression.BoolOp || e instanceof Expression.Conditional;
        Guard behind = asks && Guard.asks(e) ? guard.or(new Guard(true, true, true)) : guard;
        if (e instanceof Expression.Call call) {
            called.add(call.function());
        }
        for (Expression child : Walk.children(e)) {
            expression(child, inner, behind);
        }
        if (e instanceof Expression.Name x) {
            name(x, room, guard);
        } else if (e instanceof Expression.Attribute x) {
            attribute(x, room, guard);
        } else if (e instanceof Expression.Call x) {
            call(x, room, guard);
        }
    }

    private void name(Expression.Name x, Room room, Guard guard) {
        if (guard.names() || file.open || room.find(x.id()) != null || MODULE_NAMES.contains(x.id()) || x.id().equals("__class__")
                || isStarred(x.id())) {
            return;
        }
        Object word = machine.library().word(machine, x.id());
        if (word != null) {
            if (!called.contains(x) && MentionedWord.needsModule(machine, x.id(), word) && !file.tensorFlow.isEmpty()) {
                report(MentionedWord.undefined(machine, x.id(), file.tensorFlow), x.span());
            }
            return;
        }
        Set<String> known = new LinkedHashSet<>(room.visible());
        String hint = Spelling.suggest(x.id(), known);
        if (hint.isEmpty()) {
            String line = machine.library().importOf(x.id());
            hint = line.isEmpty() ? Spelling.suggest(x.id(), machine.library().words(machine)) : "'" + line + "' is missing above";
        }
        report(new NnError(ErrorKind.NAME_ERROR, "name '" + x.id() + "' is not defined").help(hint), x.span());
    }

    private boolean isStarred(String name) {
        return file.libraryStars.stream().anyMatch(module -> Lookup.attribute(machine, module, name) != null)
                || file.ownStars.stream().anyMatch(star -> has(star, name));
    }

    private void attribute(Expression.Attribute x, Room room, Guard guard) {
        if (guard.attributes() || file.setAttributes.contains(x.name()) || file.setAttributes.contains("*")) {
            return;
        }
        Meaning object = meaning(x.object(), room);
        if (object instanceof Meaning.Library l && isStatic(l.value()) && Lookup.attribute(machine, l.value(), x.name()) == null) {
            report(Semantics.noAttribute(machine, l.value(), x.name()), x.span());
        } else if (object instanceof Meaning.Own own && !has(own.file(), x.name())) {
            String module = x.object() instanceof Expression.Name n ? n.id() : "module";
            report(NnError.attribute("module '" + module + "' has no attribute '" + x.name() + "'")
                    .help(Spelling.suggest(x.name(), own.file().room.visible())), x.span());
        } else if (object instanceof Meaning.Instance i && i.type().lookup(x.name()) == null && !x.name().startsWith("__")) {
            report(NnError.attribute("'" + i.type().name() + "' object has no attribute '" + x.name() + "'")
                    .help(Spelling.suggest(x.name(), i.type().attributeNames())), x.span());
        }
    }

    /** Whether its attributes are the same whatever a script did before. */
    private static boolean isStatic(Object value) {
        return value instanceof ModuleValue || value instanceof BuiltinFunction || value instanceof TypeValue;
    }

    private void call(Expression.Call x, Room room, Guard guard) {
        if (guard.attributes() && guard.names()) {
            return;
        }
        boolean spread = x.arguments().stream().anyMatch(a -> a instanceof Expression.Starred)
                || x.keywords().stream().anyMatch(k -> k.name().isEmpty());
        List<String> keywords = new ArrayList<>();
        x.keywords().forEach(k -> k.name().ifPresent(keywords::add));
        Meaning f = meaning(x.function(), room);
        if (f instanceof Meaning.Function own) {
            ownCall(x, own.definition(), keywords);
            return;
        }
        if (f instanceof Meaning.Library l && written(l.value()) != null) {
            FunctionValue function = written(l.value());
            int instance = l.value() instanceof TypeValue ? 1 : 0;
            // A scope may give a wrapped function what the call leaves out.
            Optional<NnError> misuse = spread || l.value() instanceof Wrapper
                    ? function.unknownKeyword(machine, keywords)
                    : function.misuse(machine, x.arguments().size() + instance, keywords);
            misuse.ifPresent(error -> report(error, x.span()));
            return;
        }
        Optional<BuiltinFunction> declared = declaration(x.function(), f, room);
        if (declared.isEmpty()) {
            return;
        }
        boolean scoped = f instanceof Meaning.Library l && l.value() instanceof Wrapper;
        Optional<NnError> misuse = spread || scoped
                ? declared.get().unknownKeyword(keywords)
                : declared.get().misuse(machine, x.arguments().size(), keywords);
        misuse.ifPresent(error -> report(error, x.span()));
    }

    /** The function that a call runs where the library has it in the language: itself, or what begins an instance; else null. */
    private static FunctionValue written(Object called) {
        if (called instanceof FunctionValue f) {
            return f;
        }
        if (called instanceof Wrapper w) {
            return written(w.wrapped());
        }
        return called instanceof TypeValue t && t.lookup("__init__") instanceof FunctionValue begin ? begin : null;
    }

    /** The signature of what is called: a function's own, or the one that a class's constructor is declared with. */
    private Optional<BuiltinFunction> declaration(Expression function, Meaning meaning, Room room) {
        if (!(meaning instanceof Meaning.Library l)) {
            return Optional.empty();
        }
        if (l.value() instanceof Wrapper w && w.wrapped() instanceof BuiltinFunction f) {
            return Optional.of(f);
        }
        if (l.value() instanceof BuiltinFunction f) {
            return f.isMethod() || f.isProperty() ? Optional.empty() : Optional.of(f);
        }
        if (l.value() instanceof TypeValue && function instanceof Expression.Attribute a
                && meaning(a.object(), room) instanceof Meaning.Library owner && owner.value() instanceof ModuleValue module) {
            return Optional.ofNullable(module.declaration(a.name())).filter(f -> !f.isMethod() && !f.isProperty());
        }
        return Optional.empty();
    }

    private void ownCall(Expression.Call x, Statement.FunctionDef f, List<String> keywords) {
        Parameters p = f.parameters();
        if (p.keywords().isPresent()) {
            return;
        }
        Set<String> names = new HashSet<>();
        for (Parameters.Parameter each : Scopes.all(p)) {
            names.add(each.name());
        }
        for (String keyword : keywords) {
            if (!names.contains(keyword)) {
                report(NnError.type(f.name() + "() got an unexpected keyword argument '" + keyword + "'").help(Spelling.suggest(keyword, names)),
                        x.span());
            }
        }
    }

    // Meanings

    private Meaning meaning(Expression e, Room room) {
        if (e instanceof Expression.Name x) {
            return ofName(x, room);
        }
        if (e instanceof Expression.Attribute x) {
            Meaning object = meaning(x.object(), room);
            if (object instanceof Meaning.Library l && isStatic(l.value()) && !file.setAttributes.contains(x.name())) {
                Object found = Lookup.attribute(machine, l.value(), x.name());
                return found == null ? Meaning.UNKNOWN : new Meaning.Library(found);
            }
            if (object instanceof Meaning.Own own) {
                bind(own.file());
                List<Binding> bindings = own.file().room.find(x.name());
                return bindings == null ? Meaning.UNKNOWN : in(own.file(), bindings);
            }
            return Meaning.UNKNOWN;
        }
        if (e instanceof Expression.Call x && meaning(x.function(), room) instanceof Meaning.Library l && l.value() instanceof TypeValue t
                && Instances.areKnown(t)) {
            return new Meaning.Instance(t);
        }
        return Meaning.UNKNOWN;
    }

    private Meaning ofName(Expression.Name x, Room room) {
        List<Binding> bindings = room.find(x.id());
        if (bindings == null) {
            if (file.open || isStarred(x.id()) && file.libraryStars.isEmpty()) {
                return Meaning.UNKNOWN;
            }
            for (ModuleValue star : file.libraryStars) {
                Object found = Lookup.attribute(machine, star, x.id());
                if (found != null) {
                    return new Meaning.Library(found);
                }
            }
            Object word = machine.library().word(machine, x.id());
            return word == null ? Meaning.UNKNOWN : new Meaning.Library(word);
        }
        return one(bindings);
    }

    /** What all bindings agree on. */
    private Meaning one(List<Binding> bindings) {
        Meaning agreed = null;
        for (Binding each : bindings) {
            Meaning meaning = meaning(each);
            if (meaning == Meaning.UNKNOWN || agreed != null && !agreed.equals(meaning)) {
                return Meaning.UNKNOWN;
            }
            agreed = meaning;
        }
        return agreed == null ? Meaning.UNKNOWN : agreed;
    }

    private Meaning in(CheckedFile other, List<Binding> bindings) {
        CheckedFile before = file;
        file = other;
        try {
            return one(bindings);
        } finally {
            file = before;
        }
    }

    private Meaning meaning(Binding binding) {
        if (binding instanceof Binding.Imported x) {
            return new Meaning.Library(x.value());
        }
        if (binding instanceof Binding.OwnModule x) {
            return new Meaning.Own(x.file());
        }
        if (binding instanceof Binding.Defined x) {
            return new Meaning.Function(x.function());
        }
        if (!evaluating.add(binding)) {
            return Meaning.UNKNOWN;
        }
        try {
            if (binding instanceof Binding.Assigned x) {
                return meaning(x.value(), x.room());
            }
            if (binding instanceof Binding.OwnName x) {
                bind(x.file());
                List<Binding> bindings = x.file().room.find(x.name());
                return bindings == null ? Meaning.UNKNOWN : in(x.file(), bindings);
            }
            return Meaning.UNKNOWN;
        } finally {
            evaluating.remove(binding);
        }
    }
}
