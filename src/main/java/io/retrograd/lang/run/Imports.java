package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;

/** Import statements. */
final class Imports {
    private Imports() {}

    /** {@code import a.b} binds {@code a}; {@code import a.b as c} binds the inner module. */
    static final class Import extends Stmt {
        private final String module;
        private final boolean whole;
        private final Target target;
        private final Place place;
        private final boolean besideFirst;

        /**
         * @param whole whether the target gets the inner module rather than the outermost
         * @param besideFirst whether modules of the same package come first, as in Python 2
         */
        Import(String module, boolean whole, Target target, Place place, boolean besideFirst) {
            this.module = module;
            this.whole = whole;
            this.target = target;
            this.place = place;
            this.besideFirst = besideFirst;
        }

        @Override
        int exec(Frame f) {
            Machine m = f.machine;
            m.place(place);
            ModuleLoader loader = ModuleLoader.of(m);
            String prefix = besideFirst ? beside(m, f, module) : "";
            Object found = loader.load(m, prefix + module);
            if (!whole && module.indexOf('.') >= 0) {
                found = loader.find(m, prefix + module.substring(0, module.indexOf('.')));
                if (found == null) {
                    found = outer(m, module);
                }
            }
            m.place(place);
            target.assign(f, found);
            return NORMAL;
        }

        /** A package that the library has only through its modules. */
        private static Object outer(Machine m, String module) {
            int dot = module.indexOf('.');
            ModuleValue made = new ModuleValue(module.substring(0, dot));
            ModuleValue parent = made;
            ModuleLoader loader = ModuleLoader.of(m);
            for (int next = module.indexOf('.', dot + 1); ; next = module.indexOf('.', dot + 1)) {
                String name = module.substring(dot + 1, next < 0 ? module.length() : next);
                Object inner = loader.find(m, module.substring(0, next < 0 ? module.length() : next));
                if (inner != null || next < 0) {
                    parent.setAttribute(m, name, inner);
                    return made;
                }
                ModuleValue step = new ModuleValue(module.substring(0, next));
                parent.setAttribute(m, name, step);
                parent = step;
                dot = next;
            }
        }
    }

    /** The package of the running module with a dot, where that package has the module; else nothing. */
    private static String beside(Machine m, Frame f, String module) {
        String own = f.code.module().packageName();
        if (own.isEmpty()) {
            return "";
        }
        int dot = module.indexOf('.');
        String first = dot < 0 ? module : module.substring(0, dot);
        return ModuleLoader.of(m).find(m, own + "." + first) instanceof ScriptModule ? own + "." : "";
    }

    /** {@code from module import a as b, c}; no names stand for the star. */
    static final class ImportFrom extends Stmt {
        private final int level;
        private final String module;
        private final String[] names;
        private final Target[] targets;
        private final Place place;
        private final boolean besideFirst;

        ImportFrom(int level, String module, String[] names, Target[] targets, Place place, boolean besideFirst) {
            this.level = level;
            this.module = module;
            this.names = names;
            this.targets = targets;
            this.place = place;
            this.besideFirst = besideFirst;
        }

        @Override
        int exec(Frame f) {
            Machine m = f.machine;
            m.place(place);
            String dotted = level == 0 ? (besideFirst ? beside(m, f, module) : "") + module : relative(f);
            ModuleLoader loader = ModuleLoader.of(m);
            Object from = loader.load(m, dotted);
            if (names == null) {
                all(m, f, from);
                return NORMAL;
            }
            for (int i = 0; i < names.length; i++) {
                m.place(place);
                Object value = Semantics.attributeOrNull(m, from, names[i]);
                if (value == null) {
                    value = loader.find(m, dotted + "." + names[i]);
                }
                if (value == null) {
                    throw missing(m, from, dotted, names[i]);
                }
                targets[i].assign(f, value);
            }
            return NORMAL;
        }

        private String relative(Frame f) {
            String base = f.code.module().packageName();
            for (int i = 1; i < level; i++) {
                int dot = base.lastIndexOf('.');
                if (dot < 0) {
                    throw new NnError(ErrorKind.IMPORT_ERROR, "attempted relative import beyond top-level package");
                }
                base = base.substring(0, dot);
            }
            if (base.isEmpty()) {
                // A script run by itself has no package; what lies beside it is meant.
                if (level == 1 && !module.isEmpty()) {
                    return module;
                }
                throw new NnError(ErrorKind.IMPORT_ERROR, "attempted relative import with no known parent package");
            }
            return module.isEmpty() ? base : base + "." + module;
        }

        private static NnError missing(Machine m, Object from, String dotted, String name) {
            String text = "cannot import name '" + name + "' from '" + dotted + "'";
            if (from instanceof ScriptModule s) {
                Object file = s.scope().get("__file__");
                text += " (" + (file == null ? "unknown location" : file) + ")";
            }
            return new NnError(ErrorKind.IMPORT_ERROR, text)
                    .help(Spelling.suggest(name, Semantics.attributeNames(m, from)));
        }

        private static void all(Machine m, Frame f, Object from) {
            Object chosen = Semantics.attributeOrNull(m, from, "__all__");
            ModuleScope scope = f.code.module();
            if (chosen != null) {
                for (Object name : Semantics.elements(m, chosen)) {
                    scope.set((String) name, Semantics.attribute(m, from, (String) name));
                }
                return;
            }
            for (String name : Semantics.attributeNames(m, from)) {
                if (!name.startsWith("_")) {
                    Object value = Semantics.attributeOrNull(m, from, name);
                    if (value != null) {
                        scope.set(name, value);
                    }
                }
            }
        }
    }
}
