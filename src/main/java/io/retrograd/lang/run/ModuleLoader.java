package io.retrograd.lang.run;

import io.retrograd.error.ErrorKind;
import io.retrograd.error.NnError;
import io.retrograd.lang.builtin.Spelling;
import io.retrograd.lang.tree.Source;
import io.retrograd.lang.value.Machine;
import io.retrograd.lang.value.ModuleValue;
import io.retrograd.lang.value.Place;
import io.retrograd.lang.value.Semantics;
import io.retrograd.lang.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds modules: files beside the script first, as Python does, then the library. A folder is a package with or
 * without an {@code __init__} file.
 */
public final class ModuleLoader {
    private static final String[] ENDINGS = {".nn", ".py"};

    /** No lambda: this runs at every start. */
    private static final Function<Machine, ModuleLoader> MAKE = new Function<>() {
        @Override
        public ModuleLoader apply(Machine m) {
            return new ModuleLoader();
        }
    };

    private final List<String> folders = new ArrayList<>();
    private final Map<String, ScriptModule> library = new HashMap<>();
    private ScriptReader reader;

    private ModuleLoader() {}

    public static ModuleLoader of(Machine m) {
        return m.state(ModuleLoader.class, MAKE);
    }

    /** How the files of modules are parsed. */
    public void reader(ScriptReader parser) {
        reader = parser;
    }

    ScriptReader reader() {
        return reader;
    }

    /** Searches one more folder; the script's own is the first. */
    public void addFolder(String folder) {
        folders.add(folder);
    }

    /** Where the script lies; empty for the working folder. */
    public String scriptFolder() {
        return folders.isEmpty() ? "" : folders.get(0);
    }

    /** The module of that dotted name, loaded with the packages that it lies in; ModuleNotFoundError if there is none. */
    public Object load(Machine m, String dotted) {
        Object found = find(m, dotted);
        if (found != null) {
            return found;
        }
        throw notFound(m, dotted);
    }

    private NnError notFound(Machine m, String dotted) {
        int dot = dotted.lastIndexOf('.');
        while (dot > 0 && find(m, dotted.substring(0, dot)) == null) {
            dotted = dotted.substring(0, dot);
            dot = dotted.lastIndexOf('.');
        }
        String text = "No module named '" + dotted + "'";
        if (dot > 0 && find(m, dotted.substring(0, dot)) instanceof ScriptModule p && p.scope().get("__path__") == null) {
            text += "; '" + dotted.substring(0, dot) + "' is not a package";
        }
        return new NnError(ErrorKind.MODULE_NOT_FOUND_ERROR, text).help(Spelling.suggest(dotted, m.library().words(m)));
    }

    /** The module, or null if there is none. */
    Object find(Machine m, String dotted) {
        Object known = m.modules().get(dotted);
        if (known != null) {
            return known;
        }
        int dot = dotted.lastIndexOf('.');
        Object parent = dot < 0 ? null : find(m, dotted.substring(0, dot));
        Object found = null;
        if (dot < 0) {
            found = inFolders(m, dotted);
        } else if (parent instanceof ScriptModule p && p.scope().get("__path__") instanceof String folder) {
            found = inFolder(m, folder, dotted, dotted.substring(dot + 1));
            if (found != null) {
                p.scope().set(dotted.substring(dot + 1), found);
            }
        }
        if (found == null && !(parent instanceof ScriptModule)) {
            found = m.library().module(m, dotted);
            if (found == null && parent instanceof Value v
                    && v.attribute(m, dotted.substring(dot + 1)) instanceof ModuleValue inner) {
                found = inner;
            }
            if (found != null) {
                m.modules().put(dotted, found);
            }
        }
        return found;
    }

