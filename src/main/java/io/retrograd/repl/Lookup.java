package io.retrograd.repl;

import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.BuiltinFunction;
import io.retrograd.lang.builtin.Signature;
import io.retrograd.lang.builtin.Wrapper;
import io.retrograd.lang.run.FunctionValue;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.None;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.TypeValue;
import io.retrograd.lib.python.HelpText;
import io.retrograd.lib.tf.TensorValue;
import io.retrograd.lib.tf.VariableValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What names mean at the moment, without running anything: for hints, completion and colours. */
final class Lookup {
    /** What everybody means by these, imported or not. */
    private static final Map<String, String> CUSTOMARY = Map.of("tf", "tensorflow", "np", "numpy");

    private final Workspace workspace;
    private final WarmUp warmUp;
    private final Knowledge knowledge;
    private Set<String> words;

    Lookup(Workspace workspace, WarmUp warmUp) {
        this.workspace = workspace;
        this.warmUp = warmUp;
        this.knowledge = new Knowledge(workspace, this);
    }

    private Machine machine() {
        return workspace.machine();
    }

    /** The names that the session has bound. */
    Collection<String> bound() {
        return workspace.interpreter().variables().names();
    }

    /** The words of the libraries that need no import. */
    Collection<String> words() {
        return machine().library().words(machine());
    }

    /** Whether a bare word means something; true too where nobody knows yet. */
    boolean isKnown(String name) {
        if (workspace.interpreter().variables().get(name) != null) {
            return true;
        }
        if (words == null) {
            if (!warmUp.isDone()) {
                return true;
            }
            words = new HashSet<>();
            for (String word : words()) {
                words.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return words.contains(name.toLowerCase(Locale.ROOT)) || name.equals(Workspace.SESSION) || name.startsWith("__");
    }

    /** Whether a name or keyword begins so: somebody may be typing it. */
    boolean beginsSomething(String start) {
        if (words == null) {
            return true;
        }
        String lower = start.toLowerCase(Locale.ROOT);
        return bound().stream().anyMatch(name -> name.startsWith(start))
                || words.stream().anyMatch(word -> word.startsWith(lower))
                || EntryCompleter.KEYWORDS.stream().anyMatch(word -> word.startsWith(start));
    }

    /** What a dotted name means; null if nothing, or if only running the script could tell. */
    Object find(String dotted) {
        String[] parts = dotted.split("\\.", -1);
        try {
            Object found = workspace.interpreter().variables().get(parts[0]);
            if (found == null && parts[0].equals(Workspace.SESSION)) {
                workspace.bindSession();
                found = workspace.interpreter().variables().get(parts[0]);
            }
            if (found == null) {
                found = machine().library().word(machine(), parts[0]);
            }
            if (found == null && machine().library().module(machine(), parts[0]) instanceof ModuleValue module) {
                found = module;
            }
            if (found == null && CUSTOMARY.get(parts[0]) != null) {
                found = machine().library().module(machine(), CUSTOMARY.get(parts[0]));
            }
            for (int i = 1; i < parts.length && found != null; i++) {
                found = Semantics.attributeOrNull(machine(), found, parts[i]);
            }
            return found;
        } catch (NnError mistake) {
            return null;
        }
    }

    /** What an expression will be, as far as that is known without doing anything; null if nothing is. */
    Object known(String expression) {
        try {
            return knowledge.of(expression);
        } catch (RuntimeException | StackOverflowError notNow) {
            // Whatever is wrong with it is said when it is run.
            return null;
        }
    }

    /** The attributes that a user would want offered. */
    Collection<String> attributes(Object object) {
        try {
            if (object instanceof Knowledge.Instance instance) {
                return instance.type().attributeNames();
            }
            return Semantics.attributeNames(machine(), object);
        } catch (NnError mistake) {
            return List.of();
        }
    }

    /** An attribute where it can be had without running code of the script. */
    Object quietAttribute(Object object, String name) {
        try {
            if (object instanceof ModuleValue module) {
                return module.exact(machine(), name);
            }
            if (object instanceof Knowledge.Instance instance) {
                return instance.type().lookup(name);
            }
            return Semantics.typeOf(object).lookup(name);
        } catch (NnError mistake) {
            return null;
        }
    }

    /** One line about an object: what a function does, what a value is. */
    String line(Object object) {
        if (object == null) {
            return "";
        }
        Optional<BuiltinFunction> declared = declaration(object);
        if (declared.isPresent()) {
            return declared.get().doc();
        }
        if (object instanceof TensorValue t) {
            return t.output().operation().type().toLowerCase(Locale.ROOT) + " " + t.output().shape() + " " + t.output().dtypeName();
        }
        if (object instanceof VariableValue v) {
            return "variable " + v.variable().shape() + " " + v.variable().dtype().tfName();
        }
        if (object instanceof ModuleValue) {
            return "module";
        }
        if (object instanceof FunctionValue f) {
            return "function (" + String.join(", ", f.parameterNames()) + ")";
        }
        return object instanceof TypeValue ? "class" : Semantics.typeOf(object).name();
    }

    Optional<BuiltinFunction> declaration(Object object) {
        return HelpText.declaration(machine(), object);
    }

    /** The parameters of something that can be called, as they would be written; empty if unknown. */
    List<Parameter> parameters(Object callable) {
        List<Parameter> all = new ArrayList<>();
        Optional<BuiltinFunction> declared = declaration(callable);
        if (declared.isPresent()) {
            for (Signature.Parameter p : declared.get().signature().parameters()) {
                all.add(parameter(p));
            }
        } else if (callable instanceof Wrapper w) {
            return parameters(w.wrapped());
        } else if (callable instanceof FunctionValue f) {
            for (String name : f.parameterNames()) {
                all.add(new Parameter(name, name, true, false));
            }
        } else if (callable instanceof TypeValue type && type.lookup("__init__") instanceof FunctionValue begin) {
            List<Parameter> own = parameters(begin);
            return own.subList(Math.min(1, own.size()), own.size());
        }
        return all;
    }

    /** One parameter: its name, how a signature shows it, and whether it can be given by name. */
    record Parameter(String name, String shown, boolean byName, boolean starred) {}

    private Parameter parameter(Signature.Parameter p) {
        return switch (p.kind()) {
            case STAR -> new Parameter(p.name(), "*" + p.name(), false, true);
            case DOUBLE_STAR -> new Parameter(p.name(), "**" + p.name(), false, false);
            case POSITIONAL_ONLY -> new Parameter(p.name(), p.name() + fallback(p), false, false);
            default -> new Parameter(p.name(), p.name() + fallback(p), true, false);
        };
    }

    private String fallback(Signature.Parameter p) {
        if (p.fallback() == null) {
            return "";
        }
        return "=" + (p.fallback() == None.NONE ? "None" : Semantics.repr(machine(), p.fallback()));
    }
}