    private Object inFolders(Machine m, String name) {
        for (String folder : searchPath(m)) {
            Object found = inFolder(m, folder, name, name);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The script's folder and what the script appended to {@code sys.path}. */
    private List<String> searchPath(Machine m) {
        List<String> all = new ArrayList<>(folders);
        Object sys = m.modules().get("sys");
        Object path = sys == null ? null : Semantics.attributeOrNull(m, sys, "path");
        if (path != null) {
            for (Object folder : Semantics.elements(m, path)) {
                if (folder instanceof String s && !all.contains(s)) {
                    all.add(s);
                }
            }
        }
        return all;
    }

    private Object inFolder(Machine m, String folder, String dotted, String name) {
        String base = folder.isEmpty() ? name : folder + "/" + name;
        for (String ending : ENDINGS) {
            Path file = readable(m, base + ending);
            if (file != null && java.nio.file.Files.isRegularFile(file)) {
                return run(m, dotted, base + ending, file, null);
            }
        }
        Path package_ = readable(m, base);
        if (package_ == null || !java.nio.file.Files.isDirectory(package_)) {
            return null;
        }
        for (String ending : ENDINGS) {
            Path file = readable(m, base + "/__init__" + ending);
            if (file != null && java.nio.file.Files.isRegularFile(file)) {
                return run(m, dotted, base + "/__init__" + ending, file, base);
            }
        }
        // A folder without modules is data beside the script, and hides no library module.
        if (m.library().module(m, dotted) != null || !holdsModules(package_)) {
            return null;
        }
        ModuleScope scope = new ModuleScope(dotted, dotted);
        scope.set("__path__", base);
        ScriptModule module = new ScriptModule(scope);
        m.modules().put(dotted, module);
        return module;
    }

    private static boolean holdsModules(Path folder) {
        try (java.nio.file.DirectoryStream<Path> files = java.nio.file.Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = file.getFileName().toString();
                if (name.endsWith(ENDINGS[0]) || name.endsWith(ENDINGS[1]) || java.nio.file.Files.isDirectory(file)) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    private static Path readable(Machine m, String path) {
        try {
            return m.world().files().readable(path);
        } catch (NnError | java.nio.file.InvalidPathException e) {
            return null;
        }
    }

    /**
     * A module that the library has in the language itself, run when it is first asked for.
     *
     * @param owner the class beside whose class file the text lies
     * @param resource the text's file name without {@code .nn}
     */
    public ScriptModule library(Machine m, String dotted, Class<?> owner, String resource) {
        ScriptModule known = library.get(dotted);
        if (known != null) {
            return known;
        }
        String text;
        try (InputStream in = owner.getResourceAsStream(resource + ".nn")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NnError(ErrorKind.IMPORT_ERROR, "cannot read '" + resource + "'");
        }
        ScriptModule module = new ScriptModule(new ModuleScope(dotted));
        // Known before it runs: such modules may import one another.
        library.put(dotted, module);
        Place caller = m.place();
        boolean done = false;
        try {
            Program.compile(reader.read(Source.library(resource, text)), module.scope(), null).runAsModule(m, caller);
            done = true;
        } finally {
            if (!done) {
                library.remove(dotted);
            }
        }
        return module;
    }

    private Object run(Machine m, String dotted, String shown, Path file, String packageFolder) {
        String text;
        try {
            text = new String(java.nio.file.Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new NnError(ErrorKind.IMPORT_ERROR, "cannot read '" + shown + "'");
        }
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1);
        }
        ModuleScope scope = packageFolder == null ? new ModuleScope(dotted) : new ModuleScope(dotted, dotted);
        scope.set("__file__", shown);
        if (packageFolder != null) {
            scope.set("__path__", packageFolder);
        }
        ScriptModule module = new ScriptModule(scope);
        m.modules().put(dotted, module);
        Place caller = m.place();
        boolean done = false;
        try {
            Program program = Program.compile(reader.read(new Source(shown, text)), scope, null);
            program.runAsModule(m, caller);
            done = true;
        } finally {
            m.place(caller);
            if (!done) {
                m.modules().remove(dotted);
            }
        }
        return module;
    }
}
